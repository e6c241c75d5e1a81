import { beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EVENT_GROUPS } from '../../src/audit/catalogue/event-catalogue.js';
import { SUM_DETAILS, WRITE_DETAILS } from '../../src/audit/catalogue/event-description.js';
import { eventPage } from '../../scripts/event-page.js';
import { SMALL_YOUNG_GENERATION } from '../../src/process/heap.js';
import { DEFAULT_POLICY, POLICY_BOUNDS } from '../../src/tenants/tenant-policy.js';
import { MANAGEMENT_SCOPES } from '../../src/resources/management-api.js';
import { BUILT_IN_ROLES } from '../../src/resources/management-roles.js';
import { VARIABLES } from '../../src/config/variables.js';
import { tenantry } from '../support/command-line.js';
import { type Page, ROOT, anchorsOf, readPages, tableUnder } from './markdown.js';

const pages = readPages();
/** Every command, as the words that name it, from the help that people read. */
let commands: Promise<readonly string[]>;
beforeAll(() => void (commands = commandNames()));
const page = (path: string): Page => {
  const found = pages.find((one) => one.path === path);
  if (!found) throw new Error(`There is no ${path}.`);
  return found;
};

describe('A link within the documentation', () => {
  it.each(pages.map((one) => [one.path, one] as const))('leads somewhere: %s', (path, { prose }) => {
    const links = [...prose.matchAll(/(?<!`)!?\[[^\]]*\]\(([^)\s]+)\)/g), ...prose.matchAll(/(?:href|src)="([^"]+)"/g)];
    const broken = links
      .map(([, target = '']) => target)
      .filter((target) => !/^[a-z]+:/.test(target))
      .filter((target) => !leadsSomewhere(path, target));
    expect(broken).toEqual([]);
  });

  it('reaches every page, beginning at the README', () => {
    const reached = new Set(['README.md']);
    for (const path of reached) {
      for (const [, target = ''] of page(path).prose.matchAll(/\]\(([^)#\s:]+\.md)/g)) {
        reached.add(join(dirname(path), target));
      }
    }
    expect(pages.map(({ path }) => path).filter((path) => !reached.has(path))).toEqual([]);
  });
});

function leadsSomewhere(from: string, target: string): boolean {
  const [file = '', anchor] = target.split('#');
  const path = file === '' ? from : join(dirname(from), file);
  if (!existsSync(join(ROOT, path))) return false;
  return anchor === undefined || anchorsOf(page(path)).has(anchor);
}

describe('The documentation', () => {
  it.each(['package.json', 'Dockerfile', 'docs/production.md', 'bench/targets.js'])(
    'starts the platform with the flag that keeps its memory small: %s',
    (path) => expect(readFileSync(join(ROOT, path), 'utf8')).toContain(SMALL_YOUNG_GENERATION),
  );

  it('has every type of event, as the catalogue describes it (npm run docs:events)', async () => {
    const written = readFileSync(join(ROOT, 'docs/events.md'), 'utf8');
    expect(written).toBe(await eventPage(EVENT_GROUPS, { writes: WRITE_DETAILS, sums: SUM_DETAILS }));
  });

  it('has every variable of the environment, and no other', () => {
    const documented = tableUnder(page('docs/settings.md'), '# Settings').flatMap(([name = '']) =>
      [...name.matchAll(/`([A-Z_]+)`/g)].map(([, variable]) => variable),
    );
    expect(documented.toSorted()).toEqual(Object.keys(VARIABLES).toSorted());
  });

  it('passes every variable on to the container, but for those of the image', () => {
    const compose = readFileSync(join(ROOT, 'docker-compose.yml'), 'utf8');
    const passed = [...compose.matchAll(/^ {6}([A-Z_]+): /gm)].map(([, name]) => name);
    const ofImage = ['NODE_ENV', 'PORT', 'HOST', 'DATA_DIR', 'DATABASE_SERVE_AS_OWNER'];
    expect(Object.keys(VARIABLES).filter((name) => !passed.includes(name) && !ofImage.includes(name))).toEqual([]);
  });

  it('has every policy with its default and its bounds', () => {
    const rows = tableUnder(page('docs/policies.md'), '## Policies of a tenant');
    const documented = rows.map(([name, initial, bounds]) => [name, initial, bounds]);
    const expected = Object.entries(DEFAULT_POLICY).map(([name, value]) => [
      `\`${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}\``,
      describeDefault(value),
      describeBounds(name),
    ]);
    expect(documented.toSorted()).toEqual(expected.toSorted());
  });

  it('names commands that there are', async () => {
    const known = await commands;
    const named = pages.flatMap(({ path, text }) =>
      [...text.matchAll(/npx tenantry((?: [a-z][a-z-]*)*)/g)].map(([, words = '']) => [path, words.trim()] as const),
    );
    const unknown = named.filter(
      ([, words]) => words !== '' && !known.some((name) => `${words} `.startsWith(`${name} `)),
    );
    expect(unknown).toEqual([]);
  });

  it('has every command, and no other', async () => {
    const documented = tableUnder(page('docs/command-line.md'), '## Commands').flatMap(([names = '']) =>
      [...names.matchAll(/`([a-z -]+)`/g)].map(([, name]) => name),
    );
    expect(documented.toSorted()).toEqual((await commands).toSorted());
  });

  it('has every built-in role with what it allows', () => {
    const all = MANAGEMENT_SCOPES.map(({ name }) => name);
    const read = all.filter((name) => name.endsWith(':read'));
    const scopesIn = (text = '') => [...text.matchAll(/`([a-z]+:[a-z]+)`/g)].map(([, name = '']) => name);
    const documented = tableUnder(page('docs/roles.md'), '## Built-in roles').map(([name, at, , permissions = '']) => {
      const scopes = permissions === 'all' ? all : permissions.startsWith('all that') ? read : [];
      return [name, at, [...scopes, ...scopesIn(permissions)].toSorted()];
    });
    const places = { operators: '`system`', tenants: 'a tenant' };
    const known = BUILT_IN_ROLES.map(({ name, isFor, permissions }) => [
      `\`${name}\``,
      isFor.map((whose) => places[whose]).join(', '),
      permissions.toSorted(),
    ]);
    expect(documented).toEqual(known);
  });

  it('quotes errors that there are', () => {
    const source = filesBelow('src')
      .map((file) => readFileSync(file, 'utf8'))
      .join('\n')
      .replace(/['`] \+\s+['`]/g, '');
    const quoted = [...page('docs/errors.md').prose.matchAll(/"([^"|]+)"/g)].map(([, words = '']) => words);
    expect(quoted.length).toBeGreaterThan(5);
    // An ellipsis stands for what differs.
    expect(quoted.filter((words) => !words.split(/ ?… ?/).every((part) => source.includes(part)))).toEqual([]);
  });

  it('names scripts of npm that there are', () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: object };
    const named = pages.flatMap(({ text }) => [...text.matchAll(/\bnpm run ([a-z:]+)/g)].map(([, name = '']) => name));
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });

  it('has every metric, and no other', () => {
    const metric = /\btenantry_[a-z_]+/g;
    const documented = new Set(page('docs/monitoring.md').text.match(metric));
    const known = new Set(
      filesBelow('src')
        .filter((file) => file.includes('metric'))
        .flatMap((file) => readFileSync(file, 'utf8').match(metric) ?? []),
    );
    const parts = /_(bucket|sum|count)$/;
    expect([...documented].map((name) => name.replace(parts, '')).filter((name) => !known.has(name))).toEqual([]);
    expect([...known].filter((name) => !documented.has(name))).toEqual([]);
  });

  it('has every type of audit event, and no other', () => {
    const documented = tableUnder(page('docs/audit-log.md'), '## Types of events').flatMap(([name = '']) =>
      [...name.matchAll(/`([a-z_]+\.[a-z_]+)`/g)].map(([, type]) => type),
    );
    const source = readFileSync(join(ROOT, 'src', 'audit', 'audit-event.ts'), 'utf8');
    const known = [...source.matchAll(/\| '([a-z_]+\.[a-z_]+)'/g)].map(([, type]) => type);
    expect(documented.toSorted()).toEqual(known.toSorted());
  });
});

function describeDefault(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map((one) => `\`${one}\``).join(', ');
  if (value === null || value === undefined) return 'none';
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}

function describeBounds(name: string): string {
  const bounds = (POLICY_BOUNDS as Readonly<Record<string, readonly [number, number]>>)[name];
  return bounds ? `${bounds[0]} to ${bounds[1]}` : '';
}

async function commandNames(): Promise<readonly string[]> {
  const nested = (await verbsOf([])).map(async (noun) => {
    const verbs = await verbsOf([noun]);
    return verbs.length === 0 ? [noun] : verbs.map((verb) => `${noun} ${verb}`);
  });
  return (await Promise.all(nested)).flat();
}

async function verbsOf(command: readonly string[]): Promise<readonly string[]> {
  const { output } = await tenantry([...command, '--help'], {});
  const [, listed = ''] = output.split('\nCommands:\n');
  const names = [...listed.matchAll(/^ {2}([a-z][a-z-]*)/gm)].map(([, name = '']) => name);
  return names.filter((name) => name !== 'help');
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => join(ROOT, folder, name))
    .filter((file) => /\.tsx?$/.test(file) && statSync(file).isFile());
}
