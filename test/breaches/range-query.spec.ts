import { afterEach, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { isInRange } from '../../src/breaches/range-query.js';
import { type RangeServer, startRangeServer } from '../support/range-server.js';

const hash = createHash('sha1').update('hunter2').digest();
const digits = hash.toString('hex').toUpperCase();
let server: RangeServer | undefined;

afterEach(async () => {
  await server?.stop();
  server = undefined;
});

async function ask(answer: Parameters<typeof startRangeServer>[0]): Promise<boolean> {
  server = await startRangeServer(answer);
  return isInRange(server.url, hash);
}

const others = `${'0'.repeat(34)}1:3\r\n${'F'.repeat(35)}:12`;

describe('a range query', () => {
  it('sends five digits of the hash and asks for padding', async () => {
    const seen: [string | undefined, IncomingHttpHeaders][] = [];
    const found = await ask((request, response) => {
      seen.push([request.url, request.headers]);
      response.end(`${others}\r\n${digits.slice(5)}:42\r\n`);
    });
    expect(found).toBe(true);
    expect(seen).toEqual([[`/range/${digits.slice(0, 5)}`, expect.objectContaining({ 'add-padding': 'true' })]]);
  });

  it('takes neither others nor padding for a hit', async () => {
    expect(await ask((_, response) => void response.end(`${others}\r\n${digits.slice(5)}:0`))).toBe(false);
  });

  it.each<[string, Parameters<typeof startRangeServer>[0], RegExp]>([
    ['an error', (_, response) => void response.writeHead(503).end(others), /answered with 503/],
    ['a page', (_, response) => void response.end('<!doctype html><p>Sign in'), /not a list/],
    ['nothing', (_, response) => void response.end(), /not a list/],
    [
      'a redirect',
      (_, response) => void response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
      /fetch failed/,
    ],
    ['a closed connection', (request) => void request.socket.destroy(), /fetch failed/],
    [
      'half an answer',
      (_, response) => (response.write(others), setImmediate(() => response.destroy())),
      /terminated|fetch failed/,
    ],
    [
      'an answer without an end',
      (_, response) => {
        const more = () => void (response.destroyed || response.write(`${others}\r\n`.repeat(2000), more));
        more();
      },
      /too long/,
    ],
  ])('fails for %s', async (_, answer, message) => {
    await expect(ask(answer)).rejects.toThrow(message);
  });

  it('does not wait for ever', async () => {
    server = await startRangeServer(() => undefined);
    await expect(isInRange(server.url, hash, 50)).rejects.toThrow(/timeout/i);
  });
});
