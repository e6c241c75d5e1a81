import { afterEach, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OPERATOR_SECRET, freePort } from '../support/platform.js';
import { givenPlatform } from '../support/given.js';
import { type JsonSchema, findFaults } from '../support/schema-check.js';
import { type Block, ROOT, readPages } from './markdown.js';
import { RUN, runPage } from './page-script.js';

const pages = readPages();
const demo = (slug: string) => ({
  alicePassword: `the password of alice at ${slug}`,
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

/** Each page begins on a platform as `npm start` makes it. */
afterEach(async () => {
  const { data } = await platform.operator.get<{ data: { slug: string }[] }>('/tenants?limit=200');
  for (const { slug } of data.filter((tenant) => !FIRST_TENANTS.includes(tenant.slug))) {
    await platform.operator.patch(`/tenants/${slug}`, { status: 'suspended' });
    await platform.operator.request('DELETE', `/tenants/${slug}`);
  }
});

describe('The commands of a page work when they are pasted', () => {
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

describe('A snippet for another ecosystem is the one that its client program is run with', () => {
  const snippets = pages.flatMap(({ path, blocks }) =>
    blocks
      .filter(({ purpose }) => purpose.startsWith('from='))
      .map((block) => [`${path}:${block.line}`, block] as const),
  );
  (snippets.length > 0 ? it : it.skip).each([...snippets])('%s', (_, block) =>
    expect(block.text).toBe(markedPart(block)),
  );
});

function hasProgram(name: string, version: number): boolean {
  const { status, stdout } = spawnSync(name, ['--version'], { encoding: 'utf8' });
  return status === 0 && Number(/(\d+\.\d+)/.exec(stdout)?.[1]) >= version;
}

/** Between `docs:start <part>` and `docs:end`, without the indentation that all its lines share. */
function markedPart({ purpose }: Block): string {
  const [, file = '', part = ''] = /^from=([^#]+)(?:#(\S+))?$/.exec(purpose) ?? [];
  if (!existsSync(join(ROOT, file))) throw new Error(`There is no ${file}.`);
  const lines = readFileSync(join(ROOT, file), 'utf8').split('\n');
  const start = lines.findIndex((line) => new RegExp(`docs:start ?${part}\\b`).test(line));
  const end = lines.findIndex((line, index) => index > start && line.includes('docs:end'));
  if (start < 0 || end < 0) throw new Error(`${file} has no part ${part}.`);
  const marked = lines.slice(start + 1, end);
  const indent = Math.min(...marked.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  while (marked.at(-1)?.trim() === '') marked.pop();
  return marked.map((line) => line.slice(indent)).join('\n');
}
