import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { allowedMethods } from '../../src/protocol/allowed-methods.js';
import { ENDPOINTS, type ProtocolEndpoint } from '../../src/protocol/endpoint.js';
import { type HttpAnswer, type HttpRequest, basic, encodeForm, send } from '../support/http.js';
import { type Platform, startPlatform } from '../support/platform.js';
import { type TenantFixture, createTenant, getTokens } from '../support/tenant-fixture.js';

type Case = readonly [name: string, path: string, request: HttpRequest];

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const CLIENT_CREDENTIALS = { grant_type: 'client_credentials', scope: 'orders:read' };
const METADATA = ['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server'];
/** Of the moment and not of the answer. */
const VARYING = ['date', 'connection', 'keep-alive'];

let fast: Platform;
/** The same platform with every request through Express. */
let slow: Platform;
let acme: TenantFixture;
let bearer: { jwt: string; opaque: string; ofMachine: string };

beforeAll(async () => {
  fast = await startPlatform({ fastLane: true });
  slow = await startPlatform({ beside: fast, fastLane: false });
  acme = await createTenant(fast, 'acme');
  await fast.operator.create('/tenants', { slug: 'closed', display_name: 'Closed' });
  await fast.operator.patch('/tenants/closed', { status: 'suspended' });
  await fast.operator.create('/tenants', {
    slug: 'own-policy',
    display_name: 'Own policy',
    policy: { allow_password_grant: true },
  });
  const jwt = await getTokens(acme, { scope: 'openid orders:read' });
  const opaque = await getTokens(acme, { scope: 'openid stock:read' });
  const machines = await ask(fast, '/t/acme/token', post(CLIENT_CREDENTIALS, { authorization: machine() }));
  bearer = {
    jwt: String(jwt['access_token']),
    opaque: String(opaque['access_token']),
    ofMachine: String(machines.json()['access_token']),
  };
});
afterAll(async () => {
  await slow.stop();
  await fast.stop();
});

describe('The fast lane answers as Express does', () => {
  it.each(cases())('%s', async (_, path, request) => {
    const [quick, usual] = await Promise.all([ask(fast, path, request), ask(slow, path, request)]);
    expect(quick.status).toBe(usual.status);
    expect(comparable(quick)).toEqual(comparable(usual));
    expect(shapeOf(quick)).toEqual(shapeOf(usual));
  });

  it('in what it tells a protected resource about a token', async () => {
    for (const token of [bearer.jwt, bearer.opaque]) {
      const request = post({ token }, { authorization: basic('orders-api', acme.secrets['orders-api']) });
      const [quick, usual] = await askBoth('/t/acme/introspect', request);
      expect(quick.json()).toMatchObject({ active: true, sub: acme.aliceId });
      expect(exact(quick)).toEqual(exact(usual));
    }
  });

  it('in what it tells about a person', async () => {
    for (const token of [bearer.jwt, bearer.opaque]) {
      const authorization = `Bearer ${token}`;
      for (const request of [
        { headers: { authorization } },
        post({}, { authorization }),
        post({ access_token: token }),
      ]) {
        const [quick, usual] = await askBoth('/t/acme/userinfo', request);
        expect(quick.json()).toEqual({ sub: acme.aliceId });
        expect(exact(quick)).toEqual(exact(usual));
      }
    }
  });

  it('in taking a token back', async () => {
    for (const scope of ['openid orders:read', 'openid stock:read']) {
      const [one, other] = [await getTokens(acme, { scope }), await getTokens(acme, { scope })];
      const [quick, usual] = await Promise.all([
        ask(fast, '/t/acme/revoke', post({ token: String(one['access_token']) }, { authorization: web() })),
        ask(slow, '/t/acme/revoke', post({ token: String(other['access_token']) }, { authorization: web() })),
      ]);
      expect(exact(quick)).toEqual(exact(usual));
      for (const tokens of [one, other]) {
        const headers = { authorization: `Bearer ${String(tokens['access_token'])}` };
        const answers = await askBoth('/t/acme/userinfo', { headers });
        expect(answers.map(({ status }) => status)).toEqual([401, 401]);
      }
    }
  });

  it.each(['/jwks', ...METADATA])('to the byte in what everybody may know: %s', async (path) => {
    const addresses = [
      [`/t/acme${path}`, {}],
      [path, { host: new URL(acme.hostIssuer).host }],
      ['/t/own-policy' + path, {}],
    ] as const;
    const texts = new Set<string>();
    for (const [target, headers] of addresses) {
      const [quick, usual] = await askBoth(target, { headers });
      expect(quick.status).toBe(200);
      expect(exact(quick)).toEqual(exact(usual));
      texts.add(quick.text);
    }
    // Two tenants have two key sets; each address of a tenant is an issuer of its own.
    expect(texts.size).toBe(path === '/jwks' ? 2 : 3);
  });

  it('and describes a tenant as it is after a change of its policy', async () => {
    const grantTypes = async () => {
      const answer = await ask(fast, '/t/own-policy/.well-known/openid-configuration', {});
      return answer.json<{ grant_types_supported: string[] }>().grant_types_supported;
    };
    expect(await grantTypes()).toContain('password');
    await fast.operator.patch('/tenants/own-policy', { policy: { allow_password_grant: false } });
    expect(await grantTypes()).not.toContain('password');
  });

  it('also on a tenant’s own host', async () => {
    const headers = { host: new URL(acme.hostIssuer).host, authorization: machine() };
    const request = post({ grant_type: 'client_credentials', scope: 'orders:read' }, headers);
    const [quick, usual] = await askBoth('/token', request);
    expect([quick.status, comparable(quick)]).toEqual([200, comparable(usual)]);
  });
});

