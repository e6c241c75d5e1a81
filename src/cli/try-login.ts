import { spawn } from 'node:child_process';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRemoteJWKSet, customFetch, jwtVerify } from 'jose';
import { createHash, randomBytes } from 'node:crypto';
import { type DiscoveredMetadata, discover, reach } from './discover.js';
import { CliError, findInstallation, issuerOf } from './installation.js';
import { localFetch } from './local-fetch.js';
import { requireOwnServer } from './own-server.js';
import { describeToken } from './show-token.js';

export interface TryLoginOptions {
  readonly url?: string;
  readonly tenant: string;
  readonly host?: boolean;
  readonly client: string;
  readonly scope: string;
  /** `false`: print the address and open nothing. */
  readonly open: boolean;
  readonly timeout: number;
}

/** What the browser brought back. */
type Callback = URLSearchParams;

/**
 * `tenantry try login`: the authorization code flow of a native application (RFC 8252): the person's own browser, a
 * redirect to a port of this machine, PKCE, and what came back decoded.
 */
export async function tryLogin(options: TryLoginOptions, print: (text: string) => void): Promise<void> {
  const installation = findInstallation(options.url);
  const issuer = issuerOf(installation, options.tenant, options.host ?? false);
  const metadata = await discover(issuer);
  const state = randomBytes(16).toString('base64url');
  const nonce = randomBytes(16).toString('base64url');
  const verifier = randomBytes(32).toString('base64url');
  const { server, callback } = await listenForCallback();
  try {
    const redirectUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`;
    const request = new URL(metadata.authorization_endpoint);
    request.search = new URLSearchParams({
      client_id: options.client,
      response_type: 'code',
      redirect_uri: redirectUri,
      scope: options.scope,
      state,
      nonce,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    }).toString();
    const demo = options.tenant === 'acme' || options.tenant === 'globex' ? options.tenant : undefined;
    const password = demo && installation.secrets?.demo[demo].alicePassword;
    if (password) await requireOwnServer(installation, {});
    print(`Sign in at\n  ${request.href}\n`);
    if (password) print(`as alice with the password ${password}\n`);
    if (options.open) openBrowser(request.href);
    const params = await within(options.timeout, callback);
    checkCallback(params, { state, issuer });
    const tokens = await redeem(metadata, options.client, { code: String(params.get('code')), redirectUri, verifier });
    await verifyIdToken(metadata, options.client, { idToken: tokens['id_token'], nonce });
    print(describe(tokens));
    if (tokens['id_token'] !== undefined) print(await userInfo(metadata, String(tokens['access_token'])));
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

async function listenForCallback(): Promise<{ server: Server; callback: Promise<Callback> }> {
  let resolve: (params: Callback) => void;
  const callback = new Promise<Callback>((done) => (resolve = done));
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const found = url.pathname === '/callback';
    response.writeHead(found ? 200 : 404, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
    response.end(found ? 'Done. Look at the terminal; this page can be closed.\n' : 'Not here.\n');
    if (found) resolve(url.searchParams);
  });
  await new Promise<void>((done, fail) => server.once('error', fail).listen(0, '127.0.0.1', done));
  return { server, callback };
}

function checkCallback(params: Callback, expected: { readonly state: string; readonly issuer: string }): void {
  if (params.get('state') !== expected.state) throw new CliError('The answer is not for this request (state).');
  if (params.get('iss') !== expected.issuer) throw new CliError('The answer is from another issuer (iss, RFC 9207).');
  if (!params.has('code')) throw new CliError(`${params.get('error')}: ${params.get('error_description')}`);
}

async function redeem(
  metadata: DiscoveredMetadata,
  clientId: string,
  grant: { readonly code: string; readonly redirectUri: string; readonly verifier: string },
): Promise<Record<string, string>> {
  const form = {
    grant_type: 'authorization_code',
    client_id: clientId,
    code: grant.code,
    redirect_uri: grant.redirectUri,
    code_verifier: grant.verifier,
  };
  const answer = await reach(metadata.token_endpoint, { method: 'POST', body: new URLSearchParams(form) });
  const body = (await answer.json()) as Record<string, string>;
  if (!answer.ok) throw new CliError(`${body['error']}: ${body['error_description']}`);
  return body;
}

async function verifyIdToken(
  metadata: DiscoveredMetadata,
  clientId: string,
  expected: { readonly idToken: string | undefined; readonly nonce: string },
): Promise<void> {
  if (expected.idToken === undefined) return;
  const keys = createRemoteJWKSet(new URL(metadata.jwks_uri), { [customFetch]: localFetch });
  const { payload } = await jwtVerify(expected.idToken, keys, { issuer: metadata.issuer, audience: clientId });
  if (payload['nonce'] !== expected.nonce) throw new CliError('The ID token is not for this request (nonce).');
}

/** Who it is: with an access token at hand, that is where the claims of `profile` and `email` are (Core §5.3, §5.4). */
async function userInfo({ userinfo_endpoint: endpoint }: DiscoveredMetadata, accessToken: string): Promise<string> {
  const answer = await reach(endpoint, { headers: { authorization: `Bearer ${accessToken}` } });
  if (!answer.ok) throw new CliError(`${endpoint} answered ${answer.status}.`);
  return `\nuserinfo\n${JSON.stringify(await answer.json(), null, 2).replace(/^/gm, '  ')}`;
}

function describe(tokens: Record<string, string>): string {
  const shown = ['access_token', 'id_token', 'refresh_token'].filter((name) => tokens[name] !== undefined);
  return [
    `Signed in. Scope: ${tokens['scope'] ?? 'none'}; the access token lives ${tokens['expires_in']} seconds.`,
    ...shown.map((name) => `\n${name}\n  ${tokens[name]}\n\n${describeToken(String(tokens[name]))}`),
  ].join('\n');
}

async function within<Result>(seconds: number, promise: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new CliError(`Nobody signed in within ${seconds} seconds.`)), seconds * 1000);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** As the desktop does it; where there is none, the printed address has to do. */
function openBrowser(url: string): void {
  const [command, ...args] =
    process.platform === 'darwin'
      ? ['open', url]
      : process.platform === 'win32'
        ? ['cmd', '/c', 'start', '""', url.replaceAll('&', '^&')]
        : ['xdg-open', url];
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) return;
  spawn(String(command), args, { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
}
