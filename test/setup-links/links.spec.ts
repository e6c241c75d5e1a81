import { beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, randomUUID } from 'node:crypto';
import { listEvents } from '../support/audit.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { basic, postForm } from '../support/http.js';
import { lastMailTo } from '../support/mails.js';
import { ManagementClient } from '../support/management-client.js';
import { LINKS, type MadeLink, Stranger, makeLink } from './setup-fixture.js';

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');

/** A machine of acme that may do this and nothing else. */
async function machine(...scopes: string[]): Promise<ManagementClient> {
  const { client_id: id, client_secret: secret } = await platform.operator.create<Record<string, string>>(
    '/tenants/acme/clients',
    { grant_types: ['client_credentials'], permissions: [{ api: `${platform.url}/api`, scopes }] },
  );
  const form = { grant_type: 'client_credentials', resource: `${platform.url}/api` };
  const answer = await postForm(`${acme.issuer}/token`, form, { authorization: basic(String(id), String(secret)) });
  if (answer.status !== 200) throw new Error(answer.text);
  return new ManagementClient(platform.url, String(answer.json()['access_token']));
}

describe('Setup links', () => {
  it('are made with an address that is told once, and of whose token only a digest is stored', async () => {
    const answer = await platform.operator.request('POST', LINKS, {
      purposes: ['verify_domain'],
      note: 'IT of Acme',
    });
    expect(answer.status).toBe(201);
    const made = answer.json<MadeLink>();
    expect(answer.headers.location).toBe(`/api/v1${LINKS}/${made.id}`);
    const { origin, pathname, searchParams } = new URL(made.url);
    const token = searchParams.get('token') ?? '';
    expect([origin + pathname, token.length]).toEqual([`${acme.issuer}/setup-link`, 43]);
    const rows = await platform.database.query<{ digest: Buffer }>('SELECT * FROM setup_links WHERE id = $1', [
      made.id,
    ]);
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(rows[0]?.digest).toEqual(createHash('sha256').update(token).digest());
    const read = await platform.operator.request('GET', `${LINKS}/${made.id}`);
    expect(read.json()).toMatchObject({
      status: 'open',
      works: true,
      purposes: ['verify_domain'],
      note: 'IT of Acme',
      single_use: false,
      openings: 0,
      opened_at: null,
      done: [],
      made_by: 'client:operator@system',
    });
    expect([read.headers.etag, read.text.includes(token)]).toEqual([answer.headers.etag, false]);
    const [event] = (await listEvents(platform.operator, 'acme', 'setup_link.created')).slice(-1);
    expect(event).toMatchObject({ target: `setup_link:${made.id}`, details: { mailed: false } });
    expect(JSON.stringify(event)).not.toMatch(new RegExp(`IT of Acme|${token}`));
  });

  it('last a week unless it is said otherwise, and 30 days at most', async () => {
    const lasts = async (body: object) => {
      const { id } = await makeLink(platform.operator, body);
      const link = await platform.operator.get<Record<string, string>>(`${LINKS}/${id}`);
      return (Date.parse(String(link['expires_at'])) - Date.parse(String(link['created_at']))) / 86_400_000;
    };
    expect([await lasts({}), await lasts({ expires_in_seconds: 30 * 86_400 })]).toEqual([7, 30]);
    for (const seconds of [30 * 86_400 + 1, 3599, 1e9, 7200.5, '7200', null]) {
      const answer = await platform.operator.request('POST', LINKS, {
        purposes: ['brand'],
        expires_in_seconds: seconds,
      });
      expect([seconds, answer.status, answer.text]).toEqual([seconds, 400, expect.stringContaining('expires_in')]);
    }
  });

  it('are mailed in the language of the tenant, or another one', async () => {
    await platform.operator.patch('/tenants/acme', { branding: { default_locale: 'de' } });
    const { url } = await makeLink(platform.operator, { purposes: ['verify_domain'], email: 'it@customer.test' });
    const mail = await lastMailTo(platform, acme, 'it@customer.test');
    expect(mail).toMatchObject({ template: 'setup_link', locale: 'de', link: url });
    expect(mail.values).toMatchObject({ purpose: 'verify_domain' });
    await makeLink(platform.operator, { email: 'it@customer.test', locale: 'fr' });
    expect(await lastMailTo(platform, acme, 'it@customer.test')).toMatchObject({
      locale: 'fr',
      values: { purpose: 'several' },
    });
    await platform.operator.patch('/tenants/acme', { branding: { default_locale: null } });
  });

  it.each([
    [{}, /purposes/],
    [{ purposes: [] }, /purposes/],
    [{ purposes: 'brand' }, /purposes/],
    [{ purposes: ['brand', 'brand'] }, /purposes/],
    [{ purposes: ['rule'] }, /purposes/],
    [{ purposes: ['constructor'] }, /purposes/],
    [{ purposes: ['brand'], email: 'nobody' }, /email/],
    [{ purposes: ['brand'], email: 'it@a.test\r\nBcc: b@b.test' }, /email/],
    [{ purposes: ['brand'], locale: 'xx' }, /locale/],
    [{ purposes: ['brand'], note: 'a\u202Eb' }, /note/],
    [{ purposes: ['brand'], note: 'x'.repeat(201) }, /note/],
    [{ purposes: ['brand'], single_use: 'yes' }, /single_use/],
    [{ purposes: ['brand'], url: 'https://evil.test' }, /url/],
  ])('are refused when the request is wrong: %j', async (body, expected) => {
    const answer = await platform.operator.request('POST', LINKS, body);
    expect([answer.status, answer.text]).toEqual([400, expect.stringMatching(expected)]);
  });

  it('are given by nobody who does not have the permissions themself', async () => {
    const brander = await machine('tenants:read', 'branding:write');
    expect((await brander.request('POST', LINKS, { purposes: ['brand'] })).status).toBe(201);
    const beyond = await brander.request('POST', LINKS, { purposes: ['brand', 'verify_domain'] });
    expect([beyond.status, beyond.text]).toEqual([403, expect.stringContaining('tenants:write')]);
    const blind = await machine('branding:write');
    expect((await blind.request('POST', LINKS, { purposes: ['brand'] })).status).toBe(403);
    const other = await makeLink(platform.operator, { purposes: ['verify_domain'] });
    expect((await brander.request('DELETE', `${LINKS}/${other.id}`)).status).toBe(403);
    const reader = await machine('tenants:read');
    expect((await reader.request('POST', LINKS, { purposes: ['brand'] })).status).toBe(403);
    expect((await reader.request('DELETE', `${LINKS}/${other.id}`)).status).toBe(403);
    expect((await (await machine('users:read')).request('GET', LINKS)).status).toBe(403);
    const writer = await machine('tenants:read', 'tenants:write');
    expect((await writer.request('POST', LINKS, { purposes: ['brand'] })).status).toBe(201);
  });

  it('are not for the tenant of the operators, and those of another tenant are not found', async () => {
    const system = await platform.operator.request('POST', '/tenants/system/setup-links', { purposes: ['brand'] });
    expect(system.status).toBe(409);
    const { id } = await makeLink(platform.operator);
    await platform.operator.create('/tenants', { slug: 'globex', display_name: 'Globex' });
    for (const method of ['GET', 'DELETE']) {
      const answer = await platform.operator.request(method, `/tenants/globex/setup-links/${id}`);
      expect([method, answer.status]).toEqual([method, 404]);
    }
    for (const wrong of ['x', randomUUID(), '%00', `${id}x`]) {
      expect((await platform.operator.request('GET', `${LINKS}/${wrong}`)).status).toBe(404);
    }
  });

  it('are answered again for the same idempotency key, address included', async () => {
    const send = () =>
      platform.operator.request('POST', LINKS, { purposes: ['brand'] }, { 'idempotency-key': 'setup-1' });
    const [first, again] = [await send(), await send()];
    expect([again.headers['idempotent-replayed'], again.json()]).toEqual(['true', first.json()]);
  });

  it('are listed, the newest first, by state and in pages', async () => {
    const { id } = await makeLink(platform.operator, { note: 'listed' });
    expect((await platform.operator.request('DELETE', `${LINKS}/${id}`, undefined, { 'if-match': '"9"' })).status).toBe(
      412,
    );
    expect((await platform.operator.request('DELETE', `${LINKS}/${id}`)).status).toBe(204);
    expect((await platform.operator.request('DELETE', `${LINKS}/${id}`)).status).toBe(409);
    const list = (query: string) =>
      platform.operator.get<{ data: Record<string, unknown>[]; page: { next: string | null } }>(`${LINKS}?${query}`);
    const revoked = await list('status=revoked');
    expect(revoked.data).toEqual([
      expect.objectContaining({
        id,
        works: false,
        revoked_by: 'client:operator@system',
        revoked_at: expect.anything(),
      }),
    ]);
    const first = await list('limit=1');
    expect(first.data[0]).toMatchObject({ id });
    const second = await list(`limit=1&after=${String(first.page.next)}`);
    expect(second.data[0]).toMatchObject({ status: 'open', works: true });
    expect((await platform.operator.request('GET', `${LINKS}?status=lost`)).status).toBe(400);
    expect((await platform.operator.request('GET', `${LINKS}?after=x`)).status).toBe(400);
  });

  it('of one tenant are bounded, also when they are made at once', async () => {
    await platform.operator.create('/tenants', { slug: 'initech', display_name: 'Initech' });
    const path = '/tenants/initech/setup-links';
    for (let made = 0; made < 46; made++) await makeLink(platform.operator, {}, path);
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => platform.operator.request('POST', path, { purposes: ['brand'] })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 201, 201, 409, 409, 409, 409]);
    const { data } = await platform.operator.get<{ data: { id: string }[] }>(`${path}?limit=1`);
    await platform.operator.request('DELETE', `${path}/${String(data[0]?.id)}`);
    expect((await platform.operator.request('POST', path, { purposes: ['brand'] })).status).toBe(201);
  });
});

