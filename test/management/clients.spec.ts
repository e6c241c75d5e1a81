import { beforeAll, describe, expect, it } from '@jest/globals';
import { basic, postForm, send } from '../support/http.js';
import { givenPlatform } from '../support/given.js';
import { expectInvalid, expectProblem } from '../support/problems.js';

const AT = '/tenants/acme/clients';
const MACHINE = { grant_types: ['client_credentials'], scope: 'orders:read' };
const WEB = { redirect_uris: ['https://rp.test/cb'] };

const platform = givenPlatform();

beforeAll(async () => {
  await platform.operator.create('/tenants', { slug: 'acme', display_name: 'Acme' });
  await platform.operator.create('/tenants/acme/apis', {
    identifier: 'https://api.acme.test',
    display_name: 'Orders',
    scopes: [{ name: 'orders:read', description: 'See orders' }],
  });
});

function tokenStatus(clientId: string, secret: string): Promise<number> {
  const form = { grant_type: 'client_credentials' };
  const authorization = basic(clientId, secret);
  return postForm(`${platform.url}/t/acme/token`, form, { authorization }).then(({ status }) => status);
}

describe('POST /clients', () => {
  it('answers 201 with the registration, its defaults, and the secret this once (RFC 7591 §3.2.1)', async () => {
    const body = { client_name: 'Shop', ...WEB, contacts: ['dev@rp.test'], client_uri: 'https://rp.test' };
    const answer = await platform.operator.request('POST', AT, body);
    expect(answer.status).toBe(201);
    const created = answer.json<{ client_id: string; client_secret: string }>();
    expect(created).toEqual({
      client_id: expect.stringMatching(/^client-[0-9a-f-]{36}$/),
      client_secret: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      client_secret_expires_at: 0,
      client_secrets: [{ id: expect.any(String), created_at: expect.any(String), expires_at: null }],
      client_name: 'Shop',
      application_type: 'web',
      token_endpoint_auth_method: null,
      grant_types: ['authorization_code'],
      response_types: ['code'],
      redirect_uris: ['https://rp.test/cb'],
      post_logout_redirect_uris: [],
      scope: 'openid profile email address phone',
      permissions: [],
      id_token_signed_response_alg: 'RS256',
      slim_id_token: false,
      contacts: ['dev@rp.test'],
      client_uri: 'https://rp.test',
      first_party: false,
      require_pkce: null,
      refresh_token_rotation: null,
      strict_assertion_audience: null,
      require_second_factor: false,
      optional_scopes: [],
      reviewed: false,
      reviewed_at: null,
      default_acr_values: [],
      default_max_age: null,
      enabled: true,
      client_id_issued_at: expect.any(Number),
      created_at: expect.any(String),
      updated_at: expect.any(String),
    });
    expect(answer.headers.location).toBe(`/api/v1/tenants/acme/clients/${created.client_id}`);
    expect(answer.headers.etag).toBe('"v1"');
    const { client_secret: _, client_secret_expires_at: __, ...rest } = created as Record<string, unknown>;
    const again = await platform.operator.request('GET', `${AT}/${created.client_id}`);
    expect(again.json()).toEqual(rest);
    const list = await platform.operator.request('GET', AT);
    expect(list.text).toContain(created.client_id);
    expect(list.text).not.toContain(created.client_secret);
  });

  it('keeps the identifier and the secret of an import', async () => {
    const secret = 'an imported secret, long enough';
    const body = { ...MACHINE, client_id: 'Old/System:7', client_secret: secret };
    const answer = await platform.operator.request('POST', AT, body);
    expect(answer.status).toBe(201);
    expect(answer.json()).toMatchObject({ client_id: 'Old/System:7', client_secret: secret });
    expect(answer.headers.location).toBe(`/api/v1${AT}/Old%2FSystem%3A7`);
    expect(await tokenStatus('Old/System:7', secret)).toBe(200);
    expect((await platform.operator.request('GET', `${AT}/Old%2FSystem%3A7`)).status).toBe(200);
  });

  it('gives a public client no secret', async () => {
    const created = await platform.operator.create(AT, { application_type: 'browser', ...WEB });
    expect(created).toMatchObject({ token_endpoint_auth_method: 'none', client_secrets: [] });
    expect(created).not.toHaveProperty('client_secret');
  });

  it('refuses the identifier of an API, and an API that of a client: ID tokens would pass for its tokens', async () => {
    const api = { identifier: 'https://confused.test/api', display_name: 'Confused' };
    await platform.operator.create(AT.replace('clients', 'apis'), api);
    for (const client_id of [api.identifier, 'https://CONFUSED.test:443/api', `${platform.url}/api`]) {
      const answer = await platform.operator.request('POST', AT, { ...MACHINE, client_id });
      expect(expectProblem(answer, 409, 'conflict').errors).toMatchObject([{ pointer: '/client_id' }]);
    }
    await platform.operator.create(AT, { ...MACHINE, client_id: 'urn:confused' });
    const other = { ...api, identifier: 'urn:confused' };
    const answer = await platform.operator.request('POST', AT.replace('clients', 'apis'), other);
    expect(expectProblem(answer, 409, 'conflict').errors).toMatchObject([{ pointer: '/identifier' }]);
  });

  it('refuses an identifier that is taken', async () => {
    await platform.operator.create(AT, { ...MACHINE, client_id: 'twice' });
    const answer = await platform.operator.request('POST', AT, { ...MACHINE, client_id: 'twice' });
    expect(expectProblem(answer, 409, 'conflict').errors).toEqual([{ pointer: '/client_id', detail: 'is taken' }]);
  });

  it.each([
    [{}, '/redirect_uris'],
    [{ redirect_uris: ['https://rp.test/cb', 'http://rp.test/cb'] }, '/redirect_uris/1'],
    [{ redirect_uris: ['https://rp.test/cb#x'] }, '/redirect_uris/0'],
    [{ redirect_uris: ['https://*.rp.test/cb'] }, '/redirect_uris/0'],
    [{ redirect_uris: ['javascript:alert(1)'] }, '/redirect_uris/0'],
    [{ redirect_uris: 'https://rp.test/cb' }, '/redirect_uris'],
    [{ redirect_uris: { 0: 'https://rp.test/cb' } }, '/redirect_uris'],
    [{ redirect_uris: [['https://rp.test/cb']] }, '/redirect_uris'],
    [{ ...WEB, client_name: 'a\nb' }, '/client_name'],
    [{ ...WEB, client_name: 'x'.repeat(201) }, '/client_name'],
    [{ ...WEB, client_name: {} }, '/client_name'],
    [{ ...WEB, scope: ['openid'] }, '/scope'],
    [{ ...WEB, grant_types: ['magic'] }, '/grant_types'],
    [{ ...WEB, response_types: ['code token'] }, '/grant_types'],
    [{ ...WEB, response_types: ['magic'] }, '/response_types'],
    [{ ...WEB, token_endpoint_auth_method: 'none', grant_types: ['client_credentials'] }, '/grant_types'],
    [{ ...WEB, token_endpoint_auth_method: 'private_key_jwt' }, '/jwks'],
    [{ ...WEB, jwks: [] }, '/jwks'],
    [{ ...WEB, jwks: { keys: [{ kty: 'oct', k: 'AAAA' }] } }, '/jwks'],
    [{ ...WEB, jwks: { keys: ['x'] } }, '/jwks/keys'],
    [{ ...WEB, client_id: 'a b' }, '/client_id'],
    [{ ...WEB, client_id: '' }, '/client_id'],
    [{ ...WEB, client_id: null }, '/client_id'],
    [{ ...WEB, client_id: '01900000-0000-7000-8000-000000000000' }, '/client_id'],
    [{ ...WEB, client_secret: 'short' }, '/client_secret'],
    [{ ...WEB, token_endpoint_auth_method: 'none', client_secret: 'a secret that is unused' }, '/client_secret'],
    [{ ...WEB, client_uri: 'javascript:alert(1)' }, '/client_uri'],
    [{ ...WEB, contacts: ['nobody'] }, '/contacts'],
    [{ ...WEB, enabled: 'yes' }, '/enabled'],
    [{ ...WEB, software_statement: 'x' }, '/software_statement'],
  ])('refuses %j', async (body, pointer) => {
    expectInvalid(await platform.operator.request('POST', AT, body), pointer);
  });
});

