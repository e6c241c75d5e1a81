import { describe, expect, it } from '@jest/globals';
import { EventEmitter } from 'node:events';
import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { Connection } from '../../src/http/connection.js';
import { type ConnectionLimits, Connections } from '../../src/http/connections.js';
import type { PlatformAdapter } from '../../src/http/platform-adapter.js';
import { send } from '../support/http.js';
import { type Ends, closing, getRequest, openEnds, readAnswers } from '../support/pipeline.js';
import { givenPlatform } from '../support/given.js';
import { sendRaw } from '../support/raw-connection.js';

const LIMITS: ConnectionLimits = {
  connections: 10,
  connectionsPerNetwork: 4,
  waitingRequests: 100,
  answerTimeoutMs: 60_000,
};

/** A server whose connections come from where a test says. */
class Arrivals {
  readonly connections: Connections;
  private readonly server = new EventEmitter() as Server;

  constructor(trusted: string[] = []) {
    this.connections = new Connections(LIMITS, () => undefined);
    this.connections.trustProxies((address) => trusted.includes(address));
    this.connections.watch(this.server);
  }

  from(address: string): Socket {
    const socket = new EventEmitter() as Socket & { destroyed: boolean };
    const destroy = () => {
      socket.destroyed = true;
      return socket.emit('close');
    };
    Object.assign(socket, { remoteAddress: address, destroyed: false, destroy, pause: () => socket });
    this.server.emit('connection', socket);
    return socket;
  }

  /** The same with a request under way, until the returned response is closed. */
  busyFrom(address: string): { socket: Socket; response: EventEmitter } {
    const socket = this.from(address);
    const response = new EventEmitter();
    this.connections.take({ socket } as never, response as ServerResponse);
    return { socket, response };
  }

  end(): void {
    this.server.emit('close');
  }
}

const times = <Value>(count: number, make: (index: number) => Value) =>
  Array.from({ length: count }, (_, n) => make(n));
const openOf = (sockets: Socket[]) => sockets.filter(({ destroyed }) => !destroyed).length;

describe('the connections of one network', () => {
  it('that are in use stay: whoever asked for something longest ago makes room', () => {
    const door = new Arrivals();
    const [active, ...idle] = times(4, () => door.from('192.0.2.1'));
    const response = new EventEmitter();
    door.connections.take({ socket: active } as never, response as ServerResponse);
    response.emit('close');
    times(2, () => door.from('192.0.2.1'));
    expect(idle.map(({ destroyed }) => destroyed)).toEqual([true, true, false]);
    expect(active?.destroyed).toBe(false);
    door.end();
  });

  it('are bounded: the oldest idle one is closed for a new one', () => {
    const door = new Arrivals();
    const sockets = times(6, () => door.from('192.0.2.1'));
    expect(sockets.map(({ destroyed }) => destroyed)).toEqual([true, true, false, false, false, false]);
    expect(door.connections.count).toBe(4);
    expect(door.connections.closed.excess).toBe(2);
    door.end();
  });

  it('that have a request under way are not closed for another; then the new one is', () => {
    const door = new Arrivals();
    const busy = times(4, () => door.busyFrom('192.0.2.1'));
    expect(door.from('192.0.2.1').destroyed).toBe(true);
    busy[2]?.response.emit('close');
    expect(door.from('192.0.2.1').destroyed).toBe(false);
    expect(busy.map(({ socket }) => socket.destroyed)).toEqual([false, false, true, false]);
    door.end();
  });

  it('count as one where one subscriber chooses the address, and say nothing about others', () => {
    const door = new Arrivals();
    const own = times(6, (n) => door.from(`2001:db8:0:1::${n}`));
    const other = times(4, () => door.from('2001:db8:0:2::1'));
    expect([openOf(own), openOf(other)]).toEqual([4, 4]);
    door.end();
  });
});

describe('all connections together', () => {
  it('are bounded: one of whoever has the most makes room', () => {
    const door = new Arrivals();
    const strangers = times(9, (n) => door.from(`203.0.113.${n % 3}`));
    const person = door.from('192.0.2.1');
    const more = times(2, () => door.from('192.0.2.2'));
    expect([person, ...more].map(({ destroyed }) => destroyed)).toEqual([false, false, false]);
    expect([openOf(strangers), door.connections.count]).toEqual([7, 10]);
    door.end();
  });

  it('of a trusted proxy have no bound of their own, and make room last', () => {
    const door = new Arrivals(['10.0.0.1']);
    const proxied = times(8, () => door.from('10.0.0.1'));
    times(4, (n) => door.from(`203.0.113.${n}`));
    expect([openOf(proxied), door.connections.count]).toEqual([8, 10]);
    expect(openOf(times(3, () => door.from('10.0.0.1')))).toBe(3);
    expect(door.connections.count).toBe(10);
    door.end();
  });

  it('leave nothing behind', () => {
    const door = new Arrivals();
    for (let n = 0; n < 100; n += 1) door.from(`192.0.2.${n}`).destroy();
    expect(door.connections.count).toBe(0);
    expect((door.connections as unknown as { networks: Map<string, unknown> }).networks.size).toBe(0);
    door.end();
  });
});

