import { describe, expect, it } from '@jest/globals';
import { readSource } from './source-files.js';

const files = readSource();
const MAX_LINES = 320;

/** Who reads the environment beside `src/config`, which reads it for the platform. */
const READS_ENVIRONMENT = [
  /^src\/config\//,
  // Code that developers are shown, and that never runs here.
  /^src\/developers\/snippets\//,
  // Programs of their own, on the user's machine: which installation is meant.
  /^src\/cli\//,
  // Passes what PostgreSQL needs on to its process.
  /^src\/database\/embedded-postgres\/server-account\.ts$/,
];

describe('A source file', () => {
  it(`has at most ${MAX_LINES} lines`, () => {
    const long = files.filter(
      ({ path, text }) => text.trimEnd().split('\n').length > MAX_LINES && !path.endsWith('.generated.ts'),
    );
    expect(long.map(({ path }) => path)).toEqual([]);
  });

  it('lies at most three folders below src', () => {
    expect(pathsOf(({ path }) => path.split('/').length > 5)).toEqual([]);
  });

  it('is named in kebab case, with its role last', () => {
    expect(pathsOf(({ path }) => !/\/[a-z0-9]+([.-][a-z0-9]+)*\.tsx?$/.test(path))).toEqual([]);
  });

  it('is no barrel, and exports nothing as default', () => {
    expect(pathsOf(({ path }) => /\/index\.tsx?$/.test(path))).toEqual([]);
    expect(pathsOf(({ text }) => /^export default|^export \*/m.test(text))).toEqual([]);
  });

  it('leaves nothing to do later and nothing untyped', () => {
    expect(pathsOf(({ text }) => /\b(TODO|FIXME|XXX|HACK)\b/.test(text))).toEqual([]);
    expect(
      pathsOf(({ text }) => /\bas any\b|: any\b|<any>|@ts-(ignore|nocheck|expect-error)|eslint-disable/.test(text)),
    ).toEqual([]);
  });

  it('resolves its dependencies in one direction, and none of them per request', () => {
    expect(pathsOf(({ text }) => /forwardRef|Scope\.REQUEST|@Inject\(REQUEST\)/.test(text))).toEqual([]);
  });

  it('takes settings by injection; only src/config reads the environment', () => {
    const readers = pathsOf(({ text }) => /\bprocess\.env\b/.test(text));
    expect(readers.filter((path) => !READS_ENVIRONMENT.some((known) => known.test(path)))).toEqual([]);
  });

  it('prints nothing: the log is injected, and standard output belongs to programs', () => {
    const printers = pathsOf(({ text }) => /\bconsole\.\w+\(/.test(text));
    // Code that developers are shown, and that never runs here.
    expect(printers.filter((path) => !path.startsWith('src/developers/snippets/'))).toEqual([]);
  });

  it('keeps no state in the module: what changes belongs to an instance', () => {
    // A dictionary that is loaded when the first password is set, and never changes.
    expect(pathsOf(({ text }) => /^(export )?let /m.test(text))).toEqual(['src/users/password-rules.ts']);
  });
});

describe('A statement', () => {
  const statements = files.flatMap(({ path, text }) =>
    [...text.matchAll(/\bstatement\(\s*'([^']+)'/g)].map(([, name = '']) => ({ path, name })),
  );

  it('has a name of its own: a connection prepares each name once', () => {
    expect(statements.length).toBeGreaterThan(50);
    const names = statements.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('is written in a repository, in the vault, or is none of any tenant', () => {
    const elsewhere = statements.filter(({ path }) => !path.endsWith('.repository.ts'));
    expect(elsewhere.map(({ path }) => path).sort()).toEqual([
      // The parts of a transaction.
      'src/database/savepoint.ts',
      'src/database/savepoint.ts',
      'src/database/savepoint.ts',
      'src/database/tenant-batch.ts',
      'src/keys/tenant-vault.ts',
      'src/keys/tenant-vault.ts',
      'src/observability/health.service.ts',
    ]);
  });
});

describe('A controller', () => {
  it('knows neither SQL nor the database', () => {
    const controllers = files.filter(({ path }) => path.endsWith('.controller.ts'));
    expect(controllers.length).toBeGreaterThan(15);
    const touching = controllers.filter(
      ({ imports, packages }) =>
        imports.some((to) => to.startsWith('src/database/')) || packages.some((name) => /^(pg|typeorm)$/.test(name)),
    );
    expect(touching.map(({ path }) => path)).toEqual([]);
  });
});

function pathsOf(fits: (file: (typeof files)[number]) => boolean): string[] {
  return files.filter(fits).map(({ path }) => path);
}
