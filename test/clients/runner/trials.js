import { createRemoteJWKSet, jwtVerify } from 'jose';
import * as openid from 'openid-client';
import { freePort } from '../../../scripts/free-port.js';
import { API, PERSON } from './platform.js';
import { Browser, textOf } from './browser.js';
import { Program } from './program.js';

/**
 * One trial for each kind of client. Each takes the platform and the client's description, and gives what was done as a
 * list of words. It throws when something did not go as the client's documentation promises.
 */
export const TRIALS = { web, native, api, machine, page, kubernetes };

/** A program that serves an application: a person signs in there. */
async function web(platform, client) {
  const port = await freePort();
  const { program, url, registration } = await begin(platform, client, port);
  try {
    await program.listens(port);
    const browser = new Browser(PERSON);
    let page = await browser.open(`${url}${client.login ?? '/login'}`);
    if (client.form) page = await browser.submit(page, client.form);
    if (client.then) page = await browser.open(`${url}${client.then}`);
    const did = [...new Set(browser.did)];
    did.push(...judge(page, { platform, client, program }));
    if (client.logout) {
      await browser.open(`${url}${client.logout}`);
      if (!(await browser.isAskedToSignIn(authorizationOf(platform, registration)))) {
        throw new Error('the session goes on after the sign-out');
      }
      did.push('sign-out');
    }
    return did;
  } finally {
    await program.stop();
  }
}

/** A program of the command line: it prints the address that the person's browser is to open. */
async function native(platform, client) {
  const port = await freePort();
  const { program } = await begin(platform, client, port);
  try {
    const [, address] = await program.says(/(https?:\/\/\S+)/);
    const browser = new Browser(PERSON);
    const page = await browser.open(address);
    const code = await Promise.race([program.ended, elapsed(60_000)]);
    if (code !== 0) throw new Error(`ended with ${code}: ${program.words} ${textOf(page.text)}`);
    const told = { status: 200, text: program.output.trim().split('\n').at(-1) };
    return [...new Set(browser.did), ...judge(told, { platform, client, program })];
  } finally {
    await program.stop();
  }
}

/** A resource server: takes a good token and nothing else. */
async function api(platform, client) {
  const port = await freePort();
  const own = client.api && (await platform.protect({ name: idOf(client), ...client.api }));
  const given = { PORT: String(port), ISSUER: platform.issuer, AUDIENCE: own?.identifier ?? API };
  const program = new Program(commandOf(client), { env: { ...given, ...client.env?.({ given }) } });
  try {
    await program.listens(port);
    const good = await (own ? own.token() : platform.token('orders:read'));
    const [header, payload, signature] = good.split('.');
    const claims = JSON.parse(Buffer.from(payload, 'base64url'));
    const forged = Buffer.from(JSON.stringify({ ...claims, sub: 'somebody' })).toString('base64url');
    const cases = [
      ['good token', good, [200]],
      ['no token', undefined, [401]],
      ['forged token', `${header}.${forged}.${signature}`, [401]],
      ['token for another API', await platform.token('stock:read'), [401, 403]],
      ['token of another tenant', await platform.other.token('orders:read'), [401]],
    ];
    for (const [what, token, wanted] of cases) {
      const headers = token ? { authorization: `Bearer ${token}` } : {};
      const answer = await fetch(`http://localhost:${port}${client.path ?? '/orders'}`, { headers });
      const text = await answer.text();
      if (wanted.includes(answer.status)) continue;
      const challenge = answer.headers.get('www-authenticate') ?? '';
      throw new Error(`${what}: ${answer.status} ${challenge} ${textOf(text)} ${program.words}`);
    }
    return ['access token', `${cases.length - 1} wrong ones refused`];
  } finally {
    await program.stop();
  }
}

/** A machine: prints its access token. */
async function machine(platform, client) {
  const registration = await platform.register({
    client_id: idOf(client),
    grant_types: ['client_credentials'],
    scope: 'orders:read',
    ...client.register,
  });
  const program = new Program(commandOf(client), { env: environment(platform, registration, 0, '') });
  const code = await program.ended;
  if (code !== 0) throw new Error(`ended with ${code}: ${program.words}`);
  const token = program.output.trim().split('\n').at(-1) ?? '';
  const keys = createRemoteJWKSet(new URL(`${platform.issuer}/jwks`));
  await jwtVerify(token, keys, { issuer: platform.issuer, audience: API });
  return ['client credentials', 'access token for the API'];
}

/** An application in the browser, in Chromium. */
async function page(platform, client) {
  const port = await freePort();
  const { program, url } = await begin(platform, client, port);
  const { launch } = await import('../../../scripts/chromium.js');
  const chromium = await launch();
  try {
    await program.listens(port);
    const tab = await chromium.newPage();
    await tab.goto(url);
    await tab.click('#sign-in');
    await tab.fill('[name=username]', PERSON.username);
    await tab.fill('[name=password]', PERSON.password);
    await tab.click('#login-submit');
    const result = tab.locator('#result');
    const approve = tab.locator('#consent-approve');
    await approve.or(result).first().waitFor();
    if (await approve.isVisible()) await approve.click();
    await result.filter({ hasText: '{' }).waitFor();
    const told = { status: 200, text: (await result.textContent()) ?? '' };
    return ['sign-in', 'consent', ...judge(told, { platform, client, program })];
  } finally {
    await chromium.close();
    await program.stop();
  }
}

