import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestConsole, givenAdmin } from '../console/console-fixture.js';
import { listEvents } from '../support/audit.js';
import { type Page, TestBrowser } from '../support/browser.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { send } from '../support/http.js';
import { race, racingSubmit } from '../support/race.js';
import { LINKS, Stranger, makeLink, reasonOf } from './setup-fixture.js';

const consoleFolder = mkdtempSync(join(tmpdir(), 'console-'));
mkdirSync(join(consoleFolder, 'assets'));
writeFileSync(join(consoleFolder, 'index.html'), '<!doctype html><html><head></head><body>console</body></html>');
const platform = givenPlatform({ consoleFolder });
const acme = givenTenant(platform, 'acme');
const globex = givenTenant(platform, 'globex');

const linkOf = (id: string) => platform.operator.get<Record<string, unknown>>(`${LINKS}/${id}`);
const tokenOf = (url: string) => new URL(url).searchParams.get('token') ?? '';
const digestOf = (stranger: Stranger) =>
  createHash('sha256').update(stranger.browser.cookie('-console-setup')).digest();
/** As if the session had begun, and been used, so long ago. */
const age = (stranger: Stranger, change: string) =>
  platform.database.query(`UPDATE setup_sessions SET ${change} WHERE digest = $1`, [digestOf(stranger)]);

async function begun(body: object = {}): Promise<{ id: string; url: string; stranger: Stranger }> {
  const { id, url } = await makeLink(platform.operator, body);
  const stranger = new Stranger(acme.issuer);
  const page = await stranger.begin(url);
  if (page.status !== 200 || !page.url.endsWith('/console/')) throw new Error(`${page.url} ${page.status}`);
  return { id, url, stranger };
}

