import { beforeAll, describe, expect, it } from '@jest/globals';
import { TestBrowser } from '../support/browser.js';
import { send } from '../support/http.js';
import { operatorWith } from '../support/management-access.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { expectProblem } from '../support/problems.js';
import { clientCredentials, getTokens } from '../support/tenant-fixture.js';

interface Operation {
  readonly method: string;
  /** With everything in it named. */
  readonly path: string;
  readonly scope: string;
}

type Described = Readonly<Record<string, { readonly security?: readonly Readonly<Record<string, string[]>>[] }>>;

const VERBS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const NAMES: Readonly<Record<string, string>> = { tenant: 'acme', client_id: 'web' };
const NOBODY = '01900000-0000-7000-8000-000000000000';

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');
let operations: Operation[];
/** Everything else that acme's people and machines have in their hands, by what it is. */
let others: [what: string, headers: Record<string, string>][];

beforeAll(async () => {
  operations = await findOperations();
  const browser = new TestBrowser();
  const tokens = await getTokens(acme, { scope: 'openid orders:read offline_access' }, browser);
  const opaque = await getTokens(acme, { scope: 'openid stock:read' });
  const machine = (await clientCredentials(acme, { scope: 'orders:read' })).json<Record<string, string>>();
  const bearer = (token: unknown) => ({ authorization: `Bearer ${String(token)}` });
  others = [
    ['an access token of a user', bearer(tokens['access_token'])],
    ['an opaque access token of a user', bearer(opaque['access_token'])],
    ['an access token of an ordinary client', bearer(machine['access_token'])],
    ['an ID token', bearer(tokens['id_token'])],
    ['a refresh token', bearer(tokens['refresh_token'])],
    ['a token cut short', bearer(platform.operator.token.slice(0, -1))],
    ['a token continued', bearer(`${platform.operator.token}A`)],
    ['a token in other case', bearer(platform.operator.token.toLowerCase())],
    ['a token without its signature', bearer(platform.operator.token.replace(/[^.]+$/, ''))],
    ['a good token under another scheme', { authorization: `Token ${platform.operator.token}` }],
    ['a good token in two parts', { authorization: `Bearer ${platform.operator.token} x` }],
    ['a good token as a cookie', { cookie: `access_token=${platform.operator.token}` }],
  ];
});

async function findOperations(): Promise<Operation[]> {
  const { paths } = (await send(`${platform.url}/api/v1/openapi.json`)).json<{ paths: Record<string, Described> }>();
  return Object.entries(paths).flatMap(([template, item]) =>
    Object.entries(item).map(([method, { security }]) => ({
      method: method.toUpperCase(),
      path: template.replace(/\{(\w+)\}/g, (_, name: string) => NAMES[name] ?? NOBODY),
      scope: security?.[0]?.['management']?.[0] ?? '',
    })),
  );
}

const call = (method: string, path: string, headers: Record<string, string> = {}, body?: string) =>
  send(`${platform.url}${path}`, {
    method,
    headers: { ...(body !== undefined && { 'content-type': 'application/json' }), 'if-match': '*', ...headers },
    ...(body !== undefined && { body }),
  });

const withAndWithoutToken = (): Record<string, string>[] => [
  {},
  { authorization: `Bearer ${platform.operator.token}` },
];

const bodyFor = (method: string) => (['POST', 'PUT', 'PATCH'].includes(method) ? '{}' : undefined);

