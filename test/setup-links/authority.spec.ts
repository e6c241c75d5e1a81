import { beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { givenAdmin, TestConsole } from '../console/console-fixture.js';
import { listEvents } from '../support/audit.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { send } from '../support/http.js';
import { LINKS, Stranger, makeLink, reasonOf } from './setup-fixture.js';

/** Every operation of the management API with a session by a setup link. */

/** Written down here, and not derived from the list of purposes. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  verify_domain: ['listDomains', 'createDomain', 'getDomain', 'verifyDomain'],
  brand: [
    'getBrandingDraft',
    'updateBrandingDraft',
    'discardBrandingDraft',
    'publishBranding',
    'createBrandingPreview',
    'listBrandingVersions',
    'getBrandingVersion',
    'revertBranding',
    'listTexts',
  ],
};

interface Route {
  readonly operation: string;
  readonly method: string;
  readonly path: string;
}

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');
givenTenant(platform, 'globex');

let routes: Route[];
beforeAll(async () => {
  const { paths } = (await send(`${platform.url}/api/v1/openapi.json`)).json<{
    paths: Record<string, Record<string, { operationId: string }>>;
  }>();
  routes = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, { operationId }]) => ({ operation: operationId, method, path })),
  );
});

async function begun(purposes: readonly string[]): Promise<{ id: string; stranger: Stranger }> {
  const { id, url } = await makeLink(platform.operator, { purposes });
  const stranger = new Stranger(acme.issuer);
  await stranger.begin(url);
  return { id, stranger };
}

/** A few at a time. */
async function eachOf<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  for (let at = 0; at < items.length; at += 8) await Promise.all(items.slice(at, at + 8).map(work));
}

function answer(stranger: Stranger, { method, path }: Route, tenant: string) {
  const target = path
    .replace('/api/v1', '')
    .replace('{tenant}', tenant)
    .replace('{locale}', 'en')
    .replace(/\{\w+\}/g, randomUUID());
  return stranger.api(method.toUpperCase(), target, /post|patch|put/.test(method) ? {} : undefined);
}

describe('A session by a setup link', () => {
  it('is recorded in the log when it is refused', async () => {
    const { id, stranger } = await begun(['brand']);
    await stranger.api('GET', '/tenants/acme/users');
    const refused = (await listEvents(platform.operator, 'acme', 'management.refused')).filter(
      ({ actor }) => actor === `setup_link:${id}@acme`,
    );
    expect(refused).toEqual([expect.objectContaining({ details: { method: 'GET', reason: 'operation listUsers' } })]);
  });

  it.each([[['brand']], [['verify_domain', 'brand']]])(
    'for %j leaves alone where people type passwords',
    async (of) => {
      const { stranger } = await begun(of);
      const body = { branding: { password_reset_uri: 'https://evil.test/' } };
      const { status } = await stranger.api('PATCH', '/tenants/acme/branding', body, { 'if-match': '*' });
      expect(status).toBe(403);
    },
  );

  it.each([[['verify_domain']], [['brand']], [['verify_domain', 'brand']]])(
    'for %j calls nothing else',
    async (purposes) => {
      const { stranger } = await begun(purposes);
      const allowed = purposes.flatMap((purpose) => ALLOWED[purpose] ?? []);
      const answered: string[] = [];
      await eachOf(routes, async (route) => {
        const { status, text } = await answer(stranger, route, 'acme');
        if (status === 401 || status >= 500) throw new Error(`${route.operation}: ${status} ${text}`);
        if (status !== 403) answered.push(route.operation);
        else expect(text).toContain(`The setup link is for ${purposes.join(' and ')}, and this is no part of it.`);
      });
      expect(answered.sort()).toEqual([...allowed].sort());
    },
  );

  it('reaches no other tenant, whoever made the link', async () => {
    const { stranger } = await begun(['verify_domain', 'brand']);
    const allowed = Object.values(ALLOWED).flat();
    for (const tenant of ['globex', 'system', randomUUID()]) {
      await eachOf(
        routes.filter(({ operation }) => allowed.includes(operation)),
        async (route) => {
          expect([route.operation, (await answer(stranger, route, tenant)).status]).toEqual([route.operation, 404]);
        },
      );
    }
  });

  it('cannot call more by another method, path or header', async () => {
    const { stranger } = await begun(['verify_domain']);
    await stranger.api('POST', '/tenants/acme/domains', { domain: 'keep.customer.example' });
    const domain = '/tenants/acme/domains/keep.customer.example';
    expect((await stranger.api('DELETE', domain)).status).toBe(403);
    expect((await stranger.api('POST', domain, {}, { 'x-http-method-override': 'DELETE' })).status).toBe(404);
    expect((await stranger.api('PATCH', domain, { primary: true })).status).toBe(403);
    expect((await stranger.api('HEAD', domain)).status).toBe(200);
    expect((await stranger.api('HEAD', '/tenants/acme/users')).status).toBe(403);
    const authorization = `Bearer ${platform.operator.token}`;
    expect((await stranger.api('GET', '/tenants/acme/users', undefined, { authorization })).status).toBe(403);
    expect((await stranger.api('GET', '/tenants/acme/domains/../users')).status).not.toBe(200);
    expect((await stranger.api('GET', '/tenants/acme/domains/%2e%2e/users')).status).not.toBe(200);
  });
});

