import { createHash, randomBytes } from 'node:crypto';
import { openSignInPage, signIn } from './browser.js';
import { expectJson, FORM_TYPE, form } from './http.js';
import { readyApp } from './second-factor.js';
import { REDIRECT_URI, usernameOf, usernameWithApp } from './targets.js';

/**
 * The same work for every target. `prepare` gives each of the parallel slots its operation: a function that does it
 * once and throws when the answer is not a success.
 */
export const WORKLOADS = [
  { id: 'A', name: 'client credentials → JWT (ES256)', prepare: clientCredentials('orders:read', 'api') },
  { id: 'B', name: 'client credentials → opaque', prepare: clientCredentials('stock:read', 'opaqueApi') },
  { id: 'C', name: 'introspection', prepare: introspection },
  { id: 'D', name: 'refresh with rotation', prepare: refresh },
  { id: 'E', name: 'code flow with sign-in and consent', prepare: codeFlow, slow: true },
  { id: 'F', name: 'JWKS', prepare: get('jwks') },
  { id: 'G', name: 'discovery', prepare: get('discovery') },
  { id: 'H', name: 'userinfo', prepare: userinfo },
  { id: 'I', name: 'sign-in page for a new browser', prepare: signInPage },
  { id: 'J', name: 'code flow, ID token RS256', prepare: codeFlowWithRs256, slow: true },
  // Of the platform alone, beside its own sign-in without a second factor.
  { id: 'K', name: 'code flow with a second factor', prepare: codeFlowWithFactor, slow: true, ownViews: true },
];

function clientCredentials(scope, api) {
  return async (target, connection) => {
    const body = form({ grant_type: 'client_credentials', scope, resource: target[api] });
    const request = { headers: { ...FORM_TYPE, authorization: target.machine }, body };
    return async () => expectJson(await connection.request('POST', target.paths.token, request), 'client credentials');
  };
}

async function introspection(target, connection) {
  const token = await (await clientCredentials('stock:read', 'opaqueApi')(target, connection))();
  const request = {
    headers: { ...FORM_TYPE, authorization: target.machine },
    body: form({ token: token.access_token }),
  };
  return async () => {
    const answer = await connection.request('POST', target.paths.introspection, request);
    if (expectJson(answer, 'introspection').active !== true) throw new Error(`Inactive: ${answer.text}`);
  };
}

async function refresh(target, connection, slot) {
  let { refresh_token: token } = await authorize(target, connection, slot, { openidScope: 'openid offline_access' });
  return async () => {
    const body = form({ grant_type: 'refresh_token', client_id: 'spa', refresh_token: token });
    const answer = await connection.request('POST', target.paths.token, { headers: FORM_TYPE, body });
    const { refresh_token: next } = expectJson(answer, 'refresh');
    if (!next || next === token) throw new Error('The refresh token was not rotated.');
    token = next;
  };
}

async function codeFlow(target, connection, slot) {
  return () => authorize(target, connection, slot, {});
}

/** The target says whether the people of this view have an authenticator app. */
async function codeFlowWithFactor(target, connection, slot) {
  if (!target.steps) return codeFlow(target, connection, slot);
  const username = usernameWithApp(slot);
  const app = await readyApp(target, connection, username);
  return async () => {
    await target.steps.forget(username);
    await authorize(target, connection, slot, { username, codeOn: app.code });
  };
}

async function codeFlowWithRs256(target, connection, slot) {
  return async () => {
    const { id_token: idToken = '' } = await authorize(target, connection, slot, { clientId: 'spa-rs256' });
    const { alg } = JSON.parse(Buffer.from(idToken.split('.')[0], 'base64url').toString());
    if (alg !== 'RS256') throw new Error(`The ID token is signed with ${alg}.`);
  };
}

function get(name) {
  return async (target, connection) => async () =>
    expectJson(await connection.request('GET', target.paths[name]), name);
}

async function userinfo(target, connection, slot) {
  // Without a resource: the token is for userinfo alone.
  const { access_token: token } = await authorize(target, connection, slot, { apiScope: '' });
  const request = { headers: { authorization: `Bearer ${token}` } };
  return async () => {
    const answer = await connection.request('GET', target.paths.userinfo, request);
    if (!expectJson(answer, 'userinfo').sub) throw new Error(`No subject: ${answer.text}`);
  };
}

async function signInPage(target, connection) {
  return () => openSignInPage(connection, authorizationRequest(target, {}).path);
}

function authorizationRequest(
  target,
  { clientId = 'spa', openidScope = 'openid', apiScope = ' orders:read', resource = target.api },
) {
  const verifier = randomBytes(32).toString('base64url');
  const query = form({
    client_id: clientId,
    redirect_uri: REDIRECT_URI,
    response_type: 'code',
    scope: openidScope + apiScope,
    ...(apiScope !== '' && { resource }),
    prompt: 'consent',
    state: 's',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  return { path: `${target.paths.authorization}?${query}`, clientId, verifier };
}

/** Sign-in in a fresh browser, consent, and the exchange of the code. */
async function authorize(target, connection, slot, wishes) {
  const { path, clientId, verifier } = authorizationRequest(target, wishes);
  const { username = usernameOf(slot), codeOn } = wishes;
  const user = { username, password: target.password, redirectUri: REDIRECT_URI, codeOn };
  const params = await signIn(connection, path, user);
  const code = params.get('code');
  if (!code) throw new Error(`No code: ${params}`);
  const fields = { grant_type: 'authorization_code', client_id: clientId, code, code_verifier: verifier };
  const body = form({ ...fields, redirect_uri: REDIRECT_URI });
  return expectJson(await connection.request('POST', target.paths.token, { headers: FORM_TYPE, body }), 'code');
}
