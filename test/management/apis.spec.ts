import { beforeAll, describe, expect, it } from '@jest/globals';
import { givenPlatform } from '../support/given.js';
import { expectInvalid, expectProblem } from '../support/problems.js';

const AT = '/tenants/acme/apis';
const SCOPES = [
  { name: 'orders:read', description: 'See orders', descriptions: { de: 'Bestellungen sehen' } },
  { name: 'orders:write', description: 'Change orders' },
];

const platform = givenPlatform();
let count = 0;

beforeAll(async () => {
  await platform.operator.create('/tenants', { slug: 'acme', display_name: 'Acme' });
});

const fresh = () => ({ identifier: `https://api-${(count += 1)}.acme.test`, display_name: 'Orders' });

describe('POST /apis', () => {
  it('answers 201 with the protected resource', async () => {
    const body = {
      identifier: 'https://api.acme.test/v1',
      display_name: 'Orders',
      scopes: SCOPES,
      access_token_format: 'opaque',
      access_token_lifetime_seconds: 300,
      introspection_client_ids: ['orders-api'],
    };
    const answer = await platform.operator.request('POST', AT, body);
    expect(answer.status).toBe(201);
    const { warnings, ...api } = answer.json<{ id: string; warnings: object[] }>();
    // No client of this identifier is registered.
    expect(warnings).toMatchObject([{ code: 'cannot_introspect', pointer: '/introspection_client_ids' }]);
    expect(api).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
      ...body,
      access_token_typ: 'at+jwt',
      roles_in_tokens: 'off',
      created_at: expect.any(String),
      updated_at: expect.any(String),
    });
    expect(answer.headers.location).toBe(`/api/v1${AT}/${api.id}`);
    expect(answer.headers.etag).toBe('"v1"');
    expect(await platform.operator.get(`${AT}/${api.id}`)).toEqual(api);
  });

  it('knows a resource in every spelling of its identifier', async () => {
    await platform.operator.create(AT, { ...fresh(), identifier: 'https://spelling.acme.test' });
    for (const identifier of ['https://spelling.acme.test/', 'HTTPS://Spelling.acme.test:443']) {
      const answer = await platform.operator.request('POST', AT, { ...fresh(), identifier });
      expect(answer.status).toBe(409);
      expect(answer.text).toContain('https://spelling.acme.test');
    }
    await platform.operator.create(AT, { ...fresh(), identifier: 'https://spelling.acme.test/v1' });
    await platform.operator.create(AT, { ...fresh(), identifier: 'https://spelling.acme.test/v1/' });
  });

  it('warns of an opaque API that nobody may ask about, and of scopes that another one has', async () => {
    const scopes = [{ name: 'ghosts:read', description: 'x' }];
    const first = await platform.operator.create(AT, { ...fresh(), scopes, access_token_format: 'opaque' });
    expect(first).toMatchObject({ warnings: [{ code: 'nobody_can_introspect' }] });
    const second = await platform.operator.create(AT, { ...fresh(), scopes });
    expect(second).toMatchObject({
      warnings: [{ code: 'shared_scope_name', detail: expect.stringContaining('ghosts') }],
    });
  });

  it('has defaults: JWTs of the tenant’s lifetime, no scopes', async () => {
    expect(await platform.operator.create(AT, fresh())).toMatchObject({
      scopes: [],
      access_token_format: 'jwt',
      access_token_lifetime_seconds: null,
      introspection_client_ids: [],
    });
  });

  it('refuses an identifier that is taken', async () => {
    const body = fresh();
    await platform.operator.create(AT, body);
    const problem = expectProblem(await platform.operator.request('POST', AT, body), 409, 'conflict');
    expect(problem.errors).toEqual([{ pointer: '/identifier', detail: 'is taken' }]);
  });

  it.each([
    ['/identifier', { display_name: 'X' }],
    ['/identifier', { ...fresh(), identifier: 'orders' }],
    ['/identifier', { ...fresh(), identifier: 'https://a.test/#x' }],
    ['/identifier', { ...fresh(), identifier: 'https://a.test/ü' }],
    ['/identifier', { ...fresh(), identifier: null }],
    ['/identifier', { ...fresh(), identifier: ['https://a.test'] }],
    ['/display_name', { ...fresh(), display_name: null }],
    ['/scopes', { ...fresh(), scopes: {} }],
    ['/scopes', { ...fresh(), scopes: 'orders:read' }],
    ['/scopes', { ...fresh(), scopes: [SCOPES[0], SCOPES[0]] }],
    ['/scopes', { ...fresh(), scopes: ['orders:read'] }],
    ['/scopes', { ...fresh(), scopes: [null] }],
    ['/scopes', { ...fresh(), scopes: [[SCOPES[0]]] }],
    ['/scopes/1/name', { ...fresh(), scopes: [SCOPES[0], { name: 'a b', description: 'x' }] }],
    ['/scopes/0/name', { ...fresh(), scopes: [{ name: 'openid', description: 'x' }] }],
    ['/scopes/0/description', { ...fresh(), scopes: [{ name: 'a' }] }],
    ['/scopes/0/colour', { ...fresh(), scopes: [{ name: 'a', description: 'x', colour: 'red' }] }],
    ['/scopes/0/descriptions', { ...fresh(), scopes: [{ name: 'a', description: 'x', descriptions: { de: 7 } }] }],
    ['/scopes/0/descriptions', { ...fresh(), scopes: [{ name: 'a', description: 'x', descriptions: [] }] }],
    ['/scopes/0/descriptions', { ...fresh(), scopes: [{ name: 'a', description: 'x', descriptions: { de: 'a\nb' } }] }],
    [
      '/scopes/0/descriptions',
      { ...fresh(), scopes: [{ name: 'a', description: 'x', descriptions: { de: '\u202eb' } }] },
    ],
    ['/access_token_format', { ...fresh(), access_token_format: 'saml' }],
    ['/access_token_lifetime_seconds', { ...fresh(), access_token_lifetime_seconds: '300' }],
    ['/access_token_lifetime_seconds', { ...fresh(), access_token_lifetime_seconds: 1e9 }],
    ['/introspection_client_ids', { ...fresh(), introspection_client_ids: [{}] }],
    ['/id', { ...fresh(), id: 'x' }],
  ])('names %s of %j', async (pointer, body) => {
    expectInvalid(await platform.operator.request('POST', AT, body), pointer);
  });

  it('refuses the addresses of the platform and of the tenant itself: their tokens are good elsewhere', async () => {
    const { addresses } = await platform.operator.get<{ addresses: string[] }>('/tenants/acme');
    const own = [platform.url, ...addresses].flatMap((address) => [address, `${address}/`, `${address}/api`]);
    for (const identifier of [...own, ...own.map((address) => address.replace('localhost', 'LOCALHOST'))]) {
      expectInvalid(await platform.operator.request('POST', AT, { ...fresh(), identifier }), '/identifier');
    }
  });

  it('takes what only begins like one', async () => {
    const identifier = platform.url.replace(/:\d+$/, ':1');
    for (const other of [`${identifier}0`, `${platform.url.replace('localhost', 'localhost.test')}/api`]) {
      const answer = await platform.operator.request('POST', AT, { ...fresh(), identifier: other });
      expect([other, answer.status]).toEqual([other, 201]);
    }
  });
});

