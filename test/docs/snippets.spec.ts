import { afterEach, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { OPERATOR_SECRET, freePort } from '../support/platform.js';
import { givenPlatform } from '../support/given.js';
import { type JsonSchema, findFaults } from '../support/schema-check.js';
import { readPages, tableUnder } from './markdown.js';
import { RUN, runPage } from './page-script.js';

const pages = readPages();
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
const platform = givenPlatform({ config: { development: secrets } });
const FIRST_TENANTS = ['system', 'acme', 'globex'];

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

  const withCommands = pages.filter(({ blocks }) => blocks.some(({ purpose }) => RUN.includes(purpose)));
  // Skipped only without bash and a curl that knows %header{...}.
  const canRun = hasProgram('bash', 0) && hasProgram('curl', 7.84);
  (canRun ? it : it.skip).each(withCommands.map((page) => [page.path, page] as const))('%s', async (_, page) => {
    const { code, output } = await runPage(page, { url: platform.url, secrets, port: await freePort() });
    if (code !== 0 || process.env['SHOW']) throw new Error(`It ended with ${code}:\n${output}`);
  });
});

describe('A JSON example fits its description in OpenAPI', () => {
  const examples = pages.flatMap(({ path, blocks }) =>
    blocks
      .filter(({ language, purpose }) => language === 'json' && purpose !== '')
      .map((block) => [`${path}:${block.line}`, block] as const),
  );
  it.each(examples)('%s', async (_, { purpose, text }) => {
    const document = await platform.operator.get<JsonSchema>('/openapi.json');
    const schema = { $ref: `#/components/schemas/${purpose}` };
    expect(findFaults(JSON.parse(text), schema, document)).toEqual([]);
  });
});

describe('The documentation has what OpenAPI describes', () => {
  const codesUnder = (path: string, heading: string) => {
    const page = pages.find((one) => one.path === path);
    const rows = page ? tableUnder(page, heading) : [];
    return rows.flatMap(([cell = '']) => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code));
  };
  const describedBy = (path: string) =>
    platform.operator.get<{ paths: object; components: { schemas: Record<string, { properties: object }> } }>(path);

  it('every address of the management API, and no other', async () => {
    const { paths } = await describedBy('/openapi.json');
    const described = Object.keys(paths).map((path) => path.replace('/api/v1', ''));
    expect(codesUnder('docs/management-api.md', '## Resources').toSorted()).toEqual(
      expect.arrayContaining(described.toSorted()),
    );
    expect(codesUnder('docs/management-api.md', '## Resources')).toHaveLength(described.length);
  });

  it.each([
    ['CreateClient', 'docs/policies.md', '## Settings of a client'],
    ['CreateApi', 'docs/policies.md', '## Settings of an API'],
    ['Branding', 'docs/tenants.md', '## Branding'],
  ])('every member of %s, and no other', async (name, path, heading) => {
    const { components } = await describedBy('/openapi.json');
    const members = Object.keys(components.schemas[name]?.properties ?? {});
    expect(codesUnder(path, heading).toSorted()).toEqual(members.toSorted());
  });
});

function hasProgram(name: string, version: number): boolean {
  const { status, stdout } = spawnSync(name, ['--version'], { encoding: 'utf8' });
  return status === 0 && Number(/(\d+\.\d+)/.exec(stdout)?.[1]) >= version;
}
