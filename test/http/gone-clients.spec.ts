import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readlinkSync, writeFileSync } from 'node:fs';
import { type Socket, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecutionContext } from '@nestjs/common';
import type { Response } from 'express';
import { describe, expect, it, jest } from '@jest/globals';
import type { PlatformAdapter } from '../../src/http/platform-adapter.js';
import { AuditStreams } from '../../src/management/audit-events/audit-streams.js';
import { ManagementPermissionGuard } from '../../src/management/kit/management.guard.js';
import { EventStream } from '../support/event-stream.js';
import { givenPlatform, givenTenant } from '../support/given.js';

const consoleFolder = mkdtempSync(join(tmpdir(), 'console-'));
mkdirSync(join(consoleFolder, 'assets'));
// More than the buffers of both sides hold.
writeFileSync(join(consoleFolder, 'assets', 'large.js'), Buffer.alloc(20_000_000, 'x'));
const platform = givenPlatform({ consoleFolder, connections: { answerTimeoutMs: 200 } });
givenTenant(platform, 'acme');

/** For a test that fails. */
const GIVEN_UP_MS = 20_000;
const LARGE = '/t/acme/console/assets/large.js';
const LOG = '/api/v1/tenants/acme/audit-events';

async function ask(path: string, headers = ''): Promise<Socket> {
  const { port } = platform.config.listen;
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost:${port}\r\n${headers}\r\n`);
  return socket;
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = performance.now() + GIVEN_UP_MS;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error('It did not happen.');
    await new Promise(setImmediate);
  }
}

/** Files of the console that this process has open; none can be told where there is no /proc. */
function openFiles(): number {
  return openDescriptors().filter((target) => target.startsWith(consoleFolder)).length;
}

function openDescriptors(): string[] {
  try {
    return readdirSync('/proc/self/fd').map((name) => {
      try {
        return readlinkSync(`/proc/self/fd/${name}`);
      } catch {
        return ''; // closed meanwhile
      }
    });
  } catch {
    return [];
  }
}

const connections = () => platform.application.nest.getHttpAdapter() as unknown as PlatformAdapter;

describe('Who goes away while a file of the console is sent', () => {
  it('leaves no file open', async () => {
    for (let visit = 0; visit < 5; visit += 1) {
      const socket = await ask(LARGE);
      await once(socket, 'data');
      socket.destroy();
    }
    await until(() => connections().connections.count === 0);
    await until(() => openFiles() === 0);
  });

  it('or reads nothing more of it, is closed', async () => {
    const before = connections().connections.closed.stalled;
    const socket = await ask(LARGE);
    await once(socket, 'data');
    socket.pause();
    await until(() => connections().connections.closed.stalled > before);
    await until(() => openFiles() === 0);
    socket.destroy();
  });
});

describe('Who goes away while a guard asks the database', () => {
  /** Sends the request, goes away, and lets the guard end afterwards. */
  async function askAndGo(path: string): Promise<void> {
    const usual = Object.getOwnPropertyDescriptor(ManagementPermissionGuard.prototype, 'canActivate')?.value as (
      context: ExecutionContext,
    ) => Promise<boolean>;
    let reached: (() => void) | undefined;
    const atGuard = new Promise<void>((resolve) => (reached = resolve));
    const done = new Promise<void>((resolve) => {
      jest.spyOn(ManagementPermissionGuard.prototype, 'canActivate').mockImplementationOnce(async function (
        this: ManagementPermissionGuard,
        context: ExecutionContext,
      ) {
        const may = await usual.call(this, context);
        const gone = once(context.switchToHttp().getResponse<Response>(), 'close');
        reached?.();
        await gone;
        setImmediate(resolve);
        return may;
      });
    });
    const socket = await ask(path, `Authorization: Bearer ${platform.operator.token}\r\n`);
    await atGuard;
    socket.destroy();
    await done;
    jest.restoreAllMocks();
  }

  it('takes no place among the streams of the audit log', async () => {
    for (let turn = 0; turn < 5; turn += 1) await askAndGo(`${LOG}/stream`);
    const stream = await EventStream.open(platform.operator, '/tenants/acme/audit-events/stream');
    expect(stream.response.statusCode).toBe(200);
    stream.close();
    await until(() => platform.application.nest.get(AuditStreams).count === 0);
  });

  it('takes no place among its exports', async () => {
    for (let turn = 0; turn < 4; turn += 1) await askAndGo(`${LOG}/export`);
    const answer = await platform.operator.request('GET', '/tenants/acme/audit-events/export');
    expect(answer.status).toBe(200);
  });
});
