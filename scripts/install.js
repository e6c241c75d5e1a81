import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from './lock.js';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

const BUILD_INPUTS = [
  'src',
  'migrations',
  'tsconfig.json',
  'scripts/compile.js',
  'scripts/swc-options.js',
  'scripts/bundle.js',
  'package-lock.json',
];
const BUILD_STAMP = join(ROOT, 'dist', '.built-from');

const CONSOLE_INPUTS = ['console', 'package-lock.json'];
const CONSOLE_STAMP = join(ROOT, 'dist', 'console', '.built-from');

/** Installs the packages of the lock file and builds, each only when needed. Two that start at once do it once. */
export async function prepare() {
  if (isInstalled() && isBuilt(BUILD_STAMP, BUILD_INPUTS)) return;
  await withLock(join(ROOT, '.prepare.lock'), async () => {
    if (!isInstalled()) await install();
    if (!isBuilt(BUILD_STAMP, BUILD_INPUTS)) await build();
  });
}

/** The packages alone. */
export async function prepareInstall() {
  if (!isInstalled()) await withLock(join(ROOT, '.prepare.lock'), () => (isInstalled() ? undefined : install()));
}

/** The console, only when needed. It runs beside a platform that is ready already, which says so until it is there. */
export async function prepareConsole() {
  if (isBuilt(CONSOLE_STAMP, CONSOLE_INPUTS)) return;
  await withLock(join(ROOT, '.prepare.lock-console'), async () => {
    const digest = sourceDigest(CONSOLE_INPUTS);
    if (isBuilt(CONSOLE_STAMP, CONSOLE_INPUTS)) return;
    const { build: bundle } = await import('vite');
    await bundle({ configFile: join(ROOT, 'console', 'vite.config.js') });
    writeFileSync(CONSOLE_STAMP, digest);
  });
}

/** `npm ci` leaves this list behind as its last act, so an interrupted one is seen and repeated. */
function isInstalled() {
  const installed = readJson(join(ROOT, 'node_modules', '.package-lock.json'))?.packages;
  if (!installed) return false;
  const wanted = Object.entries(readJson(join(ROOT, 'package-lock.json')).packages);
  return wanted.every(
    ([path, { version, optional }]) => path === '' || optional || installed[path]?.version === version,
  );
}

async function install() {
  process.stdout.write('Installing packages ...\n');
  // NODE_ENV=production would leave out the compiler.
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env['npm_execpath'];
  const env = { ...process.env, ...cacheOfItsOwn() };
  if (npm?.endsWith('.js')) await run(process.execPath, [npm, ...args], { env });
  else await run('npm', args, { env, shell: process.platform === 'win32' });
}

/** An account without a writable home (`nobody`, many containers) has nowhere to keep npm's cache. */
function cacheOfItsOwn() {
  try {
    accessSync(homedir(), constants.W_OK);
    return {};
  } catch {
    return { npm_config_cache: join(tmpdir(), `tenantry-npm-cache-${process.getuid?.() ?? ''}`) };
  }
}

function isBuilt(stamp, inputs) {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === sourceDigest(inputs);
}

async function build() {
  process.stdout.write('Building ...\n');
  const digest = sourceDigest(BUILD_INPUTS);
  await run(process.execPath, [join(ROOT, 'scripts', 'compile.js')], {});
  await run(process.execPath, [join(ROOT, 'scripts', 'bundle.js')], {});
  mkdirSync(join(ROOT, 'dist'), { recursive: true });
  writeFileSync(BUILD_STAMP, digest);
}

function sourceDigest(inputs) {
  const hash = createHash('sha256');
  for (const file of inputs.flatMap(filesBelow).sort()) {
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(join(ROOT, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesBelow(path) {
  if (/\.[a-z]+$/.test(path)) return [path];
  return readdirSync(join(ROOT, path), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.md') && !entry.parentPath.includes('node_modules'))
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length));
}

function readJson(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** Runs a program in the project's folder with its output shown; ends this process when it fails. */
async function run(program, args, options) {
  const code = await new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'], ...options });
    child.once('error', reject);
    child.once('exit', resolve);
  });
  if (code !== 0) throw new Error(`"${[program, ...args].join(' ')}" ended with code ${code}.`);
}
