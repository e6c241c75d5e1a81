import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { MANAGEMENT_SCOPES } from '../../src/resources/management-api.js';
import type { HttpAnswer } from '../support/http.js';
import { adminOf } from '../support/management-access.js';
import type { ManagementClient } from '../support/management-client.js';
import { newAccessGrant } from './access-grant.cases.js';
import { newSetupLink } from './setup-link.cases.js';
import { newRegistration } from './developer.cases.js';
import { findRoutes } from './routes.js';
import { World } from './world.js';

const BODIES: Readonly<Record<string, object>> = {
  'POST /tenants': { slug: 'initech', display_name: 'Initech' },
  'POST /tenants/:tenant/clients': { grant_types: ['client_credentials'] },
  'POST /tenants/:tenant/users': { username: 'mallory' },
  'POST /tenants/:tenant/apis': {
    identifier: 'https://m.test',
    display_name: 'M',
    scopes: [],
    access_token_format: 'jwt',
  },
  'POST /tenants/:tenant/invitations': { email: 'mallory@evil.test' },
  'POST /tenants/:tenant/setup-links': { purposes: ['verify_domain'] },
  'POST /tenants/:tenant/access-grants': { reason: 'A look at what is not mine.' },
  'POST /tenants/:tenant/domains': { domain: 'login.evil.example' },
  'PATCH /tenants/:tenant/domains/:domain': { primary: true },
  'POST /tenants/:tenant/webhooks': { url: 'https://hooks.evil.example' },
  'PATCH /tenants/:tenant/webhooks/:webhook_id': { url: 'https://hooks.evil.example' },
  'POST /tenants/:tenant/webhooks/:webhook_id/replay': { since: '2026-01-01T00:00:00Z' },
  'POST /tenants/:tenant/roles': { name: 'mallory', display_name: 'Mallory', permissions: ['users:read'] },
  'PATCH /tenants/:tenant/roles/:role': { display_name: 'Taken over' },
  'POST /tenants/:tenant/user-attributes': { name: 'mallory', type: 'string' },
  'PATCH /tenants/:tenant/user-attributes/:attribute': { labels: { en: 'Taken over' } },
  'POST /tenants/:tenant/api-roles': { api_id: randomUUID(), name: 'mallory' },
  'PATCH /tenants/:tenant/api-roles/:api_role_id': { name: 'Taken over' },
  'POST /tenants/:tenant/groups': { name: 'mallory' },
  'PATCH /tenants/:tenant/groups/:group_id': { name: 'Taken over' },
  'PUT /tenants/:tenant/client-registrations/:registration_id/rejection': { reason: 'No.' },
  'POST /tenants/:tenant/mail/test': { to: 'mallory@example.com' },
  'PATCH /tenants/:tenant': { display_name: 'Taken over' },
  'PATCH /tenants/:tenant/texts/:locale': { texts: { 'signIn.title': 'Taken over' } },
  'PATCH /tenants/:tenant/branding': { branding: { primary_color: '#ff0000' } },
  'PATCH /tenants/:tenant/quotas': { users: 1 },
  'PATCH /tenants/:tenant/clients/:client_id': { client_name: 'Taken over' },
  'PATCH /tenants/:tenant/users/:user_id': { name: 'Taken over' },
  'PATCH /tenants/:tenant/apis/:api_id': { display_name: 'Taken over' },
};

let world: World;
let acmeAdmin: ManagementClient;
let routes: string[];
let ids: Record<string, string>;

