import { beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { listEvents } from '../support/audit.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { send } from '../support/http.js';
import { startPlatform } from '../support/platform.js';
import { race } from '../support/race.js';
import { TestConsole, givenAdmin } from './console-fixture.js';

const consoleFolder = mkdtempSync(join(tmpdir(), 'console-'));
const platform = givenPlatform({ consoleFolder });
const acme = givenTenant(platform, 'acme');

let ada: string;
let count = 0;
beforeAll(async () => {
  ada = await givenAdmin(platform, 'acme', 'ada');
});

async function signedIn(username = 'ada'): Promise<TestConsole> {
  const console = new TestConsole(`${acme.issuer}/console`);
  await console.signIn(username);
  return console;
}

/** Somebody of acme for one test alone. */
async function newAdmin(member?: object): Promise<{ id: string; console: TestConsole }> {
  const username = `admin-${++count}`;
  const id = await givenAdmin(platform, 'acme', username, member);
  return { id, console: await signedIn(username) };
}

const digestOf = (console: TestConsole) => createHash('sha256').update(console.browser.cookie('-console')).digest();
const rowsOf = (console: TestConsole) =>
  platform.database.query<{ tokens: Buffer }>('SELECT * FROM console_sessions WHERE digest = $1', [digestOf(console)]);
/** As if its access token had ended. */
const age = (console: TestConsole) =>
  platform.database.query('UPDATE console_sessions SET access_expires_at = now() WHERE digest = $1', [
    digestOf(console),
  ]);

describe('The management API behind the console', () => {
  it('answers with its own status, headers and body, and takes every header that it knows', async () => {
    const console = await signedIn();
    const key = { 'idempotency-key': 'console-1' };
    const body = { username: 'zoe', email: 'zoe@acme.test' };
    const made = await console.api('POST', '/tenants/acme/users', body, key);
    expect([made.status, made.headers['content-type']]).toEqual([201, expect.stringContaining('application/json')]);
    const { id } = made.json<{ id: string }>();
    expect(made.headers.location).toBe(`/api/v1/tenants/acme/users/${id}`);
    const again = await console.api('POST', '/tenants/acme/users', body, key);
    expect([again.status, again.headers['idempotent-replayed']]).toEqual([201, 'true']);
    const read = await console.api('GET', `/tenants/acme/users/${id}`);
    const etag = read.headers.etag ?? '';
    expect(etag).not.toBe('');
    const path = `/tenants/acme/users/${id}`;
    expect((await console.api('PATCH', path, { name: 'Zoe' }, { 'if-match': etag })).status).toBe(200);
    const stale = await console.api('PATCH', path, { name: 'Zoë' }, { 'if-match': etag });
    expect([stale.status, stale.headers['content-type']]).toEqual([412, 'application/problem+json; charset=utf-8']);
    expect((await console.api('PATCH', path, { nonsense: 1 }, { 'if-match': '*' })).status).toBe(400);
    expect((await console.api('DELETE', path)).status).toBe(204);
    expect((await console.api('HEAD', '/tenants/acme')).status).toBe(200);
    expect((await console.api('GET', '/nothing')).status).toBe(404);
    expect((await console.api('GET', '/tenants/acme/../../../account')).status).toBe(404);
  });

  it('is used by the person, as the log says, with tokens of the console', async () => {
    const console = await signedIn();
    const renamed = { display_name: 'Acme & Co' };
    expect((await console.api('PATCH', '/tenants/acme', renamed, { 'if-match': '*' })).status).toBe(200);
    const [event] = (await listEvents(platform.operator, 'acme', 'tenant.updated')).slice(-1);
    expect(event).toMatchObject({ actor: `user:${ada}@acme` });
    const tokens = await listEvents(platform.operator, 'acme', 'token.issued');
    expect(tokens).toContainEqual(expect.objectContaining({ client_id: 'tenantry-console', user_id: ada }));
    const [made] = await listEvents(platform.operator, 'acme', 'client.created').then((all) =>
      all.filter(({ target }) => target === 'client:tenantry-console'),
    );
    expect(made).toMatchObject({ outcome: 'success' });
  });

  it('never sees a token, cookie or origin that the page was sent with', async () => {
    const console = await signedIn();
    const headers = { authorization: `Bearer ${platform.operator.token}`, origin: 'https://evil.test' };
    expect((await console.api('GET', '/tenants/acme', undefined, headers)).status).toBe(200);
    const other = await console.api('GET', '/tenants/system', undefined, headers);
    expect([other.status, other.headers['access-control-allow-origin']]).toEqual([404, undefined]);
    const stranger = new TestConsole(console.address);
    expect((await stranger.api('GET', '/tenants/acme', undefined, headers)).json()).toMatchObject({
      type: 'urn:tenantry:problem:signed-out',
      status: 401,
      request_id: expect.any(String),
    });
  });

  it('refuses bodies that are too large or no JSON, and lives on', async () => {
    const console = await signedIn();
    const large = { username: 'x'.repeat(300_000) };
    expect((await console.api('POST', '/tenants/acme/users', large)).status).toBe(413);
    const form = await console.api('POST', '/tenants/acme/users', {}, { 'content-type': 'text/plain' });
    expect(form.status).toBe(415);
    expect((await console.session()).status).toBe(200);
  });

  it('streams events as they happen', async () => {
    const console = await signedIn();
    const url = new URL(`${console.address}/api/v1/tenants/acme/audit-events/stream`);
    const text = await new Promise<string>((resolve, reject) => {
      const headers = { cookie: console.browser.cookieHeader(url.href), 'tenantry-console': '1', host: url.host };
      const request = httpRequest({ host: '127.0.0.1', port: url.port, path: url.pathname, headers, agent: false });
      request.on('error', reject);
      request.on('response', (response) => {
        let received = String(response.headers['content-type']);
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          received += chunk;
          if (!received.includes('group.created')) return;
          request.destroy();
          resolve(received);
        });
        response.on('error', () => undefined);
        response.on('end', () => resolve(received));
        platform.operator.create('/tenants/acme/groups', { name: 'streamed' }).catch(reject);
      });
      request.end();
    });
    expect(text).toMatch(/^text\/event-stream/);
    expect(text).toContain('group.created');
  });
});

