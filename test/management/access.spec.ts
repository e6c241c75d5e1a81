import { beforeAll, describe, expect, it } from '@jest/globals';
import { send } from '../support/http.js';
import { adminOf, managementPermission, operatorWith } from '../support/management-access.js';
import type { ManagementClient } from '../support/management-client.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { expectProblem } from '../support/problems.js';
import { clientCredentials, createTenant } from '../support/tenant-fixture.js';

const ALL_SCOPES = ['tenants', 'clients', 'users', 'apis', 'keys', 'consents']
  .flatMap((resource) => [`${resource}:read`, `${resource}:write`])
  .concat('audit:read')
  .join(' ');

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');
let admin: ManagementClient;

beforeAll(async () => {
  await createTenant(platform, 'globex');
  admin = await adminOf(platform, 'acme', ALL_SCOPES);
});

const call = (authorization: string | undefined) =>
  send(`${platform.url}/api/v1/tenants`, { headers: { authorization } });

describe('an access token, RFC 6750', () => {
  it('is asked for without an error code when there is none (§3.1)', async () => {
    const answer = await call(undefined);
    expectProblem(answer, 401, 'authentication-required');
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="management"');
  });

  it.each(['Basic b3BlcmF0b3I6eA==', 'Bearer', 'Bearer a b', 'Bearer ü', 'Token x'])('is not “%s”', async (header) => {
    const answer = await call(header);
    expectProblem(answer, 401, 'authentication-required');
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="management"');
  });

  it.each(['Bearer nonsense', 'Bearer a.b.c', `Bearer ${'x'.repeat(5000)}`])(
    'is not the invalid “%.20s”',
    async (header) => {
      const answer = await call(header);
      expect(expectProblem(answer, 401, 'authentication-required').detail).toContain(`${platform.url}/api`);
      expect(answer.headers['www-authenticate']).toBe('Bearer error="invalid_token"');
    },
  );

  it.each([7, ['x'], { x: 1 }, null, true, '', 'http://localhost/t/\0'])(
    'is not one that says its issuer is %j',
    async (iss) => {
      const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
      const answer = await call(`Bearer ${encode({ alg: 'ES256', kid: 'x' })}.${encode({ iss })}.AAAA`);
      expectProblem(answer, 401, 'authentication-required');
      expect(answer.headers['www-authenticate']).toBe('Bearer error="invalid_token"');
    },
  );

  it('is not one whose signature was changed', async () => {
    const { token } = platform.operator;
    const answer = await call(`Bearer ${token.slice(0, -4)}${token.endsWith('AAAA') ? 'BBBB' : 'AAAA'}`);
    expect(answer.status).toBe(401);
  });

  it('is not one for another audience', async () => {
    const { access_token: token } = (await clientCredentials(acme)).json<{ access_token: string }>();
    const answer = await call(`Bearer ${token}`);
    expectProblem(answer, 401, 'authentication-required');
    expect(answer.headers['www-authenticate']).toBe('Bearer error="invalid_token"');
  });

  it('is not read from the query (RFC 9700 §4.3.2)', async () => {
    const answer = await send(`${platform.url}/api/v1/tenants?access_token=${platform.operator.token}`);
    expect(answer.status).toBe(401);
  });

  it('ends with its client', async () => {
    const short = await adminOf(platform, 'acme', 'tenants:read clients:read');
    const { data } = await short.get<{ data: { client_id: string; scope: string }[] }>(
      '/tenants/acme/clients?limit=200',
    );
    const own = data.find(({ scope }) => scope === 'tenants:read clients:read');
    await platform.operator.request('DELETE', `/tenants/acme/clients/${own?.client_id}`);
    expectProblem(await short.request('GET', '/tenants/acme'), 401, 'authentication-required');
  });
});

