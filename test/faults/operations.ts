import { randomUUID } from 'node:crypto';
import { basic, encodeForm } from '../support/http.js';
import { SPA_REDIRECT, WEB_REDIRECT, pkce } from '../support/tenant-fixture.js';
import { USER_SCOPE } from './fault-platform.js';
import type { Outcome } from './load-client.js';
import type { LoadLoop } from './load-loop.js';

/** What a loop does in its turn; it comes back early when the load ends meanwhile. */
export type Operation = (loop: LoadLoop) => Promise<void>;

/** One use in so many is sent again on purpose, to see that nothing happens twice. */
const REPLAY_EVERY = 10;
/** The window in which a rotated token's lost answer may be asked for again, less a margin. */
const ROTATION_RETRY_MS = 8000;

export const OPERATIONS: readonly { readonly name: string; readonly weight: number; readonly run: Operation }[] = [
  { name: 'token', weight: 30, run: (loop) => machineToken(loop, 'orders:read') },
  { name: 'opaque token', weight: 12, run: (loop) => machineToken(loop, 'stock:read') },
  { name: 'code', weight: 12, run: redeemCode },
  { name: 'rotation', weight: 12, run: rotate },
  { name: 'management write', weight: 8, run: createClient },
  { name: 'introspection', weight: 10, run: introspectOpaque },
  { name: 'sign-in page', weight: 3, run: openSignIn },
  { name: 'management read', weight: 5, run: readTenant },
  { name: 'keys', weight: 8, run: readKeys },
];

async function machineToken(loop: LoadLoop, scope: string): Promise<void> {
  const { issuer, secrets } = loop.tenant;
  const name = scope === 'stock:read' ? 'opaque token' : 'token';
  const form = { grant_type: 'client_credentials', scope };
  const outcome = await loop.post(name, `${issuer}/token`, form, { authorization: basic('machine', secrets.machine) });
  if (outcome.status !== 200) return;
  noteIssued(loop, outcome, name);
  if (name === 'opaque token') loop.ledger.opaqueTokens.push(tokenOf(outcome, 'access_token'));
}

/** A user's whole way: authorization with a session and remembered consent, then the code until it has an answer. */
async function redeemCode(loop: LoadLoop): Promise<void> {
  const redeemed = await obtain(loop, 'web', 'code');
  if (!redeemed) return;
  const replayed = loop.turn % REPLAY_EVERY === 0;
  loop.ledger.redemptions.push({ refreshToken: tokenOf(redeemed.outcome, 'refresh_token'), replayed });
  if (!replayed) return;
  const again = await loop.post('code', redeemed.url, redeemed.form, redeemed.headers, [400]);
  if (again.status === 200) loop.ledger.duplicates.push('a code was redeemed twice');
}

/** Uses the refresh token of a public client, which is replaced; one whose answer was lost is sent again. */
async function rotate(loop: LoadLoop): Promise<void> {
  loop.chain ??= await beginChain(loop);
  const { chain } = loop;
  if (!chain) return;
  const form = { grant_type: 'refresh_token', client_id: 'spa', refresh_token: chain.token };
  const url = `${loop.tenant.issuer}/token`;
  const firstSentAt = Date.now();
  while (!loop.isStopping) {
    // A token whose first answer was lost for too long counts as stolen when it comes again.
    const allowed = chain.isSure ? [200] : [200, 400];
    chain.isSure = false;
    const outcome = await loop.post('rotation', url, form, {}, allowed);
    if (outcome.status === 200) return keepSuccessor(loop, outcome, form);
    if (outcome.status === 400 || Date.now() - firstSentAt > ROTATION_RETRY_MS) {
      loop.ledger.chains.delete(chain);
      loop.chain = undefined;
      return;
    }
  }
}

async function keepSuccessor(loop: LoadLoop, outcome: Outcome, form: Record<string, string>): Promise<void> {
  const { chain } = loop;
  if (!chain) return;
  noteIssued(loop, outcome, 'rotation');
  const successor = tokenOf(outcome, 'refresh_token');
  if (loop.turn % REPLAY_EVERY === 0) {
    const again = await loop.post('rotation', `${loop.tenant.issuer}/token`, form);
    if (again.status === 200) noteIssued(loop, again, 'rotation');
    if (again.status === 200 && tokenOf(again, 'refresh_token') !== successor)
      loop.ledger.duplicates.push('a refresh token had two successors');
  }
  chain.token = successor;
  chain.isSure = true;
}

async function beginChain(loop: LoadLoop) {
  const redeemed = await obtain(loop, 'spa', 'rotation');
  if (!redeemed) return undefined;
  const chain = { token: tokenOf(redeemed.outcome, 'refresh_token'), isSure: true };
  loop.ledger.chains.add(chain);
  return chain;
}