describe('PATCH /clients/{client_id}', () => {
  it('changes what is named, and null goes back to the default', async () => {
    const { client_id: id } = await platform.operator.create(AT, {
      ...WEB,
      client_name: 'A',
      tos_uri: 'https://rp.test/t',
    });
    const path = `${AT}/${String(id)}`;
    const patch = { client_name: null, tos_uri: null, scope: 'openid', policy_uri: 'https://rp.test/p' };
    const changed = await platform.operator.patch(path, patch);
    expect(changed).toMatchObject({ client_name: null, scope: 'openid', policy_uri: 'https://rp.test/p' });
    expect(changed).toMatchObject(WEB);
    expect(changed).not.toHaveProperty('tos_uri');
    expect(changed).not.toHaveProperty('client_secret');
    expect(await platform.operator.get(path)).toEqual(changed);
  });

  it('disables and enables without If-Match', async () => {
    const { client_id: id, client_secret: secret } = await platform.operator.create(AT, MACHINE);
    const path = `${AT}/${String(id)}`;
    expect((await platform.operator.request('PATCH', path, { enabled: false })).status).toBe(200);
    expect(await tokenStatus(String(id), String(secret))).toBe(401);
    expect((await platform.operator.request('PATCH', path, { enabled: true })).status).toBe(200);
    expect(await tokenStatus(String(id), String(secret))).toBe(200);
  });

  it.each([{ client_id: 'new' }, { client_secret: 'a brand new secret' }])('refuses %j', async (body) => {
    const { client_id: id } = await platform.operator.create(AT, MACHINE);
    const answer = await platform.operator.request('PATCH', `${AT}/${String(id)}`, body, { 'if-match': '*' });
    expectInvalid(answer, `/${Object.keys(body)[0]}`);
  });
});

