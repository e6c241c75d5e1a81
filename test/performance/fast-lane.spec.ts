import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type HttpAnswer, type HttpRequest, basic, encodeForm, send } from '../support/http.js';
import { type Platform, startPlatform } from '../support/platform.js';
import { type TenantFixture, createTenant, getTokens } from '../support/tenant-fixture.js';

type Case = readonly [name: string, path: string, request: HttpRequest];

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
/** Of the moment and not of the answer. */
const VARYING = ['date', 'connection', 'keep-alive'];

let fast: Platform;
/** The same platform with every request through Express. */
let slow: Platform;
let acme: TenantFixture;
let bearer: { jwt: string; opaque: string };

beforeAll(async () => {
  fast = await startPlatform({ fastLane: true });
  slow = await startPlatform({ beside: fast, fastLane: false });
  acme = await createTenant(fast, 'acme');
  await fast.operator.create('/tenants', { slug: 'closed', display_name: 'Closed' });
  await fast.operator.patch('/tenants/closed', { status: 'suspended' });
  const jwt = await getTokens(acme, { scope: 'openid orders:read' });
  const opaque = await getTokens(acme, { scope: 'openid stock:read' });
  bearer = { jwt: String(jwt['access_token']), opaque: String(opaque['access_token']) };
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
      const answers = await Promise.all([fast, slow].map((one) => ask(one, '/t/acme/introspect', request)));
      const [quick, usual] = answers.map((answer) => answer.json());
      expect(quick).toMatchObject({ active: true, sub: acme.aliceId });
      expect(quick).toEqual(usual);
    }
  });

  it('in the keys it publishes', async () => {
    const [quick, usual] = await Promise.all([fast, slow].map((one) => ask(one, '/t/acme/jwks', {})));
    expect(quick?.text).toBe(usual?.text);
  });

  it('also on a tenant’s own host', async () => {
    const headers = { host: new URL(acme.hostIssuer).host, authorization: machine() };
    for (const [path, request] of [
      ['/token', post({ grant_type: 'client_credentials', scope: 'orders:read' }, headers)],
      ['/jwks', { headers: { host: headers.host } }],
    ] as const) {
      const [quick, usual] = await Promise.all([ask(fast, path, request), ask(slow, path, request)]);
      expect([quick.status, comparable(quick)]).toEqual([200, comparable(usual)]);
    }
  });
});

/** What is sent: good requests, and every way of being wrong that comes before, at and after the choice of lane. */
function cases(): Case[] {
  const good = { grant_type: 'client_credentials', scope: 'orders:read' };
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
    ['introspection without token', '/t/acme/introspect', lazily(() => post({}, { authorization: web() }))],
    ['introspection of nonsense', '/t/acme/introspect', lazily(() => post({ token: 'x' }, { authorization: web() }))],
    ['introspection by nobody', '/t/acme/introspect', post({ token: 'x' })],
    ['introspection by a public client', '/t/acme/introspect', post({ token: 'x', client_id: 'spa' })],
  ];
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
    ...Object.fromEntries(kept),
    lengthIsRight: length === undefined || Number(length) === Buffer.byteLength(text),
  };
}

/** The members of the body, with their values where they cannot differ. */
function shapeOf({ headers, text }: HttpAnswer): unknown {
  if (!headers['content-type']?.includes('json') || text === '') return text.replaceAll(/[0-9a-f-]{36}/g, '<id>');
  const body = JSON.parse(text) as Record<string, unknown>;
  return { ...body, ...('access_token' in body && { access_token: typeof body['access_token'] }) };
}