/** Under one Idempotency-Key until it is answered as done. */
async function createClient(loop: LoadLoop): Promise<void> {
  const name = `load-${randomUUID()}`;
  const write: { name: string; id?: string } = { name };
  loop.ledger.writes.push(write);
  const body = JSON.stringify({ client_name: name, grant_types: ['client_credentials'], scope: 'orders:read' });
  const headers = { 'content-type': 'application/json', 'idempotency-key': name, ...loop.bearer };
  const url = `${loop.origin}/api/v1/tenants/${loop.tenant.slug}/clients`;
  while (!loop.isStopping) {
    // 409: the first attempt is still being worked on.
    const outcome = await loop.send('management write', { url, method: 'POST', headers, body }, [201, 409]);
    if (outcome.status === 201) {
      write.id = tokenOf(outcome, 'client_id');
      return;
    }
    if (outcome.status !== 409 && outcome.status !== 503 && outcome.failure === undefined) return;
  }
}

async function introspectOpaque(loop: LoadLoop): Promise<void> {
  const { opaqueTokens, missing } = loop.ledger;
  const token = opaqueTokens[Math.floor(loop.random() * opaqueTokens.length)];
  if (token === undefined) return machineToken(loop, 'stock:read');
  const { issuer, secrets } = loop.tenant;
  const authorization = basic('orders-api', secrets['orders-api']);
  const outcome = await loop.post('introspection', `${issuer}/introspect`, { token }, { authorization });
  if (outcome.status === 200 && !outcome.text.includes('"active":true')) missing.push('an opaque token');
}

async function openSignIn(loop: LoadLoop): Promise<void> {
  await loop.send('sign-in page', { url: authorizeUrlOf(loop, 'web', pkce().challenge) }, [200, 302, 303]);
}

async function readTenant(loop: LoadLoop): Promise<void> {
  const url = `${loop.origin}/api/v1/tenants/${loop.tenant.slug}`;
  await loop.send('management read', { url, headers: loop.bearer });
}

async function readKeys(loop: LoadLoop): Promise<void> {
  await loop.send('keys', { url: `${loop.tenant.issuer}/jwks` });
}

interface Redeemed {
  readonly outcome: Outcome;
  readonly url: string;
  readonly form: Record<string, string>;
  readonly headers: Record<string, string>;
}

/** An authorization and its code's tokens. Undefined when either was refused for a reason that the tally knows. */
async function obtain(loop: LoadLoop, client: 'web' | 'spa', name: string): Promise<Redeemed | undefined> {
  const { verifier, challenge } = pkce();
  const request = { url: authorizeUrlOf(loop, client, challenge), headers: { cookie: loop.cookie } };
  const answer = await loop.send('authorization', request, [302, 303], ({ headers }) => hasCode(headers.location));
  const code = codeIn(answer.headers.location);
  if (code === undefined) return undefined;
  const headers: Record<string, string> =
    client === 'web' ? { authorization: basic('web', loop.tenant.secrets.web) } : {};
  const redirect = client === 'web' ? WEB_REDIRECT : SPA_REDIRECT;
  const form = { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: redirect };
  const sent = { ...form, ...(client === 'spa' && { client_id: 'spa' }) };
  const url = `${loop.tenant.issuer}/token`;
  let allowed = [200];
  while (!loop.isStopping) {
    const outcome = await loop.post(name, url, sent, headers, allowed);
    if (outcome.status === 200) {
      noteIssued(loop, outcome, 'code');
      return { outcome, url, form: sent, headers };
    }
    if (outcome.status === 400) return undefined;
    // The code may have been spent by the attempt whose answer was lost.
    allowed = [200, 400];
  }
  return undefined;
}

function authorizeUrlOf({ tenant }: LoadLoop, client: 'web' | 'spa', challenge: string): string {
  const parameters = encodeForm({
    client_id: client,
    redirect_uri: client === 'web' ? WEB_REDIRECT : SPA_REDIRECT,
    response_type: 'code',
    scope: USER_SCOPE,
    state: 's1',
    code_challenge: challenge,
    code_challenge_method: 'S256',
  });
  return `${tenant.issuer}/authorize?${parameters}`;
}

function hasCode(location: string | undefined): boolean {
  return codeIn(location) !== undefined;
}

function codeIn(location = ''): string | undefined {
  return URL.canParse(location) ? (new URL(location).searchParams.get('code') ?? undefined) : undefined;
}

function noteIssued(loop: LoadLoop, { address, at }: Outcome, grant: string): void {
  loop.ledger.issued.set(address, { at, grant });
}

function tokenOf({ text }: Outcome, member: string): string {
  return String((JSON.parse(text) as Record<string, unknown>)[member]);
}
