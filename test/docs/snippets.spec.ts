import { describe, expect, it } from '@jest/globals';
import { type JsonSchema, findFaults } from '../support/schema-check.js';
import { readPages, tableUnder } from './markdown.js';
import { givenPlatformOfPages, isFirstPage, pastePages } from './pasted-pages.js';

const pages = readPages();
const platform = givenPlatformOfPages();

pastePages(platform, isFirstPage);

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