const ROUTES = [
  ['GET', '/tenants', 'tenants:read'],
  ['POST', '/tenants', 'tenants:write'],
  ['GET', '/tenants/acme', 'tenants:read'],
  ['PATCH', '/tenants/acme', 'tenants:write'],
  ['DELETE', '/tenants/acme', 'tenants:write'],
  ['GET', '/tenants/acme/deletion', 'tenants:read'],
  ['GET', '/tenants/acme/readiness', 'tenants:read'],
  ['POST', '/tenants/acme/deletion', 'tenants:write'],
  ['DELETE', '/tenants/acme/deletion', 'tenants:write'],
  ['GET', '/tenants/deletions', 'tenants:read'],
  ['GET', '/tenants/deletions/x', 'tenants:read'],
  ['GET', '/tenants/acme/clients', 'clients:read'],
  ['POST', '/tenants/acme/clients', 'clients:write'],
  ['GET', '/tenants/acme/clients/web', 'clients:read'],
  ['PATCH', '/tenants/acme/clients/web', 'clients:write'],
  ['DELETE', '/tenants/acme/clients/web', 'clients:write'],
  ['POST', '/tenants/acme/clients/web/secrets', 'clients:write'],
  ['DELETE', '/tenants/acme/clients/web/secrets/x', 'clients:write'],
  ['GET', '/tenants/acme/users', 'users:read'],
  ['POST', '/tenants/acme/users', 'users:write'],
  ['GET', '/tenants/acme/users/x', 'users:read'],
  ['PATCH', '/tenants/acme/users/x', 'users:write'],
  ['DELETE', '/tenants/acme/users/x', 'users:write'],
  ['GET', '/tenants/acme/passkeys', 'users:read'],
  ['GET', '/tenants/acme/passkeys/x', 'users:read'],
  ['DELETE', '/tenants/acme/passkeys/x', 'users:write'],
  ['GET', '/tenants/acme/apis', 'apis:read'],
  ['POST', '/tenants/acme/apis', 'apis:write'],
  ['GET', '/tenants/acme/apis/x', 'apis:read'],
  ['PATCH', '/tenants/acme/apis/x', 'apis:write'],
  ['DELETE', '/tenants/acme/apis/x', 'apis:write'],
  ['GET', '/tenants/acme/keys', 'keys:read'],
  ['POST', '/tenants/acme/keys/rotate', 'keys:write'],
  ['POST', '/tenants/acme/keys/x/revoke', 'keys:write'],
  ['GET', '/tenants/acme/consents', 'consents:read'],
  ['GET', '/tenants/acme/consents/x', 'consents:read'],
  ['DELETE', '/tenants/acme/consents/x', 'consents:write'],
  ['GET', '/tenants/acme/mail', 'users:read'],
  ['GET', '/tenants/acme/mail/x', 'users:read'],
  ['POST', '/tenants/acme/mail/test', 'users:write'],
  ['GET', '/tenants/acme/audit-events', 'audit:read'],
  ['GET', '/tenants/acme/webhooks', 'webhooks:read'],
  ['POST', '/tenants/acme/webhooks', 'webhooks:write'],
  ['GET', '/tenants/acme/webhooks/x', 'webhooks:read'],
  ['PATCH', '/tenants/acme/webhooks/x', 'webhooks:write'],
  ['DELETE', '/tenants/acme/webhooks/x', 'webhooks:write'],
  ['POST', '/tenants/acme/webhooks/x/rotate-secret', 'webhooks:write'],
  ['POST', '/tenants/acme/webhooks/x/test', 'webhooks:write'],
  ['POST', '/tenants/acme/webhooks/x/replay', 'webhooks:write'],
  ['GET', '/tenants/acme/webhooks/x/deliveries', 'webhooks:read'],
  ['POST', '/tenants/acme/webhooks/x/deliveries/x/replay', 'webhooks:write'],
  ['GET', '/tenants/acme/audit-events/export', 'audit:read'],
  ['GET', '/tenants/acme/audit-events/pull', 'audit:read'],
  ['GET', '/tenants/acme/audit-events/stream', 'audit:read'],
] as const;

