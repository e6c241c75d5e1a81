import { describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { Agent, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { type HttpAnswer, readAnswer } from '../support/http.js';
import { untilRefused } from '../support/process.js';
import { startProduction } from '../support/production.js';

describe('A stop by SIGTERM in production', () => {
  it('does not wait for connections that clients keep open, idle or never used', async () => {
    const platform = await startProduction(1);
    const [first] = platform.processes;
    const [port = 0] = platform.ports;
    const agent = new Agent({ keepAlive: true });
    const idle = await ask(agent, port);
    expect((await idle.finish()).headers.connection).toBe('keep-alive');

    // As browsers open some in advance.
    const unused = connect(port, '127.0.0.1').resume();
    await once(unused, 'connect');
    const closed = once(unused, 'close');

    const underWay = await ask(agent, port);
    const stopped = first?.stop();
    await untilRefused(port);
    expect((await underWay.finish()).status).toBe(401);
    expect(await stopped).toEqual({ code: 0, signal: null });
    await closed;
    // It says so when it ends because the time for it is over.
    expect(first?.errors).not.toContain('given up');
    agent.destroy();
    await platform.database.drop();
  });
});

/** A token request of which all but the last byte is sent, on a connection that stays. */
async function ask(agent: Agent, port: number): Promise<{ finish: () => Promise<HttpAnswer> }> {
  const request = httpRequest({
    agent,
    port,
    host: '127.0.0.1',
    path: '/t/system/token',
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': '3' },
  });
  const answer = new Promise<HttpAnswer>((resolve, reject) => {
    request.once('error', reject);
    request.once('response', (response) => void readAnswer(response).then(resolve, reject));
  });
  await new Promise<void>((resolve) => request.write('a=', () => resolve()));
  return {
    finish: () => {
      request.end('b');
      return answer;
    },
  };
}
