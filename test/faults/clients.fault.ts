import { describe, it } from '@jest/globals';
import { Crowd } from './crowd.js';
import { play } from './scenario.js';
import { until } from './until.js';

const IDLE = 5000;
const SLOW_WRITERS = 200;
const SLOW_READERS = 40;
const PIPELINED = 4000;
/** Longer than the platform waits for headers, bodies and readers. */
const PATIENCE_MS = 75_000;

describe('Clients', () => {
  it('keep thousands of connections and send nothing', async () => {
    await play(`${IDLE} idle connections`, { measuresOutage: false }, async ({ platform, load, problem }) => {
      const crowd = await Crowd.connect(platform.port, IDLE);
      // Half of them have asked for something before.
      crowd.each(
        (socket, index) => index % 2 === 0 || socket.write(`GET /health/live HTTP/1.1\r\nHost: a.test\r\n\r\n`),
      );
      await load.flow(600);
      if (crowd.connected < IDLE) problem(`only ${crowd.connected} of ${IDLE} connections were taken`);
      crowd.leave();
    });
  });

  it('write and read slowly', async () => {
    const scenario = `${SLOW_WRITERS} slow writers, ${SLOW_READERS} slow readers of ${PIPELINED} answers each`;
    await play(scenario, { measuresOutage: false }, async ({ platform, tenant, load, problem }) => {
      const { host, pathname } = new URL(tenant.issuer);
      const writers = await Crowd.connect(platform.port, SLOW_WRITERS);
      writers.drip(`POST ${pathname}/token HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 999\r\n\r\n${'a'.repeat(999)}`);
      const readers = await Crowd.connect(platform.port, SLOW_READERS);
      const question = `GET /api/v1/openapi.json HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
      readers.each((socket) => {
        socket.pause();
        socket.write(question.repeat(PIPELINED));
      });
      await load.flow(600);
      if (!(await until(() => writers.open === 0, PATIENCE_MS))) problem(`${writers.open} slow writers are let be`);
      if (!(await until(() => readers.open === 0, PATIENCE_MS))) problem(`${readers.open} slow readers are let be`);
      writers.leave();
      readers.leave();
    });
  });
});
