import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT } from './install.js';

/**
 * Jest loads the platform anew for each test file, which takes about six seconds of a processor. So `npm test` runs several suites in
 * one file: a generated one that imports each of them in a `describe` of its own, which is named after the suite.
 */
export const GROUPS_FOLDER = join(ROOT, 'dist', 'test-groups');

/** Suites of these folders take long and start many processes. They go first, so that none is left for the end. */
const LONG = ['browser', 'faults', 'process', 'database', 'cli', 'docs', 'isolation'];
const LONG_SUITES_PER_GROUP = { browser: 1 };
const FEW = 4;
const MANY = 24;

/** Writes the files of all groups. Their names say in which order they run. @returns the suites in them */
export function writeGroups() {
  rmSync(GROUPS_FOLDER, { recursive: true, force: true });
  mkdirSync(GROUPS_FOLDER, { recursive: true });
  const suites = findSuites();
  const folderOf = (suite) => suite.split('/')[1];
  const long = LONG.flatMap((folder) =>
    chunks(
      suites.filter((suite) => folderOf(suite) === folder),
      LONG_SUITES_PER_GROUP[folder] ?? FEW,
    ),
  );
  const others = chunks(
    suites.filter((suite) => !LONG.includes(folderOf(suite))),
    MANY,
  );
  for (const [index, group] of [...long, ...others].entries()) {
    const file = `${String(index + 1).padStart(3, '0')}-${folderOf(group[0])}.spec.ts`;
    writeFileSync(join(GROUPS_FOLDER, file), contentOf(group));
  }
  return suites;
}

/** The suites of a test file and their tests: of a group several, else the file itself. */
export function suitesOf(file, tests) {
  if (!file.startsWith(GROUPS_FOLDER)) return new Map([[relative(ROOT, file), tests]]);
  const suites = new Map();
  for (const test of tests) {
    const [suite, ...ancestorTitles] = test.ancestorTitles;
    const fullName = [...ancestorTitles, test.title].join(' ');
    suites.set(suite, [...(suites.get(suite) ?? []), { ...test, ancestorTitles, fullName }]);
  }
  return suites;
}

function findSuites() {
  return ['src', 'test']
    .flatMap((root) => readdirSync(join(ROOT, root), { recursive: true }).map((path) => `${root}/${path}`))
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.spec\.tsx?$/.test(path))
    .sort();
}

function chunks(list, size) {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}

function contentOf(group) {
  const imports = group.map(
    (suite) => `await suite(${JSON.stringify(suite)}, () => import(${JSON.stringify(`../../${suite}`)}));`,
  );
  return [`import { suite } from '../../test/support/suite.js';`, ...imports, ''].join('\n');
}
