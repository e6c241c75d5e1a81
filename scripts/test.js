import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT, prepare } from './install.js';
import { makeScratch } from './scratch.js';
import { GROUPS_FOLDER, suitesOf, writeGroups } from './suite-groups.js';

/**
 * `npm test`: all suites but the slow ones, and at the end what ran, what failed, and what was skipped and why.
 * `npm test -- <pattern>` runs only the matching suites, each one by itself. `npm run test:slow` does the same with the
 * slow ones (`*.slow.ts`).
 */
const SLOW = '--slow';
const patterns = process.argv.slice(2).filter((argument) => argument !== SLOW);
const isSlow = process.argv.includes(SLOW);
const bin = (...path) => join(ROOT, 'node_modules', ...path);

const GROUPS = [
  GROUPS_FOLDER,
  `--testSequencer=${join(ROOT, 'scripts', 'group-sequencer.js')}`,
  ...['src', 'test', GROUPS_FOLDER].map((root) => `--roots=${root}`),
];

const started = Date.now();
const scratch = makeScratch();
await prepare();
const isWhole = patterns.length === 0 && !isSlow;
const expected = isWhole ? writeGroups() : [];
const chosen = isSlow ? ['--config', join(ROOT, 'jest.slow.config.js'), ...patterns] : patterns;
summarize(expected, await runJest(isWhole ? GROUPS : chosen));

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
  const code = await run([...flags, ...jest, ...args]);
  return { ok: code === 0, ...JSON.parse(readFileSync(outputFile, 'utf8')) };
}

function run(args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: ROOT,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, NODE_ENV: 'test', TMPDIR: scratch },
    });
    child.once('error', reject);
    child.once('close', resolve);
  });
}

function summarize(expected, { ok, testResults, ...counts }) {
  const failed = [];
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
    `ran      ${counts.numPassedTests + counts.numFailedTests} tests in ${ran.size} suites, ` +
      `${Math.round((Date.now() - started) / 1000)} s`,
    `failed   ${failed.length}`,
    ...failed.map((name) => `  ${name}`),
    `skipped  ${skipped.length}`,
    ...skipped.map((name) => `  ${name}`),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  process.exitCode = ok && failed.length === 0 ? 0 : 1;
}