/**
 * The API server's own check of ID tokens, which takes an issuer with TLS only: the token that kubectl's helper would
 * get is got here, and shown to it.
 */
async function kubernetes(plain, client) {
  const platform = await plain.withTls();
  const port = await freePort();
  const { program, registration } = await begin(platform, client, port);
  try {
    await program.listens(port);
    const [redirectUri] = registration.redirect_uris;
    const config = await openid.discovery(new URL(platform.issuer), registration.client_id, undefined, openid.None());
    const verifier = openid.randomPKCECodeVerifier();
    const address = openid.buildAuthorizationUrl(config, {
      redirect_uri: redirectUri,
      scope: 'openid email',
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    const browser = new Browser(PERSON);
    const answer = await browser.openUntil(address.href, redirectUri);
    const { id_token: token } = await openid.authorizationCodeGrant(config, new URL(answer), {
      pkceCodeVerifier: verifier,
    });
    const ask = async (bearer) => {
      const reply = await fetch(`http://127.0.0.1:${port}/`, { headers: { authorization: `Bearer ${bearer}` } });
      return `${reply.status} ${(await reply.text()).trim()}`;
    };
    // It reads the keys in the background when it starts.
    let said = await ask(token);
    for (let tries = 0; tries < 20 && program.errors.includes('not initialized'); tries += 1) {
      program.errors = '';
      await elapsed(500);
      said = await ask(token);
    }
    if (said !== '200 {"username":"alice@example.com"}') throw new Error(`${said} ${program.words}`);
    const refused = await ask(await platform.token('orders:read'));
    if (!refused.startsWith('401')) throw new Error(`an access token: ${refused}`);
    return [...browser.did, 'ID token', 'access token refused'];
  } finally {
    await program.stop();
  }
}

async function begin(platform, client, port) {
  const url = `http://localhost:${port}`;
  const redirectUri = client.redirectUri ?? `${url}${client.callback ?? '/callback'}`;
  const registration = await platform.register({
    client_id: idOf(client),
    client_name: client.name,
    redirect_uris: [redirectUri],
    ...(client.logout && { post_logout_redirect_uris: [`${url}${client.home ?? '/'}`] }),
    ...(client.refreshes && { grant_types: ['authorization_code', 'refresh_token'] }),
    ...client.register,
  });
  const given = { ...environment(platform, registration, port, redirectUri), URL: url };
  const program = new Program(commandOf(client), { env: { ...given, ...client.env?.({ given }) } });
  return { program, url, registration };
}

const commandOf = ({ command }) => (typeof command === 'function' ? command() : command);

function environment(platform, registration, port, redirectUri) {
  return {
    ISSUER: platform.issuer,
    CLIENT_ID: registration.client_id,
    CLIENT_SECRET: registration.client_secret ?? '',
    REDIRECT_URI: redirectUri,
    AUDIENCE: API,
    PORT: String(port),
    CA_FILE: process.env['NODE_EXTRA_CA_CERTS'] ?? '',
  };
}

/** What the application shows, against who signed in. */
function judge(page, { platform, client, program }) {
  if (page.status !== 200) throw new Error(`${page.status} at ${page.url}: ${textOf(page.text)} ${program.words}`);
  if (client.shows) {
    const missing = client.shows.find((text) => !page.text.includes(text.replace('{sub}', platform.personId)));
    if (missing) throw new Error(`"${missing}" is not shown: ${textOf(page.text)} ${program.words}`);
    return client.does ?? [];
  }
  const told = readJson(page.text, program);
  const did = [];
  for (const source of ['id_token', 'userinfo', 'profile']) {
    const claims = told[source];
    if (claims === undefined) continue;
    if ((claims.sub ?? claims.id) !== platform.personId) {
      throw new Error(`${source} is of ${JSON.stringify(claims)}, not of ${platform.personId}`);
    }
    did.push({ id_token: 'ID token', userinfo: 'userinfo', profile: 'profile' }[source]);
  }
  if (did.length === 0) throw new Error(`nobody is signed in: ${page.text.slice(0, 300)}`);
  for (const source of client.reads ?? []) {
    for (const claim of ['name', 'email']) {
      if (!told[source]?.[claim]) throw new Error(`${source} has no ${claim}: ${JSON.stringify(told[source])}`);
    }
  }
  if (client.refreshes && told.refreshed !== true) throw new Error('no refreshed token');
  if (client.refreshes) did.push('refresh');
  return did;
}

function readJson(text, program) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`no JSON: ${textOf(text)} ${program.words}`);
  }
}

function authorizationOf(platform, { client_id: clientId, redirect_uris: [redirectUri] }) {
  const request = {
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid',
    nonce: 'n',
  };
  const pkce = { code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256' };
  return `${platform.issuer}/authorize?${new URLSearchParams({ ...request, ...pkce })}`;
}

const idOf = ({ name }) => name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
const elapsed = (ms) => new Promise((resolve) => setTimeout(() => resolve('no answer'), ms).unref());