describe('Pages of others', () => {
  it.each([
    ['without the header', { 'tenantry-console': '' }],
    ['with another value of it', { 'tenantry-console': 'true' }],
    ['from another site', { 'sec-fetch-site': 'cross-site' }],
    ['from another host of this site', { 'sec-fetch-site': 'same-site' }],
    ['typed into the address bar', { 'sec-fetch-site': 'none' }],
  ])('reach nothing %s', async (_, headers) => {
    const console = await signedIn();
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
      const answer = await console.api(method, '/tenants/acme', method === 'GET' ? undefined : {}, headers);
      expect([answer.status, answer.json()]).toMatchObject([403, { type: 'urn:tenantry:problem:foreign-request' }]);
    }
    const out = await console.browser.request('POST', `${console.address}/sign-out`, undefined, headers);
    expect(out.status).toBe(403);
    expect((await console.session()).status).toBe(200);
  });

  it('get no leave to send the header', async () => {
    for (const path of ['/api/v1/tenants', '/sign-out', '/session']) {
      const { headers } = await send(`${acme.issuer}/console${path}`, {
        method: 'OPTIONS',
        headers: {
          origin: 'https://evil.test',
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'tenantry-console',
        },
      });
      expect(headers['access-control-allow-origin']).toBeUndefined();
      expect(headers['access-control-allow-headers']).toBeUndefined();
    }
  });
});

