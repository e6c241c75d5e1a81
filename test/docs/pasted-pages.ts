import { afterEach, describe, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { givenPlatform } from '../support/given.js';
import { OPERATOR_SECRET, type Platform, freePort } from '../support/platform.js';
import { type Page, readPages } from './markdown.js';
import { RUN, runPage } from './page-script.js';

const demo = (slug: string) => ({
  alicePassword: `correct horse of ${slug.length} staples`,
  webClientSecret: `the-secret-of-web-at-${slug}-for-tests`,
  machineClientSecret: `the-secret-of-machine-at-${slug}-for-tests`,
});
const secrets = {
  masterKey: Buffer.alloc(32, 7).toString('base64'),
  bootstrapClientSecret: OPERATOR_SECRET,
  bootstrapAdminPassword: 'operators-first-password-3141',
  demo: { acme: demo('acme'), globex: demo('globex') },
};
const FIRST_TENANTS = ['system', 'acme', 'globex'];

/** What `npm test` pastes. The other pages take two minutes, and `npm run test:slow` pastes them. */
export const isFirstPage = ({ path }: Page): boolean => path === 'docs/quick-start.md';

/** A platform with the secrets that the pages find in `.data`. */
export function givenPlatformOfPages(): Platform {
  return givenPlatform({ config: { development: secrets } });
}

/** Tests for the commands of these pages, one for each page. */
export function pastePages(platform: Platform, isChosen: (page: Page) => boolean): void {
  describe('The commands of a page work when they are pasted', () => {
    /** Each page begins on a platform as `npm start` makes it. */
    afterEach(async () => {
      const { data } = await platform.operator.get<{ data: { slug: string }[] }>('/tenants?limit=200');
      for (const { slug } of data.filter((tenant) => !FIRST_TENANTS.includes(tenant.slug))) {
        // A page may have scheduled the deletion already.
        await platform.operator.request('DELETE', `/tenants/${slug}/deletion`);
        await platform.operator.patch(`/tenants/${slug}`, { status: 'suspended' });
        await platform.operator.request('DELETE', `/tenants/${slug}?immediately=true`);
      }
    });

    const withCommands = readPages().filter(({ blocks }) => blocks.some(({ purpose }) => RUN.includes(purpose)));
    const chosen = withCommands.filter(isChosen);
    // Skipped only without bash and a curl that knows %header{...}.
    const canRun = hasProgram('bash', 0) && hasProgram('curl', 7.84);
    (canRun ? it : it.skip).each(chosen.map((page) => [page.path, page] as const))('%s', async (_, page) => {
      const { code, output } = await runPage(page, { url: platform.url, secrets, port: await freePort() });
      if (code !== 0 || process.env['SHOW']) throw new Error(`It ended with ${code}:\n${output}`);
    });
  });
}

function hasProgram(name: string, version: number): boolean {
  const { status, stdout } = spawnSync(name, ['--version'], { encoding: 'utf8' });
  return status === 0 && Number(/(\d+\.\d+)/.exec(stdout)?.[1]) >= version;
}