describe('The endpoints', () => {
  it('are each routed by Express as they are declared', () => {
    const endpoints = fast.application.nest.get<readonly ProtocolEndpoint[]>(ENDPOINTS, { strict: false });
    const app = fast.application.nest.getHttpAdapter().getInstance();
    for (const { paths, methods } of endpoints) {
      for (const path of paths) expect([path, allowedMethods({ app, path })]).toEqual([path, methods]);
    }
  });
});

/** What is sent: good requests, and every way of being wrong that comes before, at and after the choice of lane. */
function cases(): Case[] {
  const good = CLIENT_CREDENTIALS;
  const token = (name: string, request: () => HttpRequest): Case => [name, '/t/acme/token', lazily(request)];
  const raw = (body: string, headers: HttpRequest['headers'] = {}) => ({
    method: 'POST',
    body,
    headers: { ...FORM, authorization: machine(), ...headers },
  });
  return [
    token('client credentials', () => post(good, { authorization: machine() })),
    token('client credentials, opaque', () => post({ ...good, scope: 'stock:read' }, { authorization: machine() })),
    token('from a web page', () => post(good, { authorization: machine(), origin: 'https://spa.test' })),
    token('with a charset', () => raw(encodeForm(good), { 'content-type': `${FORM['content-type']}; charset=UTF-8` })),
    token('no authentication', () => post(good)),
    token('wrong secret', () => post(good, { authorization: basic('machine', 'wrong') })),
    token('unknown client', () => post(good, { authorization: basic('nobody', 'wrong') })),
    token('broken Basic', () => post(good, { authorization: 'Basic !!!' })),
    token('another scheme', () => post(good, { authorization: 'Negotiate abc' })),
    token('two authentications', () => post({ ...good, client_secret: 'x' }, { authorization: machine() })),
    token('two clients', () => post({ ...good, client_id: 'web' }, { authorization: machine() })),
    token('no grant type', () => post({ scope: 'orders:read' }, { authorization: machine() })),
    token('empty grant type', () => post({ grant_type: '' }, { authorization: machine() })),
    token('unknown grant type', () => post({ grant_type: 'magic' }, { authorization: machine() })),
    token('grant type of others', () => post({ grant_type: 'password' }, { authorization: machine() })),
    token('repeated parameter', () => post({ ...good, scope: ['a', 'b'] }, { authorization: machine() })),
    token('unknown scope', () => post({ ...good, scope: 'moon:walk' }, { authorization: machine() })),
    token('unknown resource', () => post({ ...good, resource: 'https://no.test' }, { authorization: machine() })),
    token('unknown code', () => post({ grant_type: 'authorization_code', code: 'x' }, { authorization: web() })),
    token('unknown refresh token', () => post({ grant_type: 'refresh_token', client_id: 'spa', refresh_token: 'x' })),
    token('JSON', () => raw(JSON.stringify(good), { 'content-type': 'application/json' })),
    token('no content type', () => raw(encodeForm(good), { 'content-type': undefined })),
    token('multipart', () => raw('--x--', { 'content-type': 'multipart/form-data; boundary=x' })),
    token('broken percent-encoding', () => raw('grant_type=%zz')),
    token('invalid UTF-8', () => raw('grant_type=%ff%fe')),
    token('NUL', () => raw('grant_type=client_credentials%00')),
    token('empty body', () => raw('')),
    token('for a person', () => post(good, { authorization: machine(), accept: 'text/html' })),
    token('with an expectation', () => post(good, { authorization: machine(), expect: '100-continue' })),
    token('with a coding', () => raw('x', { 'content-encoding': 'gzip' })),
    token('too large', () => raw(`grant_type=${'x'.repeat(70_000)}`)),
    token('chunked', () => raw(encodeForm(good), { 'transfer-encoding': 'chunked' })),
    ['a query at the token endpoint', '/t/acme/token?grant_type=client_credentials', lazily(() => raw(''))],
    ['GET at the token endpoint', '/t/acme/token', {}],
    ['PUT at the token endpoint', '/t/acme/token', { method: 'PUT', body: 'x', headers: FORM }],
    ['HEAD of the keys', '/t/acme/jwks', { method: 'HEAD' }],
    ['POST to the keys', '/t/acme/jwks', { method: 'POST', body: 'x', headers: FORM }],
    ['preflight', '/t/acme/token', preflight()],
    ['trailing slash', '/t/acme/token/', lazily(() => post(good, { authorization: machine() }))],
    ['another case', '/t/acme/Token', lazily(() => post(good, { authorization: machine() }))],
    ['no tenant', '/token', lazily(() => post(good, { authorization: machine() }))],
    ['unknown tenant', '/t/nobody/token', lazily(() => post(good, { authorization: machine() }))],
    ['suspended tenant', '/t/closed/token', lazily(() => post(good, { authorization: machine() }))],
    ['keys', '/t/acme/jwks', {}],
    ['keys for a web page', '/t/acme/jwks', { headers: { origin: 'https://spa.test' } }],
    ['keys of an unknown tenant', '/t/nobody/jwks', {}],
    ['keys with a query', '/t/acme/jwks?x=1', {}],
    ['revocation by nobody', '/t/acme/revoke', post({ token: 'x' })],
    ['revocation without token', '/t/acme/revoke', lazily(() => post({}, { authorization: web() }))],
    ['revocation of nonsense', '/t/acme/revoke', lazily(() => post({ token: 'x' }, { authorization: web() }))],
    ['revocation of a broken JWT', '/t/acme/revoke', lazily(() => post({ token: 'a.b.c' }, { authorization: web() }))],
    ['revocation by a public client', '/t/acme/revoke', post({ token: 'x', client_id: 'spa' })],
    ['revocation with a hint', '/t/acme/revoke', post({ token: 'x', client_id: 'spa', token_type_hint: 'odd' })],
    [
      'revocation for a web page',
      '/t/acme/revoke',
      post({ token: 'x', client_id: 'spa' }, { origin: 'https://a.test' }),
    ],
    ['revocation, repeated', '/t/acme/revoke', post({ token: ['x', 'y'], client_id: 'spa' })],
    ['GET at the revocation endpoint', '/t/acme/revoke', {}],
    ['preflight of revocation', '/t/acme/revoke', preflight()],
    ['preflight of introspection', '/t/acme/introspect', preflight()],
    ['GET at the introspection endpoint', '/t/acme/introspect', {}],
    ...METADATA.flatMap((path): Case[] => [
      [`${path} for a web page`, `/t/acme${path}`, { headers: { origin: 'https://spa.test' } }],
      [`${path} for a person`, `/t/acme${path}`, { headers: { accept: 'text/html' } }],
      [`${path} of an unknown tenant`, `/t/nobody${path}`, {}],
      [`${path} of an unknown tenant for a person`, `/t/nobody${path}`, { headers: { accept: 'text/html' } }],
      [`${path} of a suspended tenant`, `/t/closed${path}`, {}],
      [`${path} in the inserted form`, `${path}/t/acme`, {}],
      [`${path} in the inserted form of nobody`, `${path}/t/nobody`, {}],
      [`${path} without a tenant`, path, {}],
      [`${path} with a query`, `/t/acme${path}?x=1`, {}],
      [`${path} with a slash`, `/t/acme${path}/`, {}],
      [`HEAD of ${path}`, `/t/acme${path}`, { method: 'HEAD' }],
      [`POST to ${path}`, `/t/acme${path}`, post({})],
      [`preflight of ${path}`, `/t/acme${path}`, preflight()],
    ]),
    userinfo('without a token', {}),
    userinfo('with an empty token', { headers: { authorization: 'Bearer ' } }),
    userinfo('with another scheme', { headers: { authorization: 'Basic YTpi' } }),
    userinfo('with nonsense', { headers: { authorization: 'Bearer nonsense' } }),
    userinfo('with a broken token', { headers: { authorization: 'Bearer !!' } }),
    userinfo('with a broken JWT', { headers: { authorization: 'Bearer a.b.c' } }),
    userinfo('with a long token', { headers: { authorization: `Bearer ${'x'.repeat(9000)}` } }),
    userinfo('with a token in the query', {}, '?access_token=x'),
    userinfo('from a web page', { headers: { origin: 'https://spa.test', authorization: 'Bearer x' } }),
    userinfo('preflight', preflight()),
    userinfo('HEAD', { method: 'HEAD' }),
    userinfo('PUT', { method: 'PUT', body: 'x' }),
    userinfo('POST without a body', { method: 'POST', headers: { authorization: 'Bearer x' } }),
    userinfo('POST of an empty body', { method: 'POST', body: '', headers: { authorization: 'Bearer x' } }),
    userinfo('POST of a token', post({ access_token: 'x' })),
    userinfo('POST of two tokens', post({ access_token: ['x', 'y'] })),
    userinfo('POST of a token beside that of the header', post({ access_token: 'x' }, { authorization: 'Bearer x' })),
    userinfo('POST of JSON', { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }),
    userinfo('POST in chunks', post({ access_token: 'x' }, { 'transfer-encoding': 'chunked' })),
    userinfo('POST of too much', post({ access_token: 'x'.repeat(70_000) })),
    ['userinfo of an unknown tenant', '/t/nobody/userinfo', { headers: { authorization: 'Bearer x' } }],
    [
      'userinfo for the token of a machine',
      '/t/acme/userinfo',
      lazily(() => ({ headers: { authorization: `Bearer ${bearer.ofMachine}` } })),
    ],
    [
      'userinfo for the token of another tenant',
      '/t/own-policy/userinfo',
      lazily(() => ({ headers: { authorization: `Bearer ${bearer.jwt}` } })),
    ],
    ['introspection without token', '/t/acme/introspect', lazily(() => post({}, { authorization: web() }))],
    ['introspection of nonsense', '/t/acme/introspect', lazily(() => post({ token: 'x' }, { authorization: web() }))],
    ['introspection by nobody', '/t/acme/introspect', post({ token: 'x' })],
    ['introspection by a public client', '/t/acme/introspect', post({ token: 'x', client_id: 'spa' })],
  ];
}