describe('A session of the console', () => {
  it('renews its tokens once, however many requests come at the same time and to whichever process', async () => {
    const { console } = await newAdmin();
    const other = await startPlatform({ beside: platform, config: { workers: 1 } });
    try {
      await age(console);
      const url = `${console.address}/api/v1/tenants/acme`;
      const headers = { cookie: console.browser.cookieHeader(url), 'tenantry-console': '1' };
      const ports = [platform.config.listen.port, other.config.listen.port];
      const before = (await listEvents(platform.operator, 'acme', 'token.issued')).length;
      const answers = await race(
        ports,
        Array.from({ length: 10 }, () => ({ url, headers })),
      );
      expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
      expect((await listEvents(platform.operator, 'acme', 'token.issued')).length - before).toBe(1);
      await age(console);
      expect((await console.session()).status).toBe(200);
    } finally {
      await other.stop();
    }
  });

  it('renews its tokens with one connection to the database, and holds up nobody', async () => {
    const { console } = await newAdmin();
    const single = await startPlatform({ beside: platform, config: { databasePoolSize: 1 } });
    try {
      await age(console);
      const url = `${console.address}/api/v1/tenants/acme`;
      const headers = { cookie: console.browser.cookieHeader(url), 'tenantry-console': '1' };
      const answers = await race([single.config.listen.port], [{ url, headers }]);
      expect(answers.map(({ status }) => status)).toEqual([200]);
    } finally {
      await single.stop();
    }
  });

  it('renews its tokens after a process that ended while it did', async () => {
    const { console } = await newAdmin();
    await age(console);
    await platform.database.query(
      `UPDATE console_sessions SET renewing_until = now() + interval '300 milliseconds' WHERE digest = $1`,
      [digestOf(console)],
    );
    expect((await console.session()).status).toBe(200);
    const [row] = await rowsOf(console);
    expect(row).toMatchObject({ renewing_until: null });
  });

  it('ends with the sign-in, when an administrator ends it', async () => {
    const { id, console } = await newAdmin();
    await platform.operator.request('DELETE', `/tenants/acme/users/${id}/sessions`);
    expect((await console.api('GET', '/tenants/acme')).status).toBe(401);
    expect((await console.session()).status).toBe(401);
    expect(await rowsOf(console)).toEqual([]);
  });

  it('ends with the person', async () => {
    const { id, console } = await newAdmin();
    await platform.operator.patch(`/tenants/acme/users/${id}`, { enabled: false });
    expect((await console.session()).status).toBe(401);
    expect(await rowsOf(console)).toEqual([]);
    await platform.operator.patch(`/tenants/acme/users/${id}`, { enabled: true });
    expect((await console.session()).status).toBe(401);
    const deleted = await newAdmin();
    await platform.operator.request('DELETE', `/tenants/acme/users/${deleted.id}`);
    expect(await rowsOf(deleted.console)).toEqual([]);
    expect((await deleted.console.session()).status).toBe(401);
  });

  it('ends when its tokens cannot be renewed', async () => {
    const { id, console } = await newAdmin();
    await age(console);
    await platform.operator.request('DELETE', `/tenants/acme/users/${id}/sessions`);
    expect((await console.api('GET', '/tenants/acme')).json()).toMatchObject({
      type: 'urn:tenantry:problem:signed-out',
    });
    expect(await rowsOf(console)).toEqual([]);
  });

  it('ends when nobody used it for an hour, and after twelve in any case', async () => {
    const { console } = await newAdmin();
    const set = (change: string) =>
      platform.database.query(`UPDATE console_sessions SET ${change} WHERE digest = $1`, [digestOf(console)]);
    const left = async () => {
      const [row] = await platform.database.query<{ minutes: number }>(
        `SELECT round(extract(epoch FROM expires_at - now()) / 60)::int AS minutes FROM console_sessions WHERE digest = $1`,
        [digestOf(console)],
      );
      return row?.minutes;
    };
    await set(`last_used_at = now() - interval '50 minutes', expires_at = now() + interval '10 minutes'`);
    expect((await console.session()).status).toBe(200);
    expect(await left()).toBe(60);
    await set(`last_used_at = now() - interval '5 minutes', created_at = now() - interval '705 minutes'`);
    expect((await console.session()).status).toBe(200);
    expect(await left()).toBe(15);
    await set(`expires_at = now()`);
    expect((await console.session()).status).toBe(401);
  });

  it('loses at once what the person may not do any more', async () => {
    const { id, console } = await newAdmin();
    expect((await console.api('GET', '/tenants/acme/clients')).status).toBe(200);
    await platform.operator.request('PUT', `/tenants/acme/users/${id}/roles/auditor`);
    await platform.operator.patch(`/tenants/acme/users/${id}`, { tenant_admin: false });
    const refused = await console.api('POST', '/tenants/acme/clients', {});
    expect([refused.status, refused.json()]).toMatchObject([403, { type: 'urn:tenantry:problem:permission-denied' }]);
    const { permissions } = (await console.session()).json<{ permissions: string[] }>();
    expect(permissions).toContain('users:read');
    expect(permissions).not.toContain('clients:write');
  });

  it('is not found at a tenant that is suspended', async () => {
    const { slug, issuer } = await platform.operator.create<{ slug: string; issuer: string }>('/tenants', {
      slug: 'paused',
      display_name: 'Paused',
    });
    await givenAdmin(platform, slug, 'pat');
    const console = new TestConsole(`${issuer}/console`);
    await console.signIn('pat');
    expect((await console.session()).status).toBe(200);
    await platform.operator.patch('/tenants/paused', { status: 'suspended' });
    expect((await console.session()).status).toBe(404);
    expect((await console.api('GET', '/tenants/paused')).status).toBe(404);
    expect((await console.browser.request('GET', console.address)).status).toBe(404);
  });

  it('takes the place of the one before in its browser', async () => {
    const console = await signedIn();
    const before = digestOf(console);
    await console.begin();
    expect(digestOf(console)).not.toEqual(before);
    expect(await platform.database.query('SELECT FROM console_sessions WHERE digest = $1', [before])).toEqual([]);
    expect((await console.session()).status).toBe(200);
  });

  it('ends by signing out, with its tokens, and leads to the sign-out of the tenant and back', async () => {
    const { console } = await newAdmin();
    const held = console.browser.fork();
    const { location } = (await console.signOut()).json<{ location: string }>();
    expect(location).not.toMatch(/token|eyJ/);
    expect((await console.session()).status).toBe(401);
    expect((await new TestConsole(console.address, held).session()).status).toBe(401);
    const asked = await console.browser.open(location);
    const left = await console.browser.submit(asked, '/end-session/confirm');
    expect(left.url).toBe(`${console.address}/`);
    expect((await listEvents(platform.operator, 'acme', 'token.revoked')).length).toBeGreaterThan(0);
    expect((await console.signOut()).status).toBe(200);
  });
});

