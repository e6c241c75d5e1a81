import { createServer } from 'node:http';
import { verify } from '@node-rs/argon2';
import { exportJWK, generateKeyPair } from 'jose';
import { Provider } from 'oidc-provider';
import { FORM_TYPE } from '../http.js';
import { postgresAdapter } from './postgres-adapter.js';

/** `oidc-provider` with its in-memory adapter, or on PostgreSQL when DATABASE_URL is set. */
const { PORT, DATABASE_URL, PASSWORD_HASH, CLIENT_SECRET, REDIRECT_URI, API, OPAQUE_API } = process.env;
const issuer = `http://localhost:${PORT}`;
const keys = await Promise.all(['ES256', 'RS256'].map(makeKey));
const resourceScopes = { [API]: 'orders:read', [OPAQUE_API]: 'stock:read' };

const provider = new Provider(issuer, {
  ...(DATABASE_URL && { adapter: await postgresAdapter(DATABASE_URL) }),
  jwks: { keys },
  cookies: { keys: ['a-key-for-the-benchmark-only'] },
  clientDefaults: { id_token_signed_response_alg: 'ES256' },
  clients: [
    {
      client_id: 'machine',
      client_secret: CLIENT_SECRET,
      grant_types: ['client_credentials'],
      redirect_uris: [],
      response_types: [],
    },
    browserClient('spa', 'ES256'),
    browserClient('spa-rs256', 'RS256'),
  ],
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    introspection: { enabled: true, allowedPolicy: () => true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => undefined,
      useGrantedResource: () => true,
      getResourceServerInfo: (_, resource) => ({
        scope: resourceScopes[resource] ?? '',
        audience: resource,
        accessTokenTTL: 900,
        accessTokenFormat: resource === API ? 'jwt' : 'opaque',
        jwt: { sign: { alg: 'ES256' } },
      }),
    },
  },
  scopes: ['openid', 'offline_access'],
  pkce: { required: () => true },
  rotateRefreshToken: true,
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
  ttl: {
    AccessToken: 900,
    AuthorizationCode: 60,
    ClientCredentials: 900,
    Grant: 86400,
    IdToken: 900,
    Interaction: 600,
    RefreshToken: 86400,
    Session: 86400,
  },
});

const callback = provider.callback();
createServer((request, response) => {
  if (request.url.startsWith('/interaction/')) interact(request, response).catch((error) => fail(response, error));
  else callback(request, response);
}).listen(Number(PORT), '127.0.0.1');

async function makeKey(alg) {
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  return { ...(await exportJWK(privateKey)), alg, use: 'sig', kid: alg };
}

function browserClient(clientId, idTokenAlg) {
  return {
    client_id: clientId,
    token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'],
    redirect_uris: [REDIRECT_URI],
    id_token_signed_response_alg: idTokenAlg,
  };
}

async function interact(request, response) {
  const { prompt, params, session, grantId } = await provider.interactionDetails(request, response);
  if (request.method === 'GET') {
    showPage(response, request.url, prompt.name);
    return;
  }
  const fields = new URLSearchParams(await readBody(request));
  const merge = { mergeWithLastSubmission: false };
  if (prompt.name === 'login') {
    if (!(await verify(PASSWORD_HASH, fields.get('password') ?? ''))) throw new Error('The password is wrong.');
    await provider.interactionFinished(request, response, { login: { accountId: fields.get('username') } }, merge);
    return;
  }
  const existing = grantId && (await provider.Grant.find(grantId));
  const grant = existing || new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  grant.addResourceScope(API, resourceScopes[API]);
  await provider.interactionFinished(
    request,
    response,
    { consent: { grantId: await grant.save() } },
    { mergeWithLastSubmission: true },
  );
}

function showPage(response, action, prompt) {
  const inputs =
    '<label>User name <input name="username"></label><label>Password <input name="password" type="password"></label>';
  response
    .setHeader('content-type', 'text/html; charset=utf-8')
    .end(
      `<!doctype html><html lang="en"><title>Sign in</title><form method="post" action="${action}">` +
        `${prompt === 'login' ? inputs : ''}<button id="${prompt === 'login' ? 'login-submit' : 'consent-approve'}">Go on</button></form></html>`,
    );
}

async function readBody(request) {
  if (!request.headers['content-type']?.startsWith(FORM_TYPE['content-type'])) throw new Error('Not a form.');
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function fail(response, error) {
  response.statusCode = 500;
  response.end(error.stack);
}
