import { expect, it } from '@jest/globals';
import { once } from 'node:events';
import { type Socket, connect } from 'node:net';
import type { Server } from 'node:http';
import { PlatformAdapter } from '../../src/http/platform-adapter.js';
import { SecondListener } from '../../src/process/second-listener.js';
import { freePort } from '../support/platform.js';

it('A second address ends although clients keep connections to it: used ones, and those that were never used', async () => {
  const adapter = new PlatformAdapter();
  adapter.initHttpServer();
  const server: Server = adapter.getHttpServer();
  const taken: Socket[] = [];
  server.on('connection', (socket) => taken.push(socket));
  const port = await freePort();
  const second = await SecondListener.listen(server, { host: '127.0.0.1', port });
  if (!second) throw new Error('There is no such address.');
  const sockets = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')];
  const [used] = sockets;
  const closed = sockets.map((socket) => once(socket.resume(), 'close'));
  await Promise.all(sockets.map((socket) => once(socket, 'connect')));
  used?.write('GET /health/live HTTP/1.1\r\nHost: a.test\r\n\r\n');
  if (used) await once(used, 'data');

  await second.queueServed();
  second.stopListening();
  await adapter.whileClosingIdle(() => second.finished());
  // One more is that by which `queueServed` sees how far the queue is.
  expect(taken.map(({ destroyed }) => destroyed)).toEqual([true, true, true]);
  await Promise.all(closed);
});