describe('scopes', () => {
  it.each(ROUTES)('%s %s needs %s and nothing else will do', async (method, path, scope) => {
    const others = ALL_SCOPES.split(' ').filter((name) => name !== scope);
    const answer = await (await operatorWith(platform, others.join(' '))).request(method, path);
    expect(expectProblem(answer, 403, 'permission-denied').detail).toContain(scope);
    expect(answer.headers['www-authenticate']).toBe(`Bearer error="insufficient_scope", scope="${scope}"`);
  });

  it('are narrowed at the token endpoint', async () => {
    const reader = await operatorWith(platform, 'clients:read');
    expect((await reader.request('GET', '/tenants/acme/clients')).status).toBe(200);
    expectProblem(await reader.request('POST', '/tenants/acme/clients', {}), 403, 'permission-denied');
  });

  it('cannot be passed on by who does not have them', async () => {
    const limited = await operatorWith(platform, 'clients:write');
    const permissions = [managementPermission(platform, 'users:write')];
    const body = { grant_types: ['client_credentials'], permissions };
    const answer = await limited.request('POST', '/tenants/acme/clients', body);
    expect(expectProblem(answer, 403, 'permission-denied').detail).toContain('users:write');
  });
});

describe('a tenant admin', () => {
  it('manages the own tenant', async () => {
    await admin.create('/tenants/acme/users', { username: 'staff' });
    expect((await admin.patch('/tenants/acme', { display_name: 'Ours' }))['display_name']).toBe('Ours');
    const { data } = await admin.get<{ data: object[] }>('/tenants');
    expect(data).toEqual([expect.objectContaining({ slug: 'acme' })]);
  });

  it.each(['globex', 'system'])('sees nothing of %s: its addresses are as unknown as any other', async (slug) => {
    const { id } = await platform.operator.get<{ id: string }>(`/tenants/${slug}`);
    for (const name of [slug, id]) {
      for (const rest of [
        '',
        '/clients',
        '/users',
        '/passkeys',
        '/apis',
        '/keys',
        '/consents',
        '/audit-events',
        '/audit-events/export',
        '/audit-events/pull',
        '/audit-events/stream',
        '/clients/web',
      ]) {
        const theirs = await admin.request('GET', `/tenants/${name}${rest}`);
        const unknown = await admin.request('GET', `/tenants/nobody${rest}`);
        const { request_id: _, ...problem } = expectProblem(theirs, 404, 'not-found');
        expect(unknown.json()).toMatchObject(problem);
      }
    }
  });

  it.each([
    ['POST', '/tenants', { slug: 'mine', display_name: 'Mine' }],
    ['PATCH', '/tenants/acme', { status: 'suspended' }],
    ['DELETE', '/tenants/acme', undefined],
    ['DELETE', '/tenants/acme?immediately=true', undefined],
    ['POST', '/tenants/acme/deletion', { after_days: 1 }],
    ['GET', '/tenants/acme/deletion', undefined],
    ['DELETE', '/tenants/acme/deletion', undefined],
    ['GET', '/tenants/deletions', undefined],
    ['GET', '/tenants/deletions/x', undefined],
  ])('does not do what only operators do: %s %s %j', async (method, path, body) => {
    const answer = await admin.request(method, path, body, { 'if-match': '*' });
    expect(expectProblem(answer, 403, 'permission-denied').detail).toMatch(/operators/);
  });
});

describe('the API’s address', () => {
  it('is the platform’s, not a tenant’s', async () => {
    for (const base of [acme.issuer, acme.hostIssuer]) {
      const headers = { authorization: `Bearer ${platform.operator.token}` };
      expect((await send(`${base}/api/v1/tenants`, { headers })).status).toBe(404);
    }
  });

  it.each([
    ['PUT', '/tenants/acme'],
    ['POST', '/tenants/acme/keys'],
    ['GET', '/tenants/acme/nothing'],
    ['GET', '/tenants/'],
  ])('has no %s %s, and says where the list is', async (method, path) => {
    const problem = expectProblem(await platform.operator.request(method, path), 404, 'not-found');
    expect(problem.detail).toContain('/api/v1/openapi.json');
  });
});