describe('every operation that is described', () => {
  it('is refused without a token, before its body is judged, and with the challenge of RFC 6750 §3', async () => {
    expect(operations.length).toBeGreaterThan(0);
    for (const { method, path } of operations) {
      const answer = await call(method, path, {}, bodyFor(method));
      expect([method, path, answer.status]).toEqual([method, path, 401]);
      expectProblem(answer, 401, 'authentication-required');
      expect(answer.headers['www-authenticate']).toBe('Bearer realm="management"');
    }
  });

  it('is refused with whatever else a tenant’s people have', async () => {
    for (const { method, path } of operations) {
      for (const [what, headers] of others) {
        const { status, text } = await call(method, path, headers, bodyFor(method));
        expect([method, path, what, status]).toEqual([method, path, what, 401]);
        expect(text).not.toMatch(/alice|secret|redirect/);
      }
    }
  });

  it('opens with the one scope it names', async () => {
    const scopes = [...new Set(operations.map(({ scope }) => scope))];
    expect(scopes).not.toContain('');
    const holders = new Map<string, string>();
    for (const scope of scopes) holders.set(scope, (await operatorWith(platform, scope)).token);
    // What is named is not there, or body or version are wrong: the question is only who is let in.
    for (const { method, path, scope } of operations) {
      // A stream begins nowhere, or it would not end.
      const headers = {
        authorization: `Bearer ${holders.get(scope)}`,
        'if-match': '"v0"',
        'last-event-id': 'x',
      };
      const { status } = await call(method, path, headers, method === 'GET' ? undefined : '{"unknown":1}');
      expect([method, path, status]).not.toEqual([method, path, 403]);
      expect([method, path, status]).not.toEqual([method, path, 401]);
      expect(status).toBeLessThan(500);
    }
  });
});

describe('every other verb at a described address', () => {
  it('is as unknown as any other address, with and without a token', async () => {
    const described = new Set(operations.map(({ method, path }) => `${method} ${path}`));
    // An address can be that of one of a kind as well, whose id would be its last word.
    const isOneOfAKind = (method: string, path: string) =>
      [NOBODY, ...Object.values(NAMES)].some((name) =>
        operations.some((one) => one.method === method && one.path === path.replace(/[a-z-]+$/, name)),
      );
    for (const path of new Set(operations.map((operation) => operation.path))) {
      for (const method of VERBS) {
        const verb = method === 'HEAD' ? 'GET' : method;
        if (described.has(`${verb} ${path}`) || isOneOfAKind(verb, path)) continue;
        for (const headers of withAndWithoutToken()) {
          const { status } = await call(method, path, headers, bodyFor(method));
          expect([method, path, status]).toEqual([method, path, 404]);
        }
      }
    }
  });

  it('HEAD says what GET would, and no more', async () => {
    const head = await call('HEAD', '/api/v1/tenants/acme', { authorization: `Bearer ${platform.operator.token}` });
    expect([head.status, head.text]).toEqual([200, '']);
    expect((await call('HEAD', '/api/v1/tenants/acme')).status).toBe(401);
  });
});

describe('another spelling of a protected address', () => {
  it.each([
    '/api/v1/tenants/',
    '/api/v1/tenants#x',
    '//api/v1/tenants',
    '/api//v1/tenants',
    '/api/v1//tenants',
    '/api/./v1/tenants',
    '/x/../api/v1/tenants',
    '/api/v1/tenants;x',
    '/api/v1/tenants.json',
    '/api/v1/tenants%20',
    '/api/v1/tenants%00',
    '/api/v1%2ftenants',
    '/API/v1/tenants',
    '/api/v1/Tenants',
    '/%61pi/v1/tenants',
    '/api/v2/tenants',
    '/api/v1/tenants/acme/',
    '/api/v1/tenants/acme/clients/',
  ])('%s opens no door', async (path) => {
    for (const headers of withAndWithoutToken()) {
      const answer = await call('GET', path, headers);
      expect([path, answer.status]).toEqual([path, 404]);
      expect(answer.text).not.toContain('acme.localhost');
    }
  });

  it.each(['?', '?x', '?access_token=1'])('…/tenants%s is the same door', async (more) => {
    expect((await call('GET', `/api/v1/tenants${more}`)).status).toBe(401);
  });
});

describe('the undocumented', () => {
  it.each([
    '/metrics',
    '/docs',
    '/swagger',
    '/api',
    '/api/v1',
    '/api/v1/docs',
    '/api/v1/debug',
    '/api/v1/health',
    '/graphql',
    '/.env',
    '/.git/config',
    '/debug',
    '/admin',
    '/main.js.map',
    '/dev',
    '/dev/mails',
  ])('%s is not there', async (path) => {
    expect((await call('GET', path)).status).toBe(404);
  });
});