describe('/clients/{client_id}/secrets', () => {
  it('lets two secrets overlap, so that a client changes over without an outage', async () => {
    const { client_id: id, client_secret: first, client_secrets } = await platform.operator.create(AT, MACHINE);
    const [old] = client_secrets as { id: string }[];
    const path = `${AT}/${String(id)}`;
    const answer = await platform.operator.request('POST', `${path}/secrets`);
    expect(answer.status).toBe(201);
    const second = answer.json();
    expect(second).toEqual({
      id: expect.any(String),
      client_secret: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      created_at: expect.any(String),
      expires_at: null,
    });
    expect(await tokenStatus(String(id), String(first))).toBe(200);
    expect(await tokenStatus(String(id), String(second['client_secret']))).toBe(200);

    const third = await platform.operator.request('POST', `${path}/secrets`);
    expect(expectProblem(third, 409, 'conflict').detail).toMatch(/delete one first/);

    expect((await platform.operator.request('DELETE', `${path}/secrets/${old?.id}`)).status).toBe(204);
    expect(await tokenStatus(String(id), String(first))).toBe(401);
    expect(await tokenStatus(String(id), String(second['client_secret']))).toBe(200);
    const shown = await platform.operator.request('GET', path);
    expect(shown.json()['client_secrets']).toHaveLength(1);
    expect(shown.text).not.toContain(String(second['client_secret']));
  });

  it.each(['01900000-0000-7000-8000-000000000000', 'nothing', 'a%00b'])(
    'answers 404 for the secret %s',
    async (secret) => {
      const { client_id: id } = await platform.operator.create(AT, MACHINE);
      expectProblem(
        await platform.operator.request('DELETE', `${AT}/${String(id)}/secrets/${secret}`),
        404,
        'not-found',
      );
    },
  );
});

describe('DELETE /clients/{client_id}', () => {
  it('removes the client at once', async () => {
    const { client_id: id, client_secret: secret } = await platform.operator.create(AT, MACHINE);
    expect((await platform.operator.request('DELETE', `${AT}/${String(id)}`)).status).toBe(204);
    expectProblem(await platform.operator.request('GET', `${AT}/${String(id)}`), 404, 'not-found');
    expect(await tokenStatus(String(id), String(secret))).toBe(401);
  });

  it.each(['nobody', 'a%00b', 'x'.repeat(500), '%F0%9F%92%A9'])('answers 404 for %s', async (id) => {
    for (const method of ['GET', 'DELETE']) {
      expectProblem(await platform.operator.request(method, `${AT}/${id}`), 404, 'not-found');
    }
  });

  it('protects the operator', async () => {
    const path = '/tenants/system/clients/operator';
    expectProblem(await platform.operator.request('DELETE', path), 409, 'conflict');
    expectProblem(await platform.operator.request('PATCH', path, { enabled: false }), 409, 'conflict');
  });
});

