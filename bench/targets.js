import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { hash } from '@node-rs/argon2';
import { ROOT } from '../scripts/install.js';
import { basic, connect, expectJson, FORM_TYPE, form } from './http.js';
import { freePort } from '../scripts/free-port.js';
import { startServer } from './processes.js';

export const REDIRECT_URI = 'https://rp.test/cb';
const API = 'https://api.bench.test';
const OPAQUE_API = 'https://stock.bench.test';
const PASSWORD = 'correct horse battery staple';
/** As src/users/password-hasher.ts: the same work for everybody. */
const ARGON2 = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** The clients that people sign in to, and what signs their ID tokens. */
const ID_TOKEN_ALGORITHMS = [
  ['spa', 'ES256'],
  ['spa-rs256', 'RS256'],
];

/** One user for each sign-in that runs at the same time, and one who has an authenticator app. */
export const usernameOf = (slot) => `user-${slot}`;
export const usernameWithApp = (slot) => `app-user-${slot}`;

/** One for all processes of a run: several share a database. */
export const MASTER_KEY = randomBytes(32);

/**
 * The platform, one process with the settings of production. `node`: another program than the one that runs this;
 * `keys`: those of a database that was there before.
 */
export async function startTenantry(databaseUrl, { name = 'Tenantry', node, profile, keys } = {}) {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const operatorSecret = keys?.operatorSecret ?? randomBytes(32).toString('base64url');
  const began = Date.now();
  const server = await startServer({
    name,
    node,
    args: [
      // As it is started in production (Dockerfile).
      '--max-semi-space-size=8',
      ...(profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : []),
      join('dist', 'main.js'),
    ],
    env: {
      NODE_ENV: 'production',
      WORKERS: '1',
      HOST: '127.0.0.1',
      PORT: String(port),
      // Production refuses names of this machine; requests find their way by path, so the name is never looked up.
      PUBLIC_URL: `http://bench.test:${port}`,
      TENANT_HOST_SUFFIX: 'bench.test',
      ALLOW_INSECURE_HTTP: 'true',
      // Each browser names a network of its own (browser.js): what one network may begin is limited.
      TRUST_PROXY: '1',
      DATABASE_URL: databaseUrl,
      // Nobody listens there: what is mailed waits.
      ...(keys && { SMTP_URL: 'smtp://127.0.0.1:9', MAIL_FROM: 'bench@bench.test' }),
      MASTER_KEY: keys?.masterKey ?? MASTER_KEY.toString('base64'),
      BOOTSTRAP_CLIENT_SECRET: operatorSecret,
      BOOTSTRAP_ADMIN_PASSWORD: randomBytes(18).toString('base64url'),
    },
    readyUrl: `${origin}/health/ready`,
  });
  return { ...server, origin, operatorSecret, startedInMs: Date.now() - began };
}

/** The management API as the operator. */
export async function operatorOf({ origin, operatorSecret }, connections = 1) {
  const connection = connect(origin, connections);
  const answer = await connection.request('POST', '/t/system/token', {
    headers: { ...FORM_TYPE, authorization: basic('operator', operatorSecret) },
    body: form({ grant_type: 'client_credentials' }),
  });
  const authorization = `Bearer ${expectJson(answer, 'The operator’s token').access_token}`;
  return {
    create: async (path, body) => {
      const headers = { authorization, 'content-type': 'application/json' };
      const request = { headers, body: JSON.stringify(body) };
      return expectJson(await connection.request('POST', `/api/v1${path}`, request), `POST ${path}`);
    },
    /** Whatever version is there. */
    change: async (path, body) => {
      const headers = { authorization, 'content-type': 'application/json', 'if-match': '*' };
      const request = { headers, body: JSON.stringify(body) };
      return expectJson(await connection.request('PATCH', `/api/v1${path}`, request), `PATCH ${path}`);
    },
    get: async (path) =>
      expectJson(await connection.request('GET', `/api/v1${path}`, { headers: { authorization } }), `GET ${path}`),
    close: connection.close,
  };
}

const ORDERS = {
  identifier: API,
  display_name: 'Orders',
  scopes: [{ name: 'orders:read', description: 'See orders' }],
  access_token_format: 'jwt',
};
const STOCK = {
  identifier: OPAQUE_API,
  display_name: 'Stock',
  scopes: [{ name: 'stock:read', description: 'See stock' }],
  access_token_format: 'opaque',
};

/** A tenant with a machine and its APIs: what client credentials need. */
export async function createMachineTenant(operator, slug, apis = [ORDERS]) {
  await operator.create('/tenants', { slug, display_name: slug });
  for (const api of apis) await operator.create(`/tenants/${slug}/apis`, api);
  // A scope is bound to its API when it is given, so the APIs come first.
  const scope = apis.flatMap(({ scopes }) => scopes.map(({ name }) => name)).join(' ');
  const machine = { client_id: 'machine', grant_types: ['client_credentials'], scope };
  return (await operator.create(`/tenants/${slug}/clients`, machine)).client_secret;
}

export async function tenantryTarget(databaseUrl, { users, ...options }) {
  const server = await startTenantry(databaseUrl, options);
  const operator = await operatorOf(server);
  const secret = await createMachineTenant(operator, 'bench', [ORDERS, STOCK]);
  for (const [clientId, idTokenAlg] of ID_TOKEN_ALGORITHMS) {
    await operator.create('/tenants/bench/clients', {
      client_id: clientId,
      client_name: 'Single page',
      application_type: 'browser',
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      redirect_uris: [REDIRECT_URI],
      scope: 'openid offline_access orders:read',
      id_token_signed_response_alg: idTokenAlg,
    });
  }
  for (let slot = 0; slot < users; slot += 1) {
    for (const username of [usernameOf(slot), usernameWithApp(slot)]) {
      await operator.create('/tenants/bench/users', { username, password: PASSWORD });
    }
  }
  await operator.close();
  const paths = {
    token: '/t/bench/token',
    introspection: '/t/bench/introspect',
    authorization: '/t/bench/authorize',
    jwks: '/t/bench/jwks',
    discovery: '/t/bench/.well-known/openid-configuration',
    userinfo: '/t/bench/userinfo',
    signIn: '/t/bench/sign-in',
    appSetUp: '/t/bench/second-factor/enrol-totp',
  };
  return { ...server, ...common(secret), paths };
}

export async function peerTarget(name, databaseUrl) {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const secret = randomBytes(32).toString('base64url');
  const server = await startServer({
    name,
    args: [join('bench', 'peer', 'server.js')],
    env: {
      NODE_ENV: 'production',
      PORT: String(port),
      CLIENT_SECRET: secret,
      PASSWORD_HASH: await hash(PASSWORD, ARGON2),
      REDIRECT_URI,
      API,
      OPAQUE_API,
      ...(databaseUrl && { DATABASE_URL: databaseUrl }),
    },
    readyUrl: `${origin}/jwks`,
  });
  const paths = {
    token: '/token',
    introspection: '/token/introspection',
    authorization: '/auth',
    jwks: '/jwks',
    discovery: '/.well-known/openid-configuration',
    userinfo: '/me',
  };
  return { ...server, ...common(secret), origin, paths };
}

function common(secret) {
  return { machine: basic('machine', secret), password: PASSWORD, api: API, opaqueApi: OPAQUE_API };
}
