import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT, prepare } from './install.js';

/**
 * `npm run test:faults`: faults of the database, the network and the processes, played on the platform under load.
 * `-- <pattern>` plays only the matching files, `-- --workers <n>` uses so many workers instead of 2, `-- --docs` also
 * writes the table to docs/faults.md.
 */
const COLUMNS = [
  ['scenario', ({ scenario }) => scenario],
  ['workers', ({ workers }) => workers],
  ['requests', ({ requests }) => requests],
  ['2xx', ({ good }) => good],
  ['503', ({ unavailable }) => unavailable],
  ['other', ({ other }) => other],
  [
    'longest outage after recovery',
    ({ outageMs }) => (outageMs === undefined ? '' : `${(outageMs / 1000).toFixed(1)} s`),
  ],
  ['audit events lost', ({ lostEvents }) => lostEvents],
  ['single-use twice', ({ duplicates }) => duplicates],
  ['RSS max', ({ largestMb }) => `${largestMb} MB`],
  ['verdict', ({ problems }) => (problems.length === 0 ? 'pass' : 'FAIL')],
];

const { values: options, positionals: patterns } = parseArgs({
  allowPositionals: true,
  options: { docs: { type: 'boolean' }, workers: { type: 'string', default: '2' } },
});
const started = Date.now();
let printed = 0;
await prepare();
const folder = mkdtempSync(join(tmpdir(), 'tenantry-faults-result-'));
const results = join(folder, 'rows.jsonl');
try {
  process.stdout.write(`${tableOf([])}\n`);
  const printing = setInterval(() => print(readRows(results)), 500);
  const code = await play(results);
  clearInterval(printing);
  const rows = readRows(results);
  print(rows);
  const seconds = Math.round((Date.now() - started) / 1000);
  process.stdout.write(`\n${summary(rows, seconds)}\n`);
  for (const { scenario, workers, problems } of rows) {
    for (const problem of problems) process.stdout.write(`FAIL ${scenario}, ${workers} workers: ${problem}\n`);
  }
  if (options.docs && code === 0) await writeDocs(tableOf(rows), rows, seconds);
  process.exitCode = code;
} finally {
  rmSync(folder, { recursive: true });
}

/** Each row as soon as it is there. */
function print(rows) {
  for (const row of rows.slice(printed)) process.stdout.write(`${lineOf(COLUMNS.map(([, cell]) => cell(row)))}\n`);
  printed = rows.length;
}

function play(file) {
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const jest = [
    join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js'),
    '--config',
    'jest.faults.config.js',
    '--runInBand',
  ];
  const env = { ...process.env, NODE_ENV: 'test', FAULT_RESULTS: file, FAULT_WORKERS: options.workers };
  const child = spawn(process.execPath, [...flags, ...jest, '--runInBand', ...patterns], {
    cwd: ROOT,
    stdio: 'inherit',
    env,
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}

function readRows(file) {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  return lines.map((line) => JSON.parse(line));
}

function tableOf(rows) {
  const head = lineOf(COLUMNS.map(([name]) => name));
  const rule = lineOf(COLUMNS.map(([name]) => '-'.repeat(name.length)));
  return [head, rule, ...rows.map((row) => lineOf(COLUMNS.map(([, cell]) => cell(row))))].join('\n');
}

function lineOf(cells) {
  return `| ${cells.join(' | ')} |`;
}

function summary(rows, seconds) {
  const failed = rows.filter(({ problems }) => problems.length > 0).length;
  return `played ${rows.length} scenarios in ${seconds} s, failed ${failed}`;
}

/** Keeps the text of the page and replaces the table between its marks. */
async function writeDocs(table, rows, seconds) {
  const { format, resolveConfig } = await import('prettier');
  const filepath = join(ROOT, 'docs', 'faults.md');
  const machine = `Node.js ${process.version}, ${availableParallelism()} cores: ${summary(rows, seconds)}.`;
  const marked = /(<!-- results -->\n)[\s\S]*(<!-- end of results -->)/;
  const text = readFileSync(filepath, 'utf8');
  const filled = text.replace(marked, (_, begin, end) => `${begin}\n${table}\n\n${machine}\n\n${end}`);
  writeFileSync(filepath, await format(filled, { ...(await resolveConfig(filepath)), filepath }));
}