describe('A link whose maker lost the right', () => {
  let brander: { id: string; client: ManagementClient };
  beforeAll(async () => {
    const made = await platform.operator.create<Record<string, string>>('/tenants/acme/clients', {
      grant_types: ['client_credentials'],
      permissions: [{ api: `${platform.url}/api`, scopes: ['tenants:read', 'branding:write'] }],
    });
    const form = { grant_type: 'client_credentials', resource: `${platform.url}/api` };
    const authorization = basic(String(made['client_id']), String(made['client_secret']));
    const answer = await postForm(`${acme.issuer}/token`, form, { authorization });
    const client = new ManagementClient(platform.url, String(answer.json()['access_token']));
    brander = { id: String(made['client_id']), client };
  });

  it('does not work until they have it again', async () => {
    const { id, url } = await makeLink(brander.client, { purposes: ['brand'] });
    const stranger = new Stranger(acme.issuer);
    await stranger.begin(url);
    expect((await stranger.session()).status).toBe(200);
    const works = async () => (await platform.operator.get<Record<string, unknown>>(`${LINKS}/${id}`))['works'];
    expect(await works()).toBe(true);
    await platform.operator.patch(`/tenants/acme/clients/${brander.id}`, {
      permissions: [{ api: `${platform.url}/api`, scopes: ['tenants:read'] }],
    });
    const refused = await stranger.session();
    expect([refused.status, refused.text, await works()]).toEqual([401, expect.stringContaining('"maker"'), false]);
    expect((await new Stranger(acme.issuer).browser.open(url)).text).toContain('data-reason="maker"');
  });
});