describe('PATCH /apis/{api_id}', () => {
  it('changes what is named, and null goes back to the default', async () => {
    const { id } = await platform.operator.create(AT, {
      ...fresh(),
      scopes: SCOPES,
      access_token_format: 'opaque',
      access_token_lifetime_seconds: 120,
    });
    const path = `${AT}/${String(id)}`;
    const named = await platform.operator.patch(path, { display_name: 'New', scopes: [SCOPES[1]] });
    expect(named).toMatchObject({ display_name: 'New', scopes: [SCOPES[1]], access_token_lifetime_seconds: 120 });
    const nulls = { scopes: null, access_token_format: null, access_token_lifetime_seconds: null };
    expect(await platform.operator.patch(path, nulls)).toMatchObject({
      display_name: 'New',
      scopes: [],
      access_token_format: 'jwt',
      access_token_lifetime_seconds: null,
    });
  });

  it.each([
    ['/identifier', { identifier: 'https://other.test' }],
    ['/display_name', { display_name: null }],
    ['/scopes/0/name', { scopes: [{ name: 'email', description: 'x' }] }],
  ])('refuses %s', async (pointer, body) => {
    const { id } = await platform.operator.create(AT, fresh());
    expectInvalid(await platform.operator.request('PATCH', `${AT}/${String(id)}`, body, { 'if-match': '*' }), pointer);
  });
});

describe('DELETE /apis/{api_id}', () => {
  it('removes it, and the identifier is free again', async () => {
    const body = fresh();
    const { id } = await platform.operator.create(AT, body);
    expect((await platform.operator.request('DELETE', `${AT}/${String(id)}`)).status).toBe(204);
    expectProblem(await platform.operator.request('GET', `${AT}/${String(id)}`), 404, 'not-found');
    await platform.operator.create(AT, body);
  });

  it.each(['nobody', '01900000-0000-7000-8000-000000000000', 'a%00b'])('answers 404 for the id %s', async (id) => {
    for (const method of ['GET', 'PATCH', 'DELETE']) {
      const body = method === 'PATCH' ? {} : undefined;
      expectProblem(await platform.operator.request(method, `${AT}/${id}`, body), 404, 'not-found');
    }
  });
});