describe('What a registration will never do', () => {
  const codesOf = async (body: object) => {
    const { warnings = [] } = await platform.operator.create<{ warnings?: { code: string; pointer: string }[] }>(
      '/tenants/acme/clients',
      body,
    );
    return warnings.map(({ code, pointer }) => `${code} ${pointer}`);
  };
  const web = { redirect_uris: ['https://rp.test/cb'] };

  it.each<[object, string[]]>([
    [web, []],
    [{ ...web, scope: 'openid no-such:scope' }, ['unknown_scope /scope']],
    [{ ...web, scope: 'profile' }, ['openid_missing /scope']],
    [{ ...web, scope: 'openid offline_access' }, ['offline_access_unused /scope']],
    [
      { ...web, grant_types: ['implicit'], response_types: ['token'], scope: 'openid' },
      ['grant_type_forbidden /grant_types'],
    ],
    [{ grant_types: ['password'], scope: 'openid' }, ['grant_type_forbidden /grant_types']],
    [{ grant_types: ['client_credentials', 'refresh_token'] }, ['refresh_token_never_issued /grant_types']],
    [{ ...web, grant_types: ['client_credentials'], response_types: [] }, ['no_effect /redirect_uris']],
    [{ ...web, strict_assertion_audience: false }, ['no_effect /strict_assertion_audience']],
  ])('is said at once: %j', async (body, expected) => {
    expect(await codesOf(body)).toEqual(expected);
  });

  it('is said of a change too, and not shown later', async () => {
    const { client_id: id } = await platform.operator.create<{ client_id: string }>('/tenants/acme/clients', web);
    const at = `/tenants/acme/clients/${id}`;
    expect(await platform.operator.patch(at, { scope: 'openid no-such:scope' })).toMatchObject({
      warnings: [{ code: 'unknown_scope', detail: expect.stringContaining('no-such:scope') }],
    });
    expect(await platform.operator.get(at)).not.toHaveProperty('warnings');
  });

  it('is said of a tenant: what is idle for longer than it lives', async () => {
    const policy = { refresh_token_idle_lifetime_seconds: 7200, refresh_token_absolute_lifetime_seconds: 3600 };
    expect(await platform.operator.patch('/tenants/acme', { policy })).toMatchObject({
      warnings: [{ code: 'idle_longer_than_absolute', pointer: '/policy/refresh_token_idle_lifetime_seconds' }],
    });
    expect(await platform.operator.patch('/tenants/acme', { policy: null })).not.toHaveProperty('warnings');
  });
});

describe('The identifier of a client is a segment of its address', () => {
  it.each(['.', '..', '%2e', '%2E%2e', '.%2e', '../x', 'a/../b', 'a%2f..', 'a\\b', '%252e%252e', './a'])(
    'so %s is refused',
    async (client_id) => {
      const body = { client_id, grant_types: ['client_credentials'] };
      const answer = await platform.operator.request('POST', '/tenants/acme/clients', body);
      expect([answer.status, answer.json<{ errors: unknown }>().errors]).toEqual([
        400,
        [{ pointer: '/client_id', detail: expect.any(String) }],
      ]);
    },
  );

  it.each(['...', 'a.b', 'https://app.example/client', '%zz', 'a+b', 'a/b', '//', '?x#y', 'a%2Fb', 'urn:a:b'])(
    'and %s is reached where a browser looks for it',
    async (client_id) => {
      const body = { client_id, grant_types: ['client_credentials'] };
      const made = await platform.operator.request('POST', '/tenants/acme/clients', body);
      const address = new URL(String(made.headers.location), 'http://h').pathname.replace('/api/v1', '');
      expect(await platform.operator.get(address)).toMatchObject({ client_id });
      expect((await platform.operator.request('DELETE', address)).status).toBe(204);
    },
  );
});

describe('A redirect URI that a policy allows', () => {
  it('is refused with the name of the policy, and taken and used while the policy allows it', async () => {
    const body = { client_id: 'lan', redirect_uris: ['http://192.168.1.5:8080/cb'], require_pkce: false };
    const refused = await platform.operator.request('POST', '/tenants/acme/clients', body);
    expect([refused.status, refused.text]).toEqual([400, expect.stringContaining('allow_private_http_redirects')]);
    const ask = async () => {
      const query = new URLSearchParams({
        client_id: 'lan',
        redirect_uri: 'http://192.168.1.5:8080/cb',
        response_type: 'code',
        scope: 'openid',
        prompt: 'none',
      });
      const { issuer } = await platform.operator.get<{ issuer: string }>('/tenants/acme');
      return (await send(`${issuer}/authorize?${query.toString()}`, { headers: { accept: 'text/html' } })).status;
    };
    await platform.operator.patch('/tenants/acme', { policy: { allow_private_http_redirects: true } });
    await platform.operator.create('/tenants/acme/clients', body);
    expect(await ask()).toBe(303);
    await platform.operator.patch('/tenants/acme', { policy: null });
    expect(await ask()).toBe(400);
  });
});