describe('an answer that goes on', () => {
  /** Of a client that reads as it is told to. */
  const givenAnswer = () => {
    const socket = Object.assign(new EventEmitter(), {
      bytesWritten: 0,
      reset: false,
      resetAndDestroy: () => undefined,
    });
    socket.resetAndDestroy = () => void (socket.reset = true);
    const response = Object.assign(new EventEmitter(), { writableEnded: false, writableNeedDrain: true });
    const connection = new Connection(socket as never, '', () => undefined, { count: 0, most: 10 });
    connection.take({ socket } as never, response as never);
    return { socket, response, looksAt: (now: number) => connection.closeIfStalled(now, 1000) };
  };

  it('is given up when nothing of it is taken for twice the time of a complete one', () => {
    const { socket, looksAt } = givenAnswer();
    expect([0, 1000, 1999].map(looksAt)).toEqual([false, false, false]);
    expect(looksAt(2000)).toBe(true);
    expect(socket.reset).toBe(true);
  });

  it('goes on as long as some of it is taken now and then, or its server has nothing to say', () => {
    const { socket, response, looksAt } = givenAnswer();
    for (let now = 0; now <= 10_000; now += 1500) {
      socket.bytesWritten += 1;
      expect(looksAt(now)).toBe(false);
    }
    response.writableNeedDrain = false;
    expect([20_000, 30_000].map(looksAt)).toEqual([false, false]);
    response.writableNeedDrain = true;
    expect([31_000, 32_000].map(looksAt)).toEqual([false, false]);
    response.writableEnded = true;
    expect([33_500, 34_400, 34_500].map(looksAt)).toEqual([false, false, true]);
  });
});

describe('five hundred idle connections of one stranger', () => {
  const platform = givenPlatform({ connections: { connections: 60, connectionsPerNetwork: 40 } });

  it.each<[string, string]>([
    ['that say nothing', ''],
    ['that never finish their headers', 'GET /health/live HTTP/1.1\r\nHost: localhost\r\nX-Slow: '],
    ['that were answered and stay', 'GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n'],
  ])('%s hold no more than their share, and others are served', async (_, text) => {
    const { connections } = platform.application.nest.getHttpAdapter() as PlatformAdapter;
    const held: Ends[] = [];
    for (let n = 0; n < 500; n += 1) {
      const ends = await openEnds(platform);
      if (text !== '') ends.client.write(text);
      held.push(ends);
      expect(connections.count).toBeLessThanOrEqual(40);
    }
    expect((await send(`${platform.url}/health/live`)).status).toBe(200);
    const last = held.at(-1);
    if (text === '' && last) {
      last.client.write(getRequest(`${platform.url}/health/live`));
      expect(await readAnswers(last, 1)).toContain('"ok"');
    }
    const closed = held.filter(({ server }) => !server.destroyed).map(({ server }) => closing(server));
    for (const { client } of held) client.destroy();
    await Promise.all(closed);
    expect(connections.count).toBe(0);
  });

  it.each<[string, string, RegExp]>([
    ['CONNECT', 'CONNECT example.com:443 HTTP/1.1\r\nHost: example.com:443\r\n\r\n', /^HTTP\/1\.1 405 .*Allow: /s],
    ['the preface of HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', /^HTTP\/1\.1 400 /],
    ['a TLS handshake', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', /^HTTP\/1\.1 400 /],
    ['a greeting of another protocol', 'SSH-2.0-OpenSSH_9.7\r\n', /^HTTP\/1\.1 400 /],
    [
      'a wish for HTTP/2, which is not met',
      getUpgrade('h2c', 'HTTP2-Settings: AAMAAABkAAQAAP__'),
      /^HTTP\/1\.1 200 .*"ok"/s,
    ],
    ['a wish for a WebSocket, which is not met', getUpgrade('websocket', 'Sec-WebSocket-Key: x'), /^HTTP\/1\.1 200 /],
  ])('%s is answered and closed', async (_, text, answer) => {
    expect((await sendRaw(platform.config.listen.port, text)).text).toMatch(answer);
    expect((await send(`${platform.url}/health/live`)).status).toBe(200);
  });

  it('CONNECT behind another request never comes before its answer', async () => {
    const text = `${getRequest(`${platform.url}/health/live`)}CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n`;
    expect((await sendRaw(platform.config.listen.port, text)).statuses).not.toContain(405);
  });

  it.each([
    ['a megabyte and more', 1_048_577, [413]],
    ['what a form may be', 5, [100]],
  ])('Expect: 100-continue for %s', async (_, length, statuses) => {
    const ends = await openEnds(platform);
    const first = new Promise<string>((resolve) => ends.client.once('data', (data) => resolve(data.toString())));
    const headers = [`Content-Length: ${length}`, 'Expect: 100-continue'];
    ends.client.write(getRequest(`${platform.url}/t/system/token`, ...headers).replace('GET', 'POST'));
    ends.client.resume();
    expect(Number((await first).split(' ')[1])).toBe(statuses[0]);
    ends.client.destroy();
  });
});

function getUpgrade(protocol: string, header: string): string {
  const headers = [`Upgrade: ${protocol}`, 'Connection: Upgrade, close', header];
  return ['GET /health/live HTTP/1.1', 'Host: localhost', ...headers, '', ''].join('\r\n');
}