describe('The page of the console', () => {
  it('says that the console is being built, until it is', async () => {
    rmSync(consoleFolder, { recursive: true, force: true });
    const page = await send(`${acme.issuer}/console`);
    expect([page.status, page.headers['retry-after']]).toEqual([503, '10']);
    expect(page.text).toContain('The console is being built');
  });

  it('is the same at every address below, with its base and a nonce, and may load nothing from elsewhere', async () => {
    mkdirSync(join(consoleFolder, 'assets'), { recursive: true });
    writeFileSync(join(consoleFolder, 'index.html'), '<!doctype html><html><head><title>C</title></head></html>');
    const pages = [
      [`${acme.issuer}/console`, '/t/acme/console/'],
      [`${acme.issuer}/console/`, '/t/acme/console/'],
      [`${acme.hostIssuer}/console/users/a%2Fb?x=1`, '/console/'],
      [`${platform.url}/console/tenants/acme`, '/console/'],
    ] as const;
    for (const [url, base] of pages) {
      const { status, headers, text } = await send(url);
      const [, nonce = ''] = /<meta name="csp-nonce" content="([\w-]{24})">/.exec(text) ?? [];
      expect([status, text]).toEqual([200, expect.stringContaining(`<head><base href="${base}">`)]);
      expect(headers['content-security-policy']).toBe(
        [
          "default-src 'none'",
          "script-src 'self'",
          `style-src 'self' 'nonce-${nonce}'`,
          "connect-src 'self'",
          "img-src 'self' data: blob:",
          "font-src 'self'",
          "frame-src 'self'",
          "frame-ancestors 'none'",
          "base-uri 'self'",
          "form-action 'self'",
        ].join('; '),
      );
      expect([headers['cache-control'], headers['x-frame-options']]).toEqual(['no-store', 'DENY']);
      expect(nonce).not.toBe('');
    }
    const nonces = await Promise.all([1, 2].map(async () => (await send(`${acme.issuer}/console`)).text));
    expect(nonces[0]).not.toBe(nonces[1]);
    expect((await send(`${platform.url}/t/nobody/console`)).status).toBe(404);
  });

  it('loads the files of the build, compressed as they lie there, for a year', async () => {
    writeFileSync(join(consoleFolder, 'assets', 'app-1a2b.js'), 'plain');
    writeFileSync(join(consoleFolder, 'assets', 'app-1a2b.js.br'), 'brotli');
    writeFileSync(join(consoleFolder, 'assets', 'app-1a2b.js.gz'), 'gzipped');
    const get = (encoding: string | undefined) =>
      send(`${acme.issuer}/console/assets/app-1a2b.js`, { headers: { 'accept-encoding': encoding } });
    const contents = await Promise.all(
      ['gzip, deflate, br', 'gzip', 'br;q=0, gzip;q=0.5', undefined, 'identity'].map(async (encoding) => {
        const { headers, text } = await get(encoding);
        return [text, headers['content-encoding']];
      }),
    );
    expect(contents).toEqual([
      ['brotli', 'br'],
      ['gzipped', 'gzip'],
      ['gzipped', 'gzip'],
      ['plain', undefined],
      ['plain', undefined],
    ]);
    const { headers } = await get('br');
    expect(headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'content-type': 'text/javascript; charset=utf-8',
      'x-content-type-options': 'nosniff',
      vary: 'Accept-Encoding',
    });
  });

  it.each([
    'nothing.js',
    '',
    '.',
    '../index.html',
    '..%2findex.html',
    '%2e%2e/index.html',
    '..%5cindex.html',
    '/etc/passwd',
    'app-1a2b.js/',
    'app-1a2b.js%00.css',
    '.hidden.js',
    'app-1a2b',
  ])('has no file %j', async (name) => {
    const { status, text } = await send(`${acme.issuer}/console/assets/${name}`);
    expect([status, text]).not.toEqual([200, 'plain']);
    if (status === 200) expect(text).toContain('<title>C</title>');
  });

  it('may show previews of the pages of its tenant in a frame, and nothing else may', async () => {
    const console = await signedIn();
    const made = await console.api('POST', '/tenants/acme/branding/previews', {});
    const { url } = made.json<{ url: string }>();
    for (const more of ['', '&page=sign-in', '&mail=verify-address']) {
      const { status, headers } = await send(url + more);
      if (status === 404) continue; // the names of samples are told elsewhere
      expect(headers['content-security-policy']).toContain("frame-ancestors 'self'");
      expect(headers['x-frame-options']).toBe('SAMEORIGIN');
    }
    const unknown = await send(url.replace(/token=.*/, `token=${'a'.repeat(43)}`));
    expect([unknown.status, unknown.headers['x-frame-options']]).toEqual([404, 'DENY']);
    const signIn = await send(`${acme.issuer}/sign-in`);
    expect(signIn.headers['content-security-policy']).toContain("frame-ancestors 'none'");
  });
});