function userinfo(name: string, request: HttpRequest, query = ''): Case {
  return [`userinfo ${name}`, `/t/acme/userinfo${query}`, request];
}

/** Secrets are known when the tenant is made, and the table of cases before. */
function lazily(make: () => HttpRequest): HttpRequest {
  return {
    get method() {
      return make().method ?? 'GET';
    },
    get headers() {
      return make().headers ?? {};
    },
    get body() {
      return make().body ?? '';
    },
  };
}

function askBoth(path: string, request: HttpRequest): Promise<[HttpAnswer, HttpAnswer]> {
  return Promise.all([ask(fast, path, request), ask(slow, path, request)]);
}

function ask(platform: Platform, path: string, request: HttpRequest): Promise<HttpAnswer> {
  const { host } = new URL(fast.url);
  return send(`http://localhost:${platform.config.listen.port}${path}`, {
    ...(request.method !== undefined && { method: request.method }),
    ...(request.body !== undefined && { body: request.body }),
    headers: { host, ...request.headers },
  });
}

function post(form: Parameters<typeof encodeForm>[0], headers: HttpRequest['headers'] = {}): HttpRequest {
  return { method: 'POST', body: encodeForm(form), headers: { ...FORM, ...headers } };
}

function preflight(): HttpRequest {
  const headers = { origin: 'https://spa.test', 'access-control-request-method': 'POST' };
  return { method: 'OPTIONS', headers };
}

