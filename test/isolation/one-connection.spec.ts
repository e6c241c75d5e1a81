import { Agent, request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type HttpAnswer, readAnswer } from '../support/http.js';
import { World } from './world.js';

/** Of twelve requests each. */
const ROUNDS = 834;
const PATHS = ['/.well-known/openid-configuration', '/jwks', '/sign-in'];

let world: World;
let agent: Agent;
beforeAll(async () => {
  world = await World.create();
  agent = new Agent({ keepAlive: true, maxSockets: 1 });
});
afterAll(async () => {
  agent.destroy();
  await world.platform.stop();
});

function get(url: string): Promise<HttpAnswer> {
  const { host, port, pathname, search } = new URL(url);
  return new Promise((resolve, reject) => {
    const headers = { host, accept: 'text/html' };
    const sent = httpRequest({ agent, host: '127.0.0.1', port, path: pathname + search, headers });
    sent.once('error', reject);
    sent.once('response', (response) => void readAnswer(response).then(resolve, reject));
    sent.end();
  });
}

/** An answer without what is new in every one. */
function essence({ status, headers, text }: HttpAnswer): string {
  const said = text
    .replace(/nonce="[^"]*"/g, '')
    .replace(/value="[\w.-]{43,87}"/g, '')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, '');
  const cookies = headers['set-cookie']?.map((cookie) => cookie.replace(/=[\w-]{43};/, '=;'));
  return JSON.stringify([status, cookies, said]);
}

describe('ten thousand requests of two tenants in turn, on one connection', () => {
  it('are each answered as by their own tenant', async () => {
    const { acme, globex } = world;
    const urls = PATHS.flatMap((path) =>
      [acme.issuer, globex.issuer, acme.hostIssuer, globex.hostIssuer].map((issuer) => issuer + path),
    );
    const own = new Map<string, string>();
    for (const url of urls) own.set(url, essence(await get(url)));
    // The keys are the same at both addresses of a tenant; nothing else is.
    expect(new Set(own.values()).size).toBe(10);

    const crossed: string[] = [];
    let count = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const answers = await Promise.all(urls.map(async (url) => [url, essence(await get(url))] as const));
      for (const [url, answer] of answers) if (answer !== own.get(url)) crossed.push(url);
      count += answers.length;
    }
    expect([count, crossed]).toEqual([ROUNDS * urls.length, []]);
  }, 120_000);
});
