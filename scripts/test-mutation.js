import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, prepare } from './install.js';

/**
 * `npm run test:mutation`: changes the source in small ways (mutants) with Stryker and looks whether a test notices.
 * A mutant that survives stands for a check that no test holds.
 *
 *   npm run test:mutation -- oauth steps      these groups instead of all of them
 *   npm run test:mutation -- --sample 100     the mutants in so many lines of each group, drawn at random; 0: in all lines
 *   npm run test:mutation -- --seed 7         another draw; the same seed draws the same mutants
 *
 * Stryker is installed when this command first runs, in a folder of its own: nobody else needs it.
 */
const VERSION = '9.5.1';
const TOOLS = join(ROOT, 'node_modules', '.cache', 'mutation');

/** What is mutated, and the tests that have to notice. All of them run for every mutant that they execute. */
const GROUPS = {
  oauth: { mutate: 'src/oauth/*.ts', tests: ['test/oauth', 'test/resources'] },
  steps: {
    mutate: 'src/authorization/steps/*.ts',
    tests: [
      'test/spec/rfc6749/4.1',
      'test/spec/rfc6749/3',
      'test/spec/oidc-core',
      'test/spec/rfc7636',
      'test/spec/rfc9700',
    ],
  },
  authentication: {
    mutate: 'src/clients/authentication/*.ts',
    tests: [
      'test/spec/rfc6749/2.3.1',
      'test/spec/rfc7523',
      'test/races/client-authentication',
      'test/audit/client-authentication',
    ],
  },
  grants: {
    mutate: 'src/grants/**/*.ts',
    tests: ['test/spec/rfc6749', 'test/spec/rfc8707', 'test/extension', 'test/sign-in/changes'],
  },
  tokens: {
    mutate: 'src/tokens/*.ts',
    tests: [
      'test/spec/rfc7009',
      'test/spec/rfc7662',
      'test/spec/rfc9068',
      'test/spec/rfc8725',
      'test/spec/rfc6750',
      'test/spec/oidc-core/2',
      'test/spec/rfc6749/6',
    ],
  },
};

/** Where Stryker finds something to change: conditions, operators, calls, blocks. */
const MUTABLE = /[?!<>+=&|]|\bif\b|\breturn\b|\btrue\b|\bfalse\b|\.\w+\(/;

const { groups, sample, seed } = readArguments(process.argv.slice(2));
await prepare();
await provideStryker();
const database = await startDatabase();
try {
  for (const name of groups) await mutate(name, GROUPS[name]);
} finally {
  await database.stop();
}

function readArguments(args) {
  const value = (name, fallback) => {
    const at = args.indexOf(name);
    return at === -1 ? fallback : Number(args.splice(at, 2)[1]);
  };
  const options = { sample: value('--sample', 60), seed: value('--seed', 1) };
  const unknown = args.filter((name) => !(name in GROUPS));
  if (unknown.length > 0 || !Number.isInteger(options.sample) || !Number.isInteger(options.seed)) {
    process.stderr.write(
      `usage: npm run test:mutation -- [${Object.keys(GROUPS).join(' | ')}] [--sample N] [--seed N]\n`,
    );
    process.exit(2);
  }
  return { ...options, groups: args.length > 0 ? args : Object.keys(GROUPS) };
}

async function provideStryker() {
  const manifest = join(TOOLS, 'node_modules', '@stryker-mutator', 'core', 'package.json');
  if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).version === VERSION) return;
  mkdirSync(TOOLS, { recursive: true });
  writeFileSync(join(TOOLS, 'package.json'), '{ "private": true }');
  const packages = [`@stryker-mutator/core@${VERSION}`];
  await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...packages], TOOLS);
}

/** One server for all runs; suites find it as they find that of `npm test`. */
async function startDatabase() {
  const { default: setUp } = await import('../test/support/global-setup.js');
  const { default: tearDown } = await import('../test/support/global-teardown.js');
  await setUp();
  return { stop: tearDown };
}

async function mutate(name, { mutate: pattern, tests }) {
  const folder = mkdtempSync(join(tmpdir(), 'tenantry-mutation-'));
  try {
    const { globalSetup: _, globalTeardown: __, ...jest } = (await import('../jest.config.js')).default;
    const jestConfig = join(folder, 'jest.config.json');
    const options = {
      testRunner: 'command',
      // Jest afresh for each mutant: its second run in one process does not end when modules are ESM.
      commandRunner: { command: jestCommand(jestConfig, tests) },
      coverageAnalysis: 'off',
      mutate: sample === 0 ? [pattern] : drawLines(pattern),
      mutator: { excludedMutations: ['StringLiteral', 'ObjectLiteral', 'ArrayDeclaration', 'Regex'] },
      concurrency: 2,
      timeoutMS: 60_000,
      disableTypeChecks: false,
      tempDirName: folder,
      ignorePatterns: ['.data', 'bench'],
      reporters: ['clear-text', 'progress-append-only'],
      clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
      allowEmpty: true,
    };
    // Stryker runs the command in a copy of the project.
    writeFileSync(jestConfig, JSON.stringify({ ...jest, rootDir: '.' }));
    const file = join(folder, 'stryker.json');
    writeFileSync(file, JSON.stringify(options));
    process.stdout.write(`\n## ${name}\n`);
    await run(
      process.execPath,
      [join(TOOLS, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js'), 'run', file],
      ROOT,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function jestCommand(config, tests) {
  const flags = '--experimental-vm-modules --disable-warning=ExperimentalWarning';
  return `node ${flags} node_modules/jest/bin/jest.js --config ${config} --rootDir . --bail=1 --maxWorkers=1 ${tests.join(' ')}`;
}

/** As Stryker's `file:line-line`, drawn without putting back. */
function drawLines(pattern) {
  const lines = filesOf(pattern).flatMap((file) =>
    readFileSync(join(ROOT, file), 'utf8')
      .split('\n')
      .map((text, index) => ({ text: text.trim(), range: `${file}:${index + 1}-${index + 1}` }))
      .filter(({ text }) => MUTABLE.test(text) && !/^(\*|\/|import|export (type|interface)|@)/.test(text)),
  );
  const random = generator(seed);
  const drawn = [];
  while (lines.length > 0 && drawn.length < sample) {
    drawn.push(lines.splice(Math.floor(random() * lines.length), 1)[0].range);
  }
  return drawn;
}

/** mulberry32: the same numbers for the same seed. */
function generator(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function filesOf(pattern) {
  const folder = pattern.slice(0, pattern.indexOf('*'));
  return readdirSync(join(ROOT, folder), { recursive: pattern.includes('**'), encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => folder + name)
    .sort();
}

async function run(program, args, cwd) {
  const code = await new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('error', reject);
    child.once('exit', resolve);
  });
  if (code !== 0) throw new Error(`"${program} ${args.join(' ')}" ended with code ${code}.`);
}
