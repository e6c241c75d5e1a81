import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { PlatformAdapter } from '../../src/http/platform-adapter.js';
import { TenantResolver } from '../../src/tenants/tenant-resolver.js';
import { basic, send } from '../support/http.js';
import { closing, getRequest, openEnds, readAnswers } from '../support/pipeline.js';
import { type Platform, startPlatform } from '../support/platform.js';
import { type TenantFixture, createTenant } from '../support/tenant-fixture.js';

const METADATA = '/.well-known/openid-configuration';
/** One read of Node.js takes as many bytes at most; it is parsed as a whole. */
const ONE_READ = 65_536;
let fast: Platform;
/** The same platform with every request through Express. */
let slow: Platform;
let acme: TenantFixture;
let globex: TenantFixture;

beforeAll(async () => {
  fast = await startPlatform();
  slow = await startPlatform({ beside: fast, fastLane: false });
  [acme, globex] = [await createTenant(fast, 'acme'), await createTenant(fast, 'globex')];
});
afterAll(async () => {
  await slow.stop();
  await fast.stop();
});

const connectionsOf = ({ application }: Platform) => (application.nest.getHttpAdapter() as PlatformAdapter).connections;
const at = (platform: Platform, url: string) => url.replace(/:\d+/, `:${platform.config.listen.port}`);

/** Keeps requests for this tenant waiting until it is released, and tells how many were begun. */
function hold(platform: Platform, slug: string) {
  const resolver = platform.application.nest.get(TenantResolver);
  const find = resolver.find.bind(resolver);
  let begun = 0;
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  let tell: () => void = () => undefined;
  const first = new Promise<void>((resolve) => (tell = resolve));
  const spy = jest.spyOn(resolver, 'find').mockImplementation(async (address) => {
    if (address.slug === slug) {
      begun += 1;
      tell();
      await held;
    }
    return find(address);
  });
  return {
    first,
    begun: () => begun,
    release: () => {
      spy.mockRestore();
      release();
    },
  };
}

describe.each([
  ['the fast lane', () => fast],
  ['Express', () => slow],
])('RFC 9112 §9.3.2: pipelined requests, on %s', (_, lane) => {
  it.each(['/jwks', METADATA, '/sign-in', '/authorize?client_id=web'])(
    'are begun one at a time, and no more of them is read meanwhile: %s',
    async (path) => {
      const platform = lane();
      const ends = await openEnds(platform);
      const held = hold(platform, 'globex');
      const request = getRequest(at(platform, `${globex.issuer}${path}`), 'Accept: application/json');
      ends.client.write(request.repeat(20_000));
      await held.first;
      // Others are served meanwhile, and the event loop turns often enough to read everything.
      for (let n = 0; n < 50; n += 1) expect((await send(at(platform, `${acme.issuer}/jwks`))).status).toBe(200);
      expect(held.begun()).toBe(1);
      expect(ends.server.isPaused()).toBe(true);
      expect(ends.server.bytesRead).toBeLessThanOrEqual(2 * ONE_READ);
      const closed = closing(ends.server);
      ends.client.destroy();
      held.release();
      await closed;
      expect(connectionsOf(platform).waitingCount).toBe(0);
    },
  );

  it('are all answered, in their order', async () => {
    const platform = lane();
    const ends = await openEnds(platform);
    const pair = [acme, globex].map(({ issuer }) => getRequest(`${issuer}${METADATA}`)).join('');
    ends.client.write(pair.repeat(1000));
    const text = await readAnswers(ends, 2000);
    const issuers = [...text.matchAll(/"issuer":"([^"]*)"/g)].map(([, issuer]) => issuer);
    expect(issuers.slice(0, 1999)).toEqual(Array.from({ length: 1999 }, (__, n) => (n % 2 ? globex : acme).issuer));
    ends.client.destroy();
  });

  it('with bodies are answered as well, also when a body comes late', async () => {
    const platform = lane();
    const ends = await openEnds(platform);
    const form = 'grant_type=client_credentials&scope=orders:read';
    const head = [
      'POST /t/acme/token HTTP/1.1',
      `Host: localhost`,
      `Authorization: ${basic('machine', acme.secrets.machine)}`,
      'Content-Type: application/x-www-form-urlencoded',
      `Content-Length: ${form.length}`,
      '',
      '',
    ].join('\r\n');
    const get = getRequest(`${acme.issuer}/jwks`);
    ends.client.write((get + head + form).repeat(3) + get + head + form.slice(0, 10));
    const answers = readAnswers(ends, 8);
    await send(at(platform, `${acme.issuer}/jwks`));
    ends.client.write(form.slice(10));
    expect([...(await answers).matchAll(/"(keys|access_token)":/g)].map(([, name]) => name)).toEqual(
      Array.from({ length: 8 }, (__, n) => (n % 2 ? 'access_token' : 'keys')),
    );
    ends.client.destroy();
  });

  it('whose answers are not read are begun no further, and keep no more than one answer', async () => {
    const platform = lane();
    const ends = await openEnds(platform);
    const description = getRequest(`${platform.url}/api/v1/openapi.json`);
    ends.client.write(description.repeat(1000));
    const { text } = await send(at(platform, `${platform.url}/api/v1/openapi.json`));
    // Until the kernel takes no more: then something stays here, and it is one answer.
    while (ends.server.writableLength === 0) await send(at(platform, `${acme.issuer}/jwks`));
    for (let n = 0; n < 20; n += 1) await send(at(platform, `${acme.issuer}/jwks`));
    expect(ends.server.writableLength).toBeLessThan(text.length + 2000);
    ends.client.destroy();
  });
});

describe('many connections that pipeline', () => {
  let small: Platform;
  beforeAll(async () => {
    small = await startPlatform({ beside: fast, connections: { waitingRequests: 300 } });
  });
  afterAll(() => small.stop());

  it('have a bound together: whoever holds the most beyond it is closed, and a few requests never are', async () => {
    const held = hold(small, 'globex');
    const modest = await openEnds(small);
    const request = getRequest(at(small, `${globex.issuer}/jwks`));
    modest.client.write(request.repeat(10));
    const greedy = [];
    for (let n = 0; n < 4; n += 1) greedy.push(await openEnds(small));
    const closed = greedy.map(({ server }) => closing(server));
    for (const { client } of greedy) client.write(request.repeat(400));
    await Promise.all(closed);
    expect(connectionsOf(small).waitingCount).toBeLessThanOrEqual(300);
    held.release();
    expect((await readAnswers(modest, 10)).split('"keys"')).toHaveLength(11);
    modest.client.destroy();
  });
});

describe('a client that does not read its answer', () => {
  let impatient: Platform;
  beforeAll(async () => {
    impatient = await startPlatform({ beside: fast, connections: { answerTimeoutMs: 100 } });
  });
  afterAll(() => impatient.stop());

  it('is given some time, and then closed', async () => {
    const ends = await openEnds(impatient);
    const closed = closing(ends.server);
    ends.client.write(getRequest(`${impatient.url}/api/v1/openapi.json`).repeat(1000));
    await closed;
    expect(connectionsOf(impatient).closed.stalled).toBe(1);
    expect((await send(at(impatient, `${acme.issuer}/jwks`))).status).toBe(200);
    ends.client.destroy();
  });
});
