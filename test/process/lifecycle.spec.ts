import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { basic, encodeForm, postForm, send } from '../support/http.js';
import { freePort } from '../support/platform.js';
import { PlatformProcess, untilRefused } from '../support/process.js';
import { openRequest } from '../support/race.js';

/** The life of an installation with nothing but a port and a directory given: each test goes on where the last ended. */
let dataDir: string;
let port: number;
let url: string;
let platform: PlatformProcess;
let firstBox: string;
let createdAtFirst: string;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'tenantry-life-'));
  port = await freePort();
  url = `http://localhost:${port}`;
});
afterAll(async () => {
  await platform.stop();
  rmSync(dataDir, { recursive: true });
});

describe('The first start in an empty directory', () => {
  it('prints one box with every address and secret, and then that it is ready', async () => {
    platform = start();
    expect(await platform.ready()).toBe(url);
    firstBox = boxOf(platform);
    for (const text of [`${url}/t/acme`, `${url}/t/globex`, `http://globex.localhost:${port}`, `${url}/api/v1`]) {
      expect(firstBox).toContain(text);
    }
    expect(firstBox).toMatch(/alice \/ \S{20}/);
    expect(firstBox).toMatch(/operator \/ \S{43}/);
    expect(platform.output.indexOf('ready ')).toBeGreaterThan(platform.output.indexOf('└'));
  });

  it('keeps the secrets where only this user can read them', () => {
    expect(statSync(join(dataDir, 'secrets.json')).mode & 0o077).toBe(0);
    expect(statSync(join(dataDir, 'postgres.password')).mode & 0o077).toBe(0);
  });

  it.each(['acme', 'globex'])('serves the demo tenant %s at its path and at its host', async (slug) => {
    for (const issuer of [`${url}/t/${slug}`, `http://${slug}.localhost:${port}`]) {
      const metadata = (await send(`${issuer}/.well-known/openid-configuration`)).json();
      expect(metadata['issuer']).toBe(issuer);
      expect((await tokenOf(issuer, slug)).status).toBe(200);
    }
  });
});

describe('A stop by SIGTERM', () => {
  it('answers what is under way, takes nothing new, and ends with code 0 and without its database', async () => {
    createdAtFirst = await createTenant('kept');
    const postmaster = postmasterPid();
    const body = encodeForm({ grant_type: 'client_credentials' });
    const headers = { authorization: machineOf('acme'), 'content-type': 'application/x-www-form-urlencoded' };
    const underWay = await openRequest({ url: `${url}/t/acme/token`, method: 'POST', headers, body }, port);

    const stopped = platform.stop();
    await untilRefused(port);
    underWay.finish();

    expect((await underWay.answer).status).toBe(200);
    expect(await stopped).toEqual({ code: 0, signal: null });
    expect(isRunning(postmaster)).toBe(false);
    expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false);
    expect(platform.errors).not.toMatch(/error/i);
  });
});

describe('A second start', () => {
  it('has the same secrets and data', async () => {
    platform = start();
    await platform.ready();
    expect(contentOf(boxOf(platform))).toEqual(contentOf(firstBox));
    expect(await findTenant('kept')).toBe(createdAtFirst);
    expect((await tokenOf(`${url}/t/acme`, 'acme')).status).toBe(200);
  });
});

describe('A start after everything was killed', () => {
  it('finds all that was answered before', async () => {
    const created = await createTenant('survivor');
    const postmaster = postmasterPid();
    process.kill(postmaster, 'SIGKILL');
    expect(await platform.killGroup()).toEqual({ code: null, signal: 'SIGKILL' });

    platform = start();
    await platform.ready();
    expect(contentOf(boxOf(platform))).toEqual(contentOf(firstBox));
    expect(await findTenant('survivor')).toBe(created);
    expect((await tokenOf(`${url}/t/globex`, 'globex')).status).toBe(200);
  });

  it('takes over the database when only the platform was killed', async () => {
    const postmaster = postmasterPid();
    process.kill(platform.pid, 'SIGKILL');
    await platform.ended;
    platform = start();
    await platform.ready();
    expect(postmasterPid()).toBe(postmaster);
    expect(await findTenant('survivor')).toBeDefined();
  });
});

describe('A second process in the same directory', () => {
  it('is refused in a sentence, and does the first one no harm', async () => {
    const second = start(await freePort());
    expect((await second.ended).code).toBe(78);
    expect(second.errors).toContain(dataDir);
    expect(second.errors).not.toContain('    at ');
    expect((await send(`${url}/health/ready`)).status).toBe(200);
  });

  it('and one on the same port alike', async () => {
    const other = mkdtempSync(join(tmpdir(), 'tenantry-life-'));
    const second = new PlatformProcess({ env: { PORT: String(port), DATA_DIR: other } });
    expect((await second.ended).code).toBe(78);
    expect(second.errors).toContain(`PORT ${port} is in use`);
    expect(existsSync(join(other, 'postgres', 'postmaster.pid'))).toBe(false);
    rmSync(other, { recursive: true });
  });
});

describe('A stop of `npm start` by SIGTERM', () => {
  it('reaches the platform and its database through the shell that npm puts between', async () => {
    await platform.stop();
    const env = { PATH: process.env['PATH'], HOME: dataDir, PORT: String(port), DATA_DIR: dataDir };
    const npm = spawn('npm', ['start'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    await untilReady(npm.stdout);
    const postmaster = postmasterPid();

    npm.kill('SIGTERM');
    await untilRefused(port);
    while (isRunning(postmaster)) await delay(20);
    expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false);
  });
});

function start(at = port): PlatformProcess {
  return new PlatformProcess({ env: { PORT: String(at), DATA_DIR: dataDir } });
}

async function untilReady(output: Readable): Promise<void> {
  for await (const line of createInterface({ input: output })) if (line.startsWith('ready ')) return;
  throw new Error('It ended before it was ready.');
}

function boxOf({ output }: PlatformProcess): string {
  return /┌[^]*┘/.exec(output)?.[0] ?? '';
}

/** What stands in the box, but for the demo application: its port is fixed, and another platform may have it. */
function contentOf(box: string): string[] {
  const lines = box.split('\n').map((line) => line.replace(/^│ | *│$/g, ''));
  return lines.filter((line) => !/^[┌└]|^Try it in a browser/.test(line));
}

function secrets() {
  return JSON.parse(readFileSync(join(dataDir, 'secrets.json'), 'utf8')) as {
    bootstrapClientSecret: string;
    demo: Record<string, { machineClientSecret: string }>;
  };
}

function machineOf(slug: string): string {
  return basic('machine', secrets().demo[slug]?.machineClientSecret ?? '');
}

function tokenOf(issuer: string, slug: string) {
  return postForm(`${issuer}/token`, { grant_type: 'client_credentials' }, { authorization: machineOf(slug) });
}

async function operator(method: string, path: string, body?: object) {
  const authorization = basic('operator', secrets().bootstrapClientSecret);
  const token = await postForm(`${url}/t/system/token`, { grant_type: 'client_credentials' }, { authorization });
  return send(`${url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${String(token.json()['access_token'])}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
}

async function createTenant(slug: string): Promise<string> {
  const answer = await operator('POST', '/tenants', { slug, display_name: slug });
  expect(answer.status).toBe(201);
  return String(answer.json()['id']);
}

async function findTenant(slug: string): Promise<unknown> {
  return (await operator('GET', `/tenants/${slug}`)).json()['id'];
}

function postmasterPid(): number {
  return Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n', 1)[0]);
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