beforeAll(async () => {
  world = await World.create();
  // A tenant's own administrator may ask for everything but the tenants.
  const scopes = MANAGEMENT_SCOPES.map(({ name }) => name);
  acmeAdmin = await adminOf(world.platform, 'acme', scopes.join(' '));
  routes = findRoutes(world.platform)
    .filter((route) => route.includes(' /api/v1/tenants'))
    .map((route) => route.replace('/api/v1', ''));
  await world.tokens();
  const client = await world.platform.operator.create<{ client_id: string }>('/tenants/acme/clients', {
    grant_types: ['client_credentials'],
  });
  await world.platform.database.query(
    `INSERT INTO passkeys (tenant_id, id, user_id, rp_id, credential_id, public_key, counter, transports, backup_eligible,
                           backed_up, aaguid, name)
     VALUES ($1, gen_random_uuid(), $2, 'localhost', 'id', '', 0, '{}', false, false, gen_random_uuid(), 'Key')`,
    [world.acme.id, world.acme.aliceId],
  );
  const secret = await world.newest<{ id: string }>('client_secrets');
  await publishBrandingOfAcme();
  ids = {
    client_id: client.client_id,
    secret_id: secret.id,
    user_id: world.acme.aliceId,
    api_id: (await world.newest<{ id: string }>('apis')).id,
    passkey_id: (await world.newest<{ id: string }>('passkeys')).id,
    consent_id: (await world.newest<{ id: string }>('consents')).id,
    invitation_id: await invitationOfAcme(),
    mail_id: (await world.platform.operator.request('POST', '/tenants/acme/mail/test', { to: 'a@example.com' })).json<{
      id: string;
    }>().id,
    ...(await webhookOfAcme()),
    access_grant_id: (await newAccessGrant(world)).id,
    setup_link_id: (await newSetupLink(world)).id,
    domain: await domainOfAcme(),
    slug: 'acme',
    role: await roleOfAcme(),
    group_id: await groupOfAcme(),
    registration_id: (await newRegistration(world)).id,
    attribute: await attributeOfAcme(),
    api_role_id: await apiRoleOfAcme(),
    kid: (await world.newest<{ kid: string }>('signing_keys', 'published_at')).kid,
  };
});
afterAll(() => world.platform.stop());

async function invitationOfAcme(): Promise<string> {
  const { operator } = world.platform;
  await operator.patch('/tenants/acme', { policy: { sign_up: 'invitation' } });
  return (await operator.create<{ id: string }>('/tenants/acme/invitations', { email: 'ada@acme.test' })).id;
}

/** A disabled one, so that nothing of acme's changes by itself. */
async function webhookOfAcme(): Promise<{ webhook_id: string; delivery_id: string }> {
  const webhook = { url: 'https://hooks.acme.example', enabled: false };
  const { id } = await world.platform.operator.create<{ id: string }>('/tenants/acme/webhooks', webhook);
  const [row] = await world.platform.database.query<{ id: string }>(
    `INSERT INTO webhook_deliveries (tenant_id, endpoint_id, id, type, occurred_at, state)
     VALUES ($1, $2, gen_random_uuid(), 'user.created', now(), 'delivered') RETURNING id`,
    [world.acme.id, id],
  );
  return { webhook_id: id, delivery_id: row?.id ?? '' };
}

/** Version 1 is what was there before; a draft follows version 2. */
async function publishBrandingOfAcme(): Promise<void> {
  const { operator } = world.platform;
  const draft = { branding: { primary_color: '#0a5a40' } };
  await operator.patch('/tenants/acme/branding', draft);
  await operator.create('/tenants/acme/branding/publish', {});
  await operator.patch('/tenants/acme/branding', draft);
}

async function domainOfAcme(): Promise<string> {
  const domain = `d-${randomUUID()}.example`;
  await world.platform.operator.create('/tenants/acme/domains', { domain });
  return domain;
}

async function roleOfAcme(): Promise<string> {
  const { operator } = world.platform;
  const role = { name: `role-${randomUUID()}`, display_name: 'A role', permissions: ['users:read'] };
  await operator.create('/tenants/acme/roles', role);
  await operator.request('PUT', `/tenants/acme/users/${world.acme.aliceId}/roles/${role.name}`);
  return role.name;
}

async function apiRoleOfAcme(): Promise<string> {
  const { operator } = world.platform;
  const { id: api_id } = await world.newest<{ id: string }>('apis');
  const { id } = await operator.create<{ id: string }>('/tenants/acme/api-roles', { api_id, name: 'a role' });
  await operator.request('PUT', `/tenants/acme/api-roles/${id}/users/${world.acme.aliceId}`);
  return id;
}

async function attributeOfAcme(): Promise<string> {
  const name = `of_${randomUUID().replaceAll('-', '')}`;
  await world.platform.operator.create('/tenants/acme/user-attributes', { name, type: 'string' });
  return name;
}

async function groupOfAcme(): Promise<string> {
  const { operator } = world.platform;
  const { id } = await operator.create<{ id: string }>('/tenants/acme/groups', { name: `group-${randomUUID()}` });
  await operator.request('PUT', `/tenants/acme/groups/${id}/members/${world.acme.aliceId}`);
  return id;
}