describe('The page of a setup link', () => {
  it('changes nothing when it is opened, says who asks for what, and has no token in its address', async () => {
    const { id, url } = await makeLink(platform.operator, { purposes: ['verify_domain'] });
    const before = await linkOf(id);
    const browser = new TestBrowser();
    const first = await browser.request('GET', url);
    expect([first.status, first.headers.location]).toEqual([303, '/t/acme/setup-link']);
    expect(first.headers['cache-control']).toBe('no-store');
    expect(String(first.headers['set-cookie'])).toMatch(/; Path=\/t\/acme\/setup-link; HttpOnly; SameSite=Lax/);
    const page = await browser.open(url);
    expect([page.status, page.url]).toEqual([200, `${acme.issuer}/setup-link`]);
    expect(page.headers['referrer-policy']).toMatch(/no-referrer|same-origin/);
    expect(page.text).toContain('Prove that a domain belongs to you');
    expect(page.text).not.toContain('Choose the logo');
    expect(page.text).not.toContain(tokenOf(url));
    await send(url, { method: 'HEAD' });
    for (let again = 0; again < 3; again++) await new TestBrowser().open(url);
    expect(await linkOf(id)).toEqual(before);
    expect(await platform.database.query('SELECT FROM setup_sessions WHERE link_id = $1', [id])).toEqual([]);
  });

  it('shows names with markup as text', async () => {
    const id = await givenAdmin(platform, 'acme', 'marked');
    await platform.operator
      .patch(`/tenants/acme/users/${id}`, { name: '<b>Eve</b> \u202Eevil' })
      .catch(() => undefined);
    await platform.operator.patch(`/tenants/acme/users/${id}`, { name: '<b>Eve</b>' });
    const console = new TestConsole(`${acme.issuer}/console`);
    await console.signIn('marked');
    const made = await console.api('POST', LINKS, { purposes: ['brand'] });
    const page = await new TestBrowser().open(made.json<{ url: string }>().url);
    expect(page.text).toContain('&lt;b>Eve&lt;/b>');
    expect(page.text).not.toContain('<b>Eve');
  });

  it('is in the language of the person, and can be read in others', async () => {
    const { url } = await makeLink(platform.operator);
    const browser = new TestBrowser();
    await browser.open(url);
    const page = await browser.open(`${acme.issuer}/setup-link`, { 'accept-language': 'de' });
    expect(page.text).toContain('Nachweisen, dass eine Domain Ihnen gehört');
    const french = await browser.open(`${acme.issuer}/language/fr/setup-link`);
    expect([french.url, french.text]).toEqual([`${acme.issuer}/setup-link`, expect.stringContaining('Commencer')]);
  });

  it.each([
    ['no token', ''],
    ['an empty token', '?token='],
    ['a tampered one', `?token=${'A'.repeat(43)}`],
    ['a long one', `?token=${'A'.repeat(4000)}`],
    ['one with control characters', '?token=%00%0d%0aSet-Cookie:%20a=b'],
    ['two', '?token=a&token=b'],
  ])('says so for %s', async (_, query) => {
    const page = await new TestBrowser().open(`${acme.issuer}/setup-link${query}`);
    expect([404, 400]).toContain(page.status);
    expect(page.headers['set-cookie'] ?? '').not.toContain('a=b');
  });

  it('says what became of a link', async () => {
    const open = async (url: string) => {
      const page = await new TestBrowser().open(url);
      return [page.status, reasonOf(page)];
    };
    const revoked = await makeLink(platform.operator);
    await platform.operator.request('DELETE', `${LINKS}/${revoked.id}`);
    expect(await open(revoked.url)).toEqual([410, 'revoked']);
    const expired = await makeLink(platform.operator);
    await platform.database.query('UPDATE setup_links SET expires_at = now() WHERE id = $1', [expired.id]);
    expect(await open(expired.url)).toEqual([410, 'expired']);
    expect(await linkOf(expired.id)).toMatchObject({ status: 'expired', works: false });
    const { url } = await makeLink(platform.operator);
    expect(await open(url.replace('/t/acme/', '/t/globex/'))).toEqual([404, 'unknown']);
    expect((await new TestBrowser().open(url.replace('/t/acme/', '/t/system/'))).status).toBe(404);
    expect((await new TestBrowser().open(url.replace('/t/acme/', '/'))).status).toBe(404);
  });

  it('is no way to begin for another site, another browser or another page', async () => {
    const { id, url } = await makeLink(platform.operator);
    const browser = new TestBrowser();
    const page = await browser.open(url);
    const refused = async (by: TestBrowser, headers: Record<string, string>, fields = {}) =>
      (await by.submit(page, 'setup-form', fields, headers)).status;
    expect(await refused(browser, { 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await refused(browser, { origin: 'https://evil.test', 'sec-fetch-site': 'same-site' })).toBe(403);
    expect(await refused(browser, {}, { csrf: 'x.y' })).toBe(403);
    expect(await refused(new TestBrowser(), {})).toBe(403);
    expect(await linkOf(id)).toMatchObject({ openings: 0 });
    const plain = await browser.request('POST', `${acme.issuer}/setup-link`, `token=${tokenOf(url)}`);
    expect([plain.status, (await linkOf(id))['openings']]).toEqual([403, 0]);
  });
});

describe('A session by a setup link', () => {
  it('is told what it may do, and the link says what was done', async () => {
    const { id, stranger } = await begun({ purposes: ['verify_domain'] });
    const answer = await stranger.session();
    expect(answer.json()).toMatchObject({
      setup: { id, purposes: ['verify_domain'], maker: expect.any(String), ends_at: expect.any(String) },
      tenant: { slug: 'acme' },
      is_operator: false,
      permissions: ['tenants:read', 'tenants:write'],
    });
    expect(answer.json()).not.toHaveProperty('user');
    const made = await stranger.api('POST', '/tenants/acme/domains', { domain: 'login.customer.example' });
    expect(made.status).toBe(201);
    expect(await linkOf(id)).toMatchObject({
      status: 'open',
      openings: 1,
      opened_at: expect.any(String),
      last_used_at: expect.any(String),
      done: [{ at: expect.any(String), type: 'domain.created', target: 'domain:login.customer.example' }],
    });
    const [event] = (await listEvents(platform.operator, 'acme', 'domain.created')).slice(-1);
    expect(event).toMatchObject({
      actor: `setup_link:${id}@acme`,
      target: 'domain:login.customer.example',
      details: { made_by: 'client:operator@system' },
    });
    expect(event).not.toHaveProperty('client_id', expect.any(String));
    const [opened] = (await listEvents(platform.operator, 'acme', 'setup_link.opened')).slice(-1);
    expect(opened).toMatchObject({ actor: `setup_link:${id}@acme`, details: { purposes: ['verify_domain'] } });
  });

  it('keeps the last fifty things that were done', async () => {
    const { id, stranger } = await begun({ purposes: ['verify_domain'] });
    await platform.database.query(
      `UPDATE setup_links SET done = (SELECT jsonb_agg(jsonb_build_object('at', now(), 'type', 'x', 'target', n::text))
         FROM generate_series(1, 50) n) WHERE id = $1`,
      [id],
    );
    await stranger.api('POST', '/tenants/acme/domains', { domain: 'more.customer.example' });
    const done = (await linkOf(id))['done'] as { target: string }[];
    expect([done.length, done[0]?.target, done[49]?.target]).toEqual([50, '2', 'domain:more.customer.example']);
  });

  it('writes with ETag and idempotency key like everybody else, and keys are its own', async () => {
    const { stranger } = await begun();
    const key = { 'idempotency-key': 'of-a-link' };
    const body = { domain: 'key.customer.example' };
    const send = (by: Stranger) => by.api('POST', '/tenants/acme/domains', body, key);
    expect((await send(stranger)).status).toBe(201);
    expect((await send(stranger)).headers['idempotent-replayed']).toBe('true');
    const { stranger: other } = await begun();
    expect((await send(other)).status).toBe(409);
    const draft = await stranger.api('GET', '/tenants/acme/branding');
    const change = { branding: { primary_color: '#143a6b' } };
    const patch = (etag: string) => stranger.api('PATCH', '/tenants/acme/branding', change, { 'if-match': etag });
    expect((await patch(String(draft.headers.etag))).status).toBe(200);
    expect((await patch(String(draft.headers.etag))).status).toBe(412);
    expect((await stranger.api('POST', '/tenants/acme/branding/publish', {})).status).toBe(201);
  });

  it('ends when it is finished, and the link can be opened again', async () => {
    const { id, url, stranger } = await begun();
    expect((await stranger.finish()).status).toBe(204);
    expect((await stranger.session()).json()).toMatchObject({ type: 'urn:tenantry:problem:signed-out' });
    expect((await listEvents(platform.operator, 'acme', 'setup_link.finished')).slice(-1)[0]).toMatchObject({
      target: `setup_link:${id}`,
    });
    await stranger.begin(url);
    expect([(await stranger.session()).status, (await linkOf(id))['openings']]).toEqual([200, 2]);
    expect((await stranger.finish()).status).toBe(204);
    expect((await stranger.finish()).status).toBe(204);
  });

  it('ends after an hour without a request, and after eight in any case', async () => {
    const { stranger } = await begun();
    await age(stranger, "last_used_at = now() - interval '2 minutes', expires_at = now() + interval '1 minute'");
    expect((await stranger.session()).status).toBe(200);
    const minutes = async () =>
      (
        await platform.database.query<{ left: number }>(
          'SELECT round(extract(epoch FROM expires_at - now()) / 60)::int AS left FROM setup_sessions WHERE digest = $1',
          [digestOf(stranger)],
        )
      )[0]?.left;
    expect(await minutes()).toBe(60);
    await age(
      stranger,
      "last_used_at = now() - interval '2 minutes', created_at = now() - interval '7 hours 50 minutes'",
    );
    expect((await stranger.session()).status).toBe(200);
    expect(await minutes()).toBe(10);
    await age(stranger, 'expires_at = now()');
    const ended = await stranger.session();
    expect([ended.status, reasonOf(ended)]).toEqual([401, 'over']);
    expect(reasonOf(await stranger.api('GET', '/tenants/acme/domains'))).toBe('over');
  });

  it('ends with the link: at its time, and at once when it is revoked', async () => {
    const { id, stranger } = await begun({ expires_in_seconds: 3600 });
    expect((await stranger.session()).json<{ setup: { ends_at: string; expires_at: string } }>().setup).toMatchObject({
      ends_at: (await linkOf(id))['expires_at'],
    });
    await platform.database.query('UPDATE setup_links SET expires_at = now() WHERE id = $1', [id]);
    expect(reasonOf(await stranger.session())).toBe('expired');
    const revoked = await begun();
    await platform.operator.request('DELETE', `${LINKS}/${revoked.id}`);
    const refused = await revoked.stranger.api('POST', '/tenants/acme/domains', { domain: 'late.customer.example' });
    expect([refused.status, reasonOf(refused)]).toEqual([401, 'revoked']);
    expect((await platform.operator.request('GET', '/tenants/acme/domains/late.customer.example')).status).toBe(404);
  });

  it('is not forgotten beside a session of the console, which goes on afterwards', async () => {
    await givenAdmin(platform, 'acme', 'ada');
    const console = new TestConsole(`${acme.issuer}/console`);
    await console.signIn('ada');
    const stranger = new Stranger(acme.issuer, console.browser);
    const { url } = await makeLink(platform.operator, { purposes: ['brand'] });
    await stranger.begin(url);
    expect((await stranger.session()).json()).toMatchObject({ setup: { purposes: ['brand'] } });
    expect((await stranger.api('GET', '/tenants/acme/users')).status).toBe(403);
    await stranger.finish();
    expect((await console.session()).json()).toMatchObject({ user: { username: 'ada' } });
  });

  it('does not work at the console of another tenant, nor in the place of the cookie of a person', async () => {
    const { stranger } = await begun();
    const secret = stranger.browser.cookie('-console-setup');
    const get = (issuer: string, cookie: string) =>
      send(`${issuer}/console/session`, { headers: { cookie } }).then(({ status }) => status);
    expect(await get(acme.issuer, `acme-console-setup=${secret}`)).toBe(200);
    expect(await get(globex.issuer, `globex-console-setup=${secret}`)).toBe(401);
    expect(await get(acme.issuer, `acme-console=${secret}`)).toBe(401);
    expect(await get(platform.url, `console-setup=${secret}`)).toBe(401);
    const bearer = { authorization: `Bearer ${secret}` };
    expect((await send(`${platform.url}/api/v1/tenants/acme/domains`, { headers: bearer })).status).toBe(401);
  });

  it('needs the header of the page itself, as every session does', async () => {
    const { stranger } = await begun();
    const ask = async (headers: Record<string, string>): Promise<Page> =>
      stranger.api('POST', '/tenants/acme/domains', { domain: 'forged.example' }, headers);
    expect((await ask({ 'tenantry-console': '0' })).status).toBe(403);
    expect((await ask({ 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  });

  it('ends with the tenant', async () => {
    await platform.operator.create('/tenants', { slug: 'hooli', display_name: 'Hooli' });
    const { url } = await makeLink(platform.operator, {}, '/tenants/hooli/setup-links');
    const stranger = new Stranger(`${platform.url}/t/hooli`);
    await stranger.begin(url);
    expect((await stranger.session()).status).toBe(200);
    await platform.operator.patch('/tenants/hooli', { status: 'suspended' });
    expect((await stranger.session()).status).toBe(404);
    expect((await new TestBrowser().open(url)).status).toBe(404);
    await platform.operator.patch('/tenants/hooli', { status: 'active' });
    expect((await stranger.session()).status).toBe(200);
    await platform.operator.request('DELETE', `/tenants/hooli`, undefined, { 'if-match': '*' });
    expect((await stranger.session()).status).toBe(404);
    expect((await new TestBrowser().open(url)).status).toBe(404);
  });

  it('takes the place of the oldest, when a link has twenty of them', async () => {
    const { id, url, stranger } = await begun();
    await platform.database.query(
      `INSERT INTO setup_sessions (tenant_id, digest, link_id, created_at, expires_at)
       SELECT tenant_id, sha256(n::text::bytea), id, now() + n * interval '1 second', now() + interval '1 hour'
         FROM setup_links, generate_series(1, 19) n WHERE id = $1`,
      [id],
    );
    await new Stranger(acme.issuer).begin(url);
    expect(await platform.database.query('SELECT FROM setup_sessions WHERE link_id = $1', [id])).toHaveLength(20);
    expect(reasonOf(await stranger.session())).toBe('over');
  });
});

describe('A link for one opening', () => {
  it('is opened by one of many who press at once', async () => {
    const { id, url } = await makeLink(platform.operator, { single_use: true });
    const browsers = Array.from({ length: 10 }, () => new TestBrowser());
    const requests = await Promise.all(
      browsers.map(async (browser) => racingSubmit(browser, await browser.open(url), 'setup-form')),
    );
    const answers = await race([platform.config.listen.port], requests);
    expect(answers.map(({ status }) => status).sort()).toEqual([303, ...Array.from({ length: 9 }, () => 410)]);
    expect(await linkOf(id)).toMatchObject({ status: 'used', openings: 1, works: true });
    expect(await platform.database.query('SELECT FROM setup_sessions WHERE link_id = $1', [id])).toHaveLength(1);
    expect(reasonOf(await new TestBrowser().open(url))).toBe('used');
  });

  it('is opened for a browser whose person presses twice, and for no other', async () => {
    const { id, url } = await makeLink(platform.operator, { single_use: true });
    const stranger = new Stranger(acme.issuer);
    const page = await stranger.browser.open(url);
    const request = racingSubmit(stranger.browser, page, 'setup-form');
    // Each answer comes to a browser that has thrown the other one away.
    const answers = await race([platform.config.listen.port], [request, request]);
    expect(answers.map(({ status }) => status)).toEqual([303, 303]);
    expect(await linkOf(id)).toMatchObject({ status: 'used', openings: 1 });
    // The third time, and the fourth with the cookies of the third.
    for (const _ of [3, 4]) {
      const next = await stranger.browser.submit(page, 'setup-form');
      expect([next.status, next.url]).toEqual([200, `${acme.issuer}/console/`]);
      expect((await stranger.api('GET', '/tenants/acme/domains')).status).toBe(200);
    }
    expect(await platform.database.query('SELECT FROM setup_sessions WHERE link_id = $1', [id])).toHaveLength(1);
    await age(stranger, `created_at = created_at - interval '31 seconds'`);
    const [late] = await race([platform.config.listen.port], [request]);
    expect(late?.status).toBe(410);
    expect(reasonOf(await new TestBrowser().open(url))).toBe('used');
  });

  it('goes on in the session that it began', async () => {
    const { id, url, stranger } = await begun({ single_use: true });
    expect((await stranger.api('GET', '/tenants/acme/domains')).status).toBe(200);
    expect(reasonOf(await new TestBrowser().open(url))).toBe('used');
    await platform.operator.request('DELETE', `${LINKS}/${id}`);
    expect(reasonOf(await stranger.session())).toBe('revoked');
  });
});

describe('A revocation at the moment of a write', () => {
  it('lets no write through that is answered after it', async () => {
    const { id, stranger } = await begun({ purposes: ['verify_domain'] });
    const writes = Array.from({ length: 5 }, (_, n) =>
      stranger.api('POST', '/tenants/acme/domains', { domain: `race-${n}.customer.example` }),
    );
    const revoked = await platform.operator.request('DELETE', `${LINKS}/${id}`);
    const statuses = (await Promise.all(writes)).map(({ status }) => status);
    expect(revoked.status).toBe(204);
    expect(statuses.filter((status) => ![201, 401, 403].includes(status))).toEqual([]);
    const events = await listEvents(platform.operator, 'acme');
    const at = events.findIndex(({ type, target }) => type === 'setup_link.revoked' && target === `setup_link:${id}`);
    expect(at).toBeGreaterThan(-1);
    const { done } = await linkOf(id);
    expect(done).toHaveLength(statuses.filter((status) => status === 201).length);
  });
});

describe('The token', () => {
  it('is in no log, event, mail list or answer', async () => {
    const { id, url, stranger } = await begun({ email: 'it@secret.test' });
    await stranger.api('GET', '/tenants/acme/domains');
    const token = tokenOf(url);
    const secret = stranger.browser.cookie('-console-setup');
    const events = JSON.stringify(await listEvents(platform.operator, 'acme'));
    const shown = JSON.stringify([
      await linkOf(id),
      await platform.operator.get(LINKS),
      await platform.operator.get('/tenants/acme/mail'),
    ]);
    for (const text of [events, shown]) {
      expect(text).not.toContain(token);
      expect(text).not.toContain(secret);
    }
    expect(events).not.toContain('it@secret.test');
  });
});