describe('A link that a person made', () => {
  async function maker(username: string, member?: object) {
    const id = await givenAdmin(platform, 'acme', username, member);
    const console = new TestConsole(`${acme.issuer}/console`);
    await console.signIn(username);
    const make = async (purposes: string[]) => {
      const answered = await console.api('POST', LINKS, { purposes });
      if (answered.status !== 201) throw new Error(answered.text);
      const { id: link, url } = answered.json<{ id: string; url: string }>();
      const stranger = new Stranger(acme.issuer);
      await stranger.begin(url);
      return { link, url, stranger };
    };
    return { id, console, make };
  }

  it('names them, to the stranger and in the log', async () => {
    const { id, make } = await maker('ada');
    const { link, stranger } = await make(['verify_domain']);
    expect((await stranger.session()).json()).toMatchObject({ setup: { maker: 'Admin ada' } });
    await stranger.api('POST', '/tenants/acme/domains', { domain: 'ada.customer.example' });
    const [event] = (await listEvents(platform.operator, 'acme', 'domain.created')).slice(-1);
    expect(event).toMatchObject({ actor: `setup_link:${link}@acme`, details: { made_by: `user:${id}@acme` } });
  });

  it('ends with their role, and with their account', async () => {
    const { id, make } = await maker('bob');
    const both = await make(['verify_domain', 'brand']);
    const brand = await make(['brand']);
    await platform.operator.patch(`/tenants/acme/users/${id}`, { tenant_admin: false });
    await platform.operator.request('PUT', `/tenants/acme/users/${id}/roles/branding`);
    expect(reasonOf(await both.stranger.session())).toBe('maker');
    expect((await brand.stranger.api('GET', '/tenants/acme/branding')).status).toBe(200);
    await platform.operator.patch(`/tenants/acme/users/${id}`, { enabled: false });
    const refused = await brand.stranger.api('GET', '/tenants/acme/branding');
    expect([refused.status, reasonOf(refused)]).toEqual([401, 'maker']);
    await platform.operator.patch(`/tenants/acme/users/${id}`, { enabled: true });
    expect((await brand.stranger.session()).status).toBe(200);
    await platform.operator.request('DELETE', `/tenants/acme/users/${id}`, undefined, { 'if-match': '*' });
    expect(reasonOf(await brand.stranger.session())).toBe('maker');
    expect((await platform.operator.get<Record<string, unknown>>(`${LINKS}/${brand.link}`))['works']).toBe(false);
  });

  it('is not that of another client of the same name', async () => {
    const made = await platform.operator.create<Record<string, string>>('/tenants/acme/clients', {
      client_id: 'maker',
      grant_types: ['client_credentials'],
      permissions: [{ api: `${platform.url}/api`, scopes: ['tenants:read', 'tenants:write'] }],
    });
    const { id, stranger } = await begun(['verify_domain']);
    const registration = await platform.database.query<{ registration_id: string }>(
      'SELECT registration_id FROM clients WHERE client_id = $1',
      [made['client_id']],
    );
    await platform.database.query(
      `UPDATE setup_links SET maker_tenant_id = tenant_id, maker_client_id = 'maker', maker_registration_id = $2 WHERE id = $1`,
      [id, registration[0]?.registration_id],
    );
    expect((await stranger.session()).status).toBe(200);
    await platform.database.query('UPDATE setup_links SET maker_registration_id = $2 WHERE id = $1', [
      id,
      randomUUID(),
    ]);
    expect(reasonOf(await stranger.session())).toBe('maker');
  });
});