function machine(): string {
  return basic('machine', acme.secrets.machine);
}

function web(): string {
  return basic('web', acme.secrets.web);
}

/** Every header but those of the moment; the length of a token varies with its contents. */
function comparable({ headers, text }: HttpAnswer): Record<string, unknown> {
  const { 'content-length': length, ...others } = headers;
  const kept = Object.entries(others).filter(([name]) => !VARYING.includes(name));
  return {
    ...Object.fromEntries(kept.map(([name, value]) => [name, withoutNonce(String(value))])),
    lengthIsRight: length === undefined || Number(length) === Buffer.byteLength(text),
  };
}

/** A page’s content security policy names a new nonce each time. */
function withoutNonce(text: string): string {
  return text.replaceAll(/(nonce(?:-|="))[\w-]+/g, '$1');
}

/** All of an answer that the moment does not decide. */
function exact(answer: HttpAnswer): unknown {
  return [answer.status, answer.text, { ...comparable(answer), length: answer.headers['content-length'] }];
}

/** The members of the body, with their values where they cannot differ. */
function shapeOf({ headers, text }: HttpAnswer): unknown {
  if (!headers['content-type']?.includes('json') || text === '')
    return withoutNonce(text).replaceAll(/[0-9a-f-]{36}/g, '<id>');
  const body = JSON.parse(text) as Record<string, unknown>;
  return { ...body, ...('access_token' in body && { access_token: typeof body['access_token'] }) };
}
