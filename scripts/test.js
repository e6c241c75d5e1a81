import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT, prepare } from './install.js';
import { makeScratch } from './scratch.js';
import { GROUPS_FOLDER, suitesOf, writeGroups } from './suite-groups.js';

/**
 * `npm test`: everything that decides whether a change is sound, and at the end what ran, what failed, and what was
 * skipped and why. `npm test -- <pattern>` runs only the matching suites, each one by itself.
 */
const patterns = process.argv.slice(2);
const bin = (...path) => join(ROOT, 'node_modules', ...path);
const CHECKS = [
  ['format', bin('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn', '.'],
  ['lint and types', join(ROOT, 'scripts', 'lint-and-types.js')],
  ['API description', join(ROOT, 'scripts', 'lint-api.js')],
];

const GROUPS = [
  GROUPS_FOLDER,
  `--testSequencer=${join(ROOT, 'scripts', 'group-sequencer.js')}`,
  ...['src', 'test', GROUPS_FOLDER].map((root) => `--roots=${root}`),
];

const started = Date.now();
const scratch = makeScratch();
await prepare();
const isWhole = patterns.length === 0;
const expected = isWhole ? writeGroups() : [];
// Beside the tests, which leave the processors idle for a part of the time.
const checking = Promise.all(isWhole ? CHECKS.map(check) : []);
const tested = await runJest(isWhole ? GROUPS : patterns);
summarize(await checking, expected, tested);

/** One tool; its output is shown when it ends, so that those running beside it do not mix theirs in. */
async function check([name, ...args]) {
  const output = [];
  const code = await run(args, ['ignore', 'pipe', 'pipe'], (chunk) => output.push(chunk));
  process.stdout.write(`${code === 0 ? 'ok    ' : 'FAILED'} ${name}\n${Buffer.concat(output).toString()}`);
  return { name, ok: code === 0 };
}

async function runJest(args) {
  const outputFile = join(scratch, 'result.json');
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const reporter = `--reporters=${join(ROOT, 'scripts', 'progress-reporter.js')}`;
  const cache = `--cacheDirectory=${bin('.cache', 'jest')}`;
  const jest = [
    bin('jest', 'bin', 'jest.js'),
    reporter,
    cache,
    // Three on two processors: a suite often waits for a browser, a process or the database.
    '--maxWorkers=3',
    '--json',
    `--outputFile=${outputFile}`,
  ];
  const code = await run([...flags, ...jest, ...args], ['ignore', 'ignore', 'inherit']);
  return { ok: code === 0, ...JSON.parse(readFileSync(outputFile, 'utf8')) };
}

function run(args, stdio, onOutput) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      stdio,
      env: { ...process.env, NODE_ENV: 'test', TMPDIR: scratch },
    });
    child.stdout?.on('data', onOutput);
    child.stderr?.on('data', onOutput);
    child.once('error', reject);
    child.once('close', resolve);
  });
}

function summarize(checks, expected, { ok, testResults, ...counts }) {
  const failed = [...checks.filter((each) => !each.ok).map(({ name }) => name)];
  const skipped = [];
  const suites = testResults.map((result) => [result, suitesOf(result.name, result.assertionResults)]);
  for (const [{ name, status }, ofFile] of suites) {
    const tests = [...ofFile].flatMap(([file, tests]) => tests.map((test) => ({ ...test, file })));
    const isTold = tests.some((test) => test.status === 'failed');
    if (status === 'failed' && !isTold)
      failed.push(`${relative(ROOT, name)} (could not run, or failed after its tests)`);
    for (const { file, fullName, status } of tests) {
      if (status === 'failed') failed.push(`${file}: ${fullName}`);
      if (status === 'pending' || status === 'todo') skipped.push(`${file}: ${fullName}`);
    }
  }
  const ran = new Set(suites.flatMap(([, ofFile]) => [...ofFile.keys()]));
  failed.push(...expected.filter((file) => !ran.has(file)).map((file) => `${file} (did not run)`));
  const lines = [
    '',
    `ran      ${checks.length} checks, ${counts.numPassedTests + counts.numFailedTests} tests in ` +
      `${ran.size} suites, ${Math.round((Date.now() - started) / 1000)} s`,
    `failed   ${failed.length}`,
    ...failed.map((name) => `  ${name}`),
    `skipped  ${skipped.length}`,
    ...skipped.map((name) => `  ${name}`),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  process.exitCode = ok && failed.length === 0 ? 0 : 1;
}