function request(client: ManagementClient, route: string, tenant: string, own = ids): Promise<HttpAnswer> {
  const [method = '', path = ''] = route.split(' ');
  const target = path
    .replace(':tenant', tenant)
    .replace(':locale', 'en')
    .replace(':number', '1')
    .replace(/:(\w+)/g, (_, name: string) => own[name] ?? '');
  return client.request(
    method,
    target,
    BODIES[route],
    method === 'PATCH' || method === 'DELETE' ? { 'if-match': '*' } : {},
  );
}

describe('management API', () => {
  it('has routes, each with a body where it needs one', () => {
    expect(routes.length).toBeGreaterThan(0);
    const withBody = routes.filter((route) =>
      /^PATCH|^PUT .*rejection$|^POST .*(tenants|clients|users|apis|roles|api-roles|domains|groups|user-attributes|invitations|access-grants|setup-links|webhooks|webhook_id\/replay|mail\/test)$/.test(
        route,
      ),
    );
    expect(Object.keys(BODIES).sort()).toEqual(withBody.sort());
  });

  it('keeps a tenant’s administrator out of every other tenant, and says no more than of an unknown one', async () => {
    const before = await world.platform.database.query('SELECT * FROM tenants ORDER BY id');
    for (const route of routes.filter((each) => each.includes(':tenant'))) {
      const there = await request(acmeAdmin, route, 'globex');
      const nowhere = await request(acmeAdmin, route, `unknown-${'x'.repeat(8)}`);
      expect([route, there.status]).toEqual([route, nowhere.status]);
      expect([403, 404]).toContain(there.status);
      const byId = await request(acmeAdmin, route, world.globex.id);
      expect([route, byId.status]).toEqual([route, there.status]);
    }
    for (const route of ['GET /tenants', 'POST /tenants']) {
      const answer = await request(acmeAdmin, route, '');
      const mayList = answer.status === 200 && !answer.text.includes('globex');
      expect(mayList || answer.status === 403).toBe(true);
    }
    expect(await world.platform.database.query('SELECT * FROM tenants ORDER BY id')).toEqual(before);
  });

  it('finds none of acme’s things under globex, even for the operator', async () => {
    const { operator } = world.platform;
    const before = await world.rowsOfAcme();
    const made = Object.fromEntries(Object.keys(ids).map((name) => [name, randomUUID()]));
    for (const route of routes.filter((each) => /:(\w+_id|kid|role|attribute|domain)/.test(each))) {
      const there = await request(operator, route, 'globex');
      expect([route, there.status]).toEqual([route, 404]);
      const unknown = await request(operator, route, 'globex', made);
      expect(problem(there)).toEqual(problem(unknown));
    }
    for (const list of [
      'clients',
      'client-registrations',
      'users',
      'passkeys',
      'invitations',
      'apis',
      'roles',
      'groups',
      'api-roles',
      'user-attributes',
      'keys',
      'consents',
      'audit-events',
      'audit-events/pull',
      'webhooks',
      'access-grants',
      'setup-links',
      'domains',
    ]) {
      const answer = await operator.request('GET', `/tenants/globex/${list}`);
      expect([list, answer.status]).toEqual([list, 200]);
      for (const own of [...Object.values(ids), world.acme.id]) expect(answer.text).not.toContain(own);
    }
    const filtered = await operator.get<{ data: unknown[] }>(`/tenants/globex/consents?user_id=${ids['user_id']}`);
    expect(filtered.data).toEqual([]);
    expect(await world.rowsOfAcme()).toBe(before);
  });

  it('does not take a cursor of acme’s list for a way into it', async () => {
    const first = await world.platform.operator.get<{ page: { next: string } }>('/tenants/acme/clients?limit=1');
    const answer = await world.platform.operator.request('GET', `/tenants/globex/clients?after=${first.page.next}`);
    for (const own of Object.values(ids)) expect(answer.text).not.toContain(own);
    expect(answer.status).toBeLessThan(500);
  });
});

function problem(answer: HttpAnswer) {
  const { request_id: _, ...rest } = answer.json();
  return JSON.stringify(rest).replace(/[0-9a-f-]{36}/g, '<id>');
}
