import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

import { transformFile } from '@swc/core';
import pg from 'pg';

import {
  identifyProcess,
  isRunning,
  type ProcessIdentity,
} from '../../src/database/embedded-postgres/process-identity.js';

const PROJECT = resolve(import.meta.dirname, '../..');
const PLATFORM = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;

export const isRoot = process.getuid?.() === 0;

/** An installation of its own: compiled launcher, its dependencies as `npm ci --ignore-scripts` leaves them. */
export interface Installation {
  readonly root: string;
  /** Compiled `embedded-postgres.js`. */
  readonly module: string;
  readonly temporary: string;
}

export async function install(name: string, without: readonly string[] = []): Promise<Installation> {
  const root = join(await mkdtemp(join(tmpdir(), 'tenantry-launcher-')), name);
  await mkdir(join(root, 'temporary'), { recursive: true });
  await mkdir(join(root, 'embedded-postgres'));
  await chmod(dirname(root), 0o755);
  await writeFile(join(root, 'package.json'), '{ "type": "module" }');
  await cp(join(import.meta.dirname, 'embedded-postgres.fixture.mjs'), join(root, 'fixture.mjs'));
  const source = join(PROJECT, 'src/database');
  const parts = await readdir(join(source, 'embedded-postgres'));
  for (const file of ['embedded-postgres.ts', ...parts.map((part) => join('embedded-postgres', part))]) {
    const { code } = await transformFile(join(source, file), {
      swcrc: false,
      jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
      module: { type: 'es6' },
    });
    await writeFile(join(root, file.replace(/\.ts$/, '.js')), code);
  }
  const platformPackage = `@embedded-postgres/${PLATFORM}`;
  for (const dependency of ['pg', platformPackage].filter((wanted) => !without.includes(wanted))) {
    await copyPackage(dependency, root, new Set());
  }
  return { root, module: join(root, 'embedded-postgres.js'), temporary: join(root, 'temporary') };
}

async function copyPackage(name: string, root: string, done: Set<string>): Promise<void> {
  if (done.has(name)) return;
  done.add(name);
  const source = join(PROJECT, 'node_modules', name);
  await cp(source, join(root, 'node_modules', name), {
    recursive: true,
    // Not the symlinks: those are what install scripts make.
    filter: (path) => !/\.(so|dylib)[.\d]*$/.test(path) || !isSymlinkTarget(source, path),
  });
  const manifest = JSON.parse(await readFile(join(source, 'package.json'), 'utf8')) as {
    dependencies?: Record<string, string>;
  };
  for (const dependency of Object.keys(manifest.dependencies ?? {})) await copyPackage(dependency, root, done);
}

function isSymlinkTarget(source: string, path: string): boolean {
  const list = createRequire(import.meta.url)(join(source, 'native/pg-symlinks.json')) as { target: string }[];
  return list.some(({ target }) => resolve(source, target) === path);
}

export interface LaunchOptions {
  readonly installation: Installation;
  readonly dataDir: string;
  readonly durability?: 'full' | 'none';
  readonly settings?: Record<string, string>;
  readonly uid?: number;
  readonly environment?: Record<string, string>;
}

export interface Answer {
  readonly url: string;
  readonly adopted: boolean;
  readonly error?: string;
}

/** Everything that is started here is ended by `clean`. */
export class Launcher {
  readonly #children: ChildProcess[] = [];
  readonly #servers: ProcessIdentity[] = [];

  spawn({ installation, dataDir, durability = 'none', settings, uid, environment }: LaunchOptions): Owner {
    const options = JSON.stringify({ dataDir, durability, settings });
    const args = [join(installation.root, 'fixture.mjs'), pathToFileURL(installation.module).href, options];
    const child = spawn(process.execPath, args, {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: {
        PATH: process.env.PATH,
        SystemRoot: process.env.SystemRoot,
        TMPDIR: installation.temporary,
        ...environment,
      },
      ...(uid === undefined ? {} : { uid, gid: uid, cwd: '/' }),
    });
    this.#children.push(child);
    return new Owner(child, dataDir, (server) => this.#servers.push(server));
  }

  /** Spawns and waits until the database answers. */
  async start(options: LaunchOptions): Promise<Owner & { answer: Answer; server: number }> {
    const owner = this.spawn(options);
    const answer = await owner.ready();
    if (answer.error !== undefined) throw new Error(answer.error);
    return Object.assign(owner, { answer, server: await owner.serverPid() });
  }

  /** A process that has nothing to do with PostgreSQL. */
  spawnForeign(uid: number | undefined): ChildProcess {
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)'], {
      stdio: 'ignore',
      uid,
      gid: uid,
      cwd: '/',
    });
    this.#children.push(child);
    return child;
  }

  async clean(): Promise<void> {
    for (const child of this.#children) if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    for (const server of this.#servers) if (isRunning(server)) process.kill(server.pid, 'SIGQUIT');
    for (const server of this.#servers) while (isRunning(server)) await delay(20);
  }
}

export class Owner {
  readonly #lines: AsyncIterator<string>;
  readonly ended: Promise<unknown>;

  constructor(
    readonly child: ChildProcess,
    readonly dataDir: string,
    readonly remember: (server: ProcessIdentity) => void,
  ) {
    if (child.stdout === null) throw new Error('The fixture has a standard output.');
    this.#lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    this.ended = once(child, 'exit');
  }

  async ready(): Promise<Answer> {
    const line = await this.#lines.next();
    if (line.done === true) throw new Error('The fixture ended without an answer.');
    return JSON.parse(line.value) as Answer;
  }

  async serverPid(): Promise<number> {
    const pid = Number((await readFile(join(this.dataDir, 'postgres/postmaster.pid'), 'utf8')).split('\n')[0]);
    const server = identifyProcess(pid);
    if (server === undefined) throw new Error(`No server runs as process ${pid}.`);
    this.remember(server);
    return pid;
  }

  async tell(word: 'stop' | 'exit'): Promise<void> {
    this.child.stdin?.write(`${word}\n`);
    await this.ended;
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }
}

export async function runQuery(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

export async function waitUntil(condition: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (const deadline = Date.now() + 15_000; !(await condition()); await delay(10)) {
    if (Date.now() > deadline) throw new Error(`Not within 15 seconds: ${what}`);
  }
}

/** An ordinary user the system knows (initdb wants one) that is not the one the server runs under. */
export async function findOrdinaryUser(): Promise<number | undefined> {
  const passwd = await readFile('/etc/passwd', 'utf8').catch(() => '');
  const users = passwd.split('\n').map((line) => line.split(':'));
  const uid = users.find(([name, , id]) => name !== 'nobody' && Number(id) > 0)?.[2];
  return uid === undefined ? undefined : Number(uid);
}

export async function makeDirectory(path: string, mode: number, uid?: number): Promise<string> {
  await mkdir(path, { recursive: true });
  await chmod(path, mode);
  if (uid !== undefined) await chown(path, uid, uid);
  return path;
}

export async function removeInstallation(installation: Installation): Promise<void> {
  await rm(dirname(installation.root), { recursive: true, force: true, maxRetries: 5 });
}
