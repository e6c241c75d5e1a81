import { afterEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { type Server, createServer } from 'node:http';
import { type AddressInfo, type Socket, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { queueServed } from '../../src/process/accept-queue.js';
import { times } from '../support/race.js';

const CONNECTIONS = 50;
const REQUEST = 'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n';

let server: Server;

async function listen(host: string): Promise<number> {
  server = createServer((_, response) => response.end('served')).listen(0, host);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Connections that the system has made, and that the server had no turn to accept. */
async function queueUp(port: number): Promise<Socket[]> {
  const sockets = times(CONNECTIONS, () => connect(port, '127.0.0.1'));
  for (const socket of sockets) socket.write(REQUEST);
  // `connect` calls the system in the next tick, and the turn after it would accept.
  await new Promise<void>((resolve) => process.nextTick(resolve));
  return sockets;
}

afterEach(() => void server.close());

describe('A listener that is to close', () => {
  it.each(['127.0.0.1', '0.0.0.0'])('first serves the connections in its queue, at %s', async (host) => {
    const sockets = await queueUp(await listen(host));
    await queueServed(server);
    server.close();
    const answers = await Promise.all(sockets.map((socket) => text(socket)));
    expect(answers.filter((answer) => answer.includes('served'))).toHaveLength(CONNECTIONS);
  });

  it('would reset them otherwise', async () => {
    const sockets = await queueUp(await listen('127.0.0.1'));
    server.close();
    const ends = await Promise.all(sockets.map((socket) => text(socket).catch(({ code }: { code?: string }) => code)));
    expect(ends.filter((end) => end === 'ECONNRESET').length).toBeGreaterThan(0);
  });

  it('waits for nothing once it is closed', async () => {
    await listen('127.0.0.1');
    server.close();
    await queueServed(server);
  });
});
