import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type DiscoveredMetadata, reach } from './discover.js';
import { CliError } from './installation.js';

/** What the browser shows at the end. It takes nothing from the request, and loads nothing. */
const DONE_PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Back to the terminal</title>
<style>
  :root { color-scheme: light dark; font: 18px/1.5 system-ui, sans-serif; }
  body { max-width: 26rem; margin: 20vh auto; padding: 0 1.25rem; }
</style>
<h1>You can close this page</h1>
<p>Look at the terminal: it says what came of the sign-in.</p>
</html>
`;

export interface SignInRequest {
  readonly clientId: string;
  readonly scope: string;
  /** RFC 8707. */
  readonly resource?: string;
  /** `false`: open no browser. */
  readonly open: boolean;
  /** Seconds. */
  readonly timeout: number;
  /** Shows the address at which the person signs in. */
  readonly announce: (url: string) => Promise<void>;
}

export interface SignedIn {
  readonly tokens: Readonly<Record<string, string>>;
  readonly nonce: string;
}

/**
 * The authorization code flow of a native application (RFC 8252): the person's own browser, a redirect to a port of
 * this machine, PKCE. @throws CliError
 */
export async function signIn(metadata: DiscoveredMetadata, request: SignInRequest): Promise<SignedIn> {
  const state = randomBytes(16).toString('base64url');
  const nonce = randomBytes(16).toString('base64url');
  const verifier = randomBytes(32).toString('base64url');
  const { server, callback } = await listenForCallback();
  try {
    const redirectUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/callback`;
    const url = new URL(metadata.authorization_endpoint);
    url.search = new URLSearchParams({
      client_id: request.clientId,
      response_type: 'code',
      redirect_uri: redirectUri,
      scope: request.scope,
      ...(request.resource !== undefined && { resource: request.resource }),
      state,
      nonce,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    }).toString();
    await request.announce(url.href);
    if (request.open) openBrowser(url.href);
    const params = await within(request.timeout, callback);
    checkCallback(params, { state, issuer: metadata.issuer });
    const tokens = await requestTokens(metadata, {
      grant_type: 'authorization_code',
      client_id: request.clientId,
      code: String(params.get('code')),
      redirect_uri: redirectUri,
      code_verifier: verifier,
    });
    return { tokens, nonce };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** A token request of a public client. @throws CliError with what the error says */
export async function requestTokens(
  { token_endpoint: endpoint }: DiscoveredMetadata,
  form: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const answer = await reach(endpoint, { method: 'POST', redirect: 'error', body: new URLSearchParams(form) });
  const body = (await answer.json()) as Record<string, string>;
  if (!answer.ok) throw new CliError(`${body['error']}: ${body['error_description']}`);
  return body;
}

/** RFC 7009, of a public client. @throws CliError */
export async function revokeToken(
  { revocation_endpoint: endpoint }: DiscoveredMetadata,
  { clientId, token }: { readonly clientId: string; readonly token: string },
): Promise<void> {
  if (endpoint === undefined) return;
  const body = new URLSearchParams({ token, client_id: clientId });
  const answer = await reach(endpoint, { method: 'POST', redirect: 'error', body });
  if (!answer.ok) throw new CliError(`The token was not revoked: ${endpoint} answered ${answer.status}.`);
}

async function listenForCallback(): Promise<{ server: Server; callback: Promise<URLSearchParams> }> {
  let resolve: (params: URLSearchParams) => void;
  const callback = new Promise<URLSearchParams>((done) => (resolve = done));
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const found = url.pathname === '/callback';
    response.writeHead(found ? 200 : 404, { 'content-type': 'text/html; charset=utf-8', connection: 'close' });
    response.end(found ? DONE_PAGE : 'Not here.\n');
    if (found) resolve(url.searchParams);
  });
  await new Promise<void>((done, fail) => server.once('error', fail).listen(0, '127.0.0.1', done));
  return { server, callback };
}

function checkCallback(params: URLSearchParams, expected: { readonly state: string; readonly issuer: string }): void {
  if (params.get('state') !== expected.state) throw new CliError('The answer is not for this request (state).');
  if (params.get('iss') !== expected.issuer) throw new CliError('The answer is from another issuer (iss, RFC 9207).');
  if (!params.has('code')) throw new CliError(`${params.get('error')}: ${params.get('error_description')}`);
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
