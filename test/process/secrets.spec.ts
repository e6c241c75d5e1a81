import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { TestBrowser } from '../support/browser.js';
import { basic, encodeForm, postForm, send } from '../support/http.js';
import { OPERATOR_SECRET } from '../support/platform.js';
import { type ProductionPlatform, startProduction } from '../support/production.js';
import {
  SPA_REDIRECT,
  type TenantFixture,
  authorize,
  authorizeUrl,
  clientCredentials,
  createTenant,
  getCode,
  getSpaTokens,
  pkce,
  redeem,
  refresh,
  responseOf,
  userinfo,
} from '../support/tenant-fixture.js';

/** Secrets that can be recognised, brought everywhere; then all that was written is searched for them. */

const PASSWORD = 'recognisable horse battery 4242';
const WRONG = 'recognisable-wrong-guess-4243';
const MAIL = 'unmistakable.person@acme.test';
const IDEMPOTENT = { username: 'ivan', password: 'recognisable idempotent phrase 4244' };

let platform: ProductionPlatform;
let acme: TenantFixture;
const secrets = new Map<string, string>();

beforeAll(async () => {
  platform = await startProduction(1);
  acme = await createTenant(platform, 'acme', {
    allow_password_grant: true,
    allow_implicit_grant: true,
  });
});
afterAll(() => platform.database.drop());

function keep(name: string, secret: unknown): string {
  if (typeof secret !== 'string' || secret.length < 8) throw new Error(`There is no ${name} to look for.`);
  secrets.set(name, secret);
  return secret;
}

function keepTokens(from: string, tokens: Readonly<Record<string, unknown>>): void {
  for (const kind of ['access_token', 'refresh_token', 'id_token', 'code']) {
    if (tokens[kind] !== undefined) keep(`${kind} of ${from}`, tokens[kind]);
  }
}

describe('secrets', () => {
  it('are brought everywhere', async () => {
    keep('the operator’s secret', OPERATOR_SECRET);
    keep('the operator’s token', platform.operator.token);
    keep('a user’s password', PASSWORD);
    keep('a wrong password', WRONG);
    for (const [name, secret] of Object.entries(acme.secrets)) keep(`the secret of ${name}`, secret);
    const { operator } = platform;
    await operator.patch(`/tenants/acme/users/${acme.aliceId}`, { password: PASSWORD });
    await operator.request('POST', '/tenants/acme/users', IDEMPOTENT, { 'idempotency-key': 'recognisable-key-4245' });
    keep('a password sent once only', IDEMPOTENT.password);
    const once = { 'idempotency-key': 'recognisable-key-4246' };
    const body = { client_id: 'own', grant_types: ['client_credentials'] };
    keep(
      'a secret sent once only',
      (await operator.request('POST', '/tenants/acme/clients', body, once)).json()['client_secret'],
    );
    keep('a second secret', (await operator.create('/tenants/acme/clients/own/secrets', {}))['client_secret']);
    const old = { client_id: 'old', grant_types: ['password', 'refresh_token'], scope: 'openid offline_access' };
    const oldSecret = keep('another secret', (await operator.create('/tenants/acme/clients', old))['client_secret']);
    await operator.create('/tenants/acme/clients', {
      client_id: 'implicit',
      application_type: 'browser',
      token_endpoint_auth_method: 'none',
      grant_types: ['implicit'],
      response_types: ['id_token token'],
      redirect_uris: [SPA_REDIRECT],
      scope: 'openid orders:read',
    });

    for (const issuer of [acme.issuer, acme.hostIssuer]) {
      const browser = new TestBrowser();
      const page = await browser.open(
        authorizeUrl(issuer, { code_challenge: pkce().challenge, code_challenge_method: 'S256' }),
      );
      await browser.signIn(page, 'alice', WRONG);
      const scope = 'openid offline_access orders:read';
      await authorize(
        issuer,
        { code_challenge: pkce().challenge, code_challenge_method: 'S256', scope },
        browser,
        PASSWORD,
      );
      const { code, verifier } = await getCode(issuer, { scope, response_mode: 'query' }, browser);
      keep(`a code at ${issuer}`, code);
      keep(`a verifier at ${issuer}`, verifier);
      await redeem(acme, { code, code_verifier: keep('a wrong verifier', 'w'.repeat(43)) });
      const tokens = (await redeem(acme, { code, code_verifier: verifier })).json();
      keepTokens(issuer, tokens);
      await redeem(acme, { code, code_verifier: verifier });
      for (const name of browser.cookieNames) keep(`cookie ${name}`, browser.cookie(name));
      await userinfo(issuer, String(tokens['access_token']));
      const implicit = { client_id: 'implicit', redirect_uri: SPA_REDIRECT, response_type: 'id_token token' };
      const given = responseOf(
        await authorize(issuer, { ...implicit, scope: 'openid orders:read', nonce: 'n' }, browser),
      );
      keepTokens(`implicit at ${issuer}`, given);
      await browser.open(`${issuer}/end-session?${encodeForm({ id_token_hint: String(tokens['id_token']) })}`);
    }

    const spa = new TestBrowser();
    await authorize(acme.issuer, { code_challenge: pkce().challenge, code_challenge_method: 'S256' }, spa, PASSWORD);
    const first = await getSpaTokens(acme, {}, spa);
    keepTokens('spa', first);
    const rotated = (await refresh(acme, String(first['refresh_token']))).json();
    keepTokens('spa, rotated', rotated);
    await refresh(acme, String(first['refresh_token']));
    keepTokens('machine', (await clientCredentials(acme, { scope: 'orders:read' })).json());
    keepTokens('machine, opaque', (await clientCredentials(acme, { scope: 'stock:read' })).json());
    const form = { grant_type: 'password', username: 'alice', password: PASSWORD, scope: 'openid offline_access' };
    keepTokens(
      'password',
      (await postForm(`${acme.issuer}/token`, form, { authorization: basic('old', oldSecret) })).json(),
    );
    await postForm(`${acme.issuer}/token`, { ...form, password: WRONG }, { authorization: basic('old', oldSecret) });
    await send(`${platform.url}/t/acme/unknown?password=${encodeURIComponent(PASSWORD)}`);
  });

  it('are sent while the database fails in a way nobody foresaw', async () => {
    keep('an e-mail address', MAIL);
    const { database, operator } = platform;
    await database.query(
      `CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'on purpose'; END $$`,
    );
    for (const table of ['users', 'client_secrets', 'sign_in_attempts', 'access_tokens', 'grants']) {
      await database.query(
        `CREATE TRIGGER fail BEFORE INSERT OR UPDATE ON ${table} FOR EACH ROW EXECUTE FUNCTION fail()`,
      );
    }
    const user = { username: 'grace', password: PASSWORD, email: MAIL };
    const statuses = [
      await operator.request('POST', '/tenants/acme/users', user),
      await operator.request('POST', '/tenants/acme/clients', { grant_types: ['client_credentials'] }),
      await clientCredentials(acme, { scope: 'stock:read' }),
      await new TestBrowser().open(`${acme.issuer}/sign-in`).then((page) => signInAt(page)),
    ].map(({ status }) => status);
    expect(statuses).toEqual([500, 500, 500, 500]);
    for (const table of ['users', 'client_secrets', 'sign_in_attempts', 'access_tokens', 'grants']) {
      await database.query(`DROP TRIGGER fail ON ${table}`);
    }
  });

  it('are in no table, neither as they are nor encoded', async () => {
    const dump = await everyRow();
    // What is looked for would be found: this is what the tables rightly hold.
    expect(dump.includes(acme.aliceId) && dump.includes(digestOf(acme.secrets.web))).toBe(true);
    expect(leaksIn(dump)).toEqual([]);
    expect(/"d":\s*"|PRIVATE KEY/.exec(dump)).toBeNull();
  });

  it('cannot be guessed faster from what is kept of a request than from their hash', async () => {
    const text = JSON.stringify(IDEMPOTENT);
    const rows = await platform.database.query<{ fingerprint: Buffer }>('SELECT fingerprint FROM idempotency_keys');
    expect(rows.length).toBeGreaterThanOrEqual(2);
    const guesses = ['/api/v1/tenants/acme/users', '/tenants/acme/users'].map((url) => digestOf(`${url}\n${text}`));
    for (const { fingerprint } of rows) expect(guesses).not.toContain(fingerprint.toString('hex'));
  });

  it('are in no line of the log, nor is what stands for them in the database', async () => {
    const [first] = platform.processes;
    const hashes = await platform.database.query<{ password_hash: string }>(
      'SELECT password_hash FROM users WHERE password_hash IS NOT NULL',
    );
    await first?.stop();
    const written = `${first?.output}${first?.errors}`;
    expect(written.match(/on purpose/g)?.length).toBeGreaterThanOrEqual(4);
    const stored = hashes.map(({ password_hash: hash }) => hash);
    expect(stored.length).toBeGreaterThan(0);
    expect(['$argon2', ...stored].filter((hash) => written.includes(hash))).toEqual([]);
    expect(leaksIn(written)).toEqual([]);
  });
});

function signInAt(page: Awaited<ReturnType<TestBrowser['open']>>) {
  const browser = new TestBrowser();
  return browser.open(page.url).then((own) => browser.signIn(own, 'alice', PASSWORD));
}

/** Names of the secrets that are found in it, in whatever form. */
function leaksIn(text: string): string[] {
  const found = [...secrets].filter(([, secret]) => formsOf(secret).some((form) => text.includes(form)));
  return found.map(([name]) => name);
}

const digestOf = (text: string) => createHash('sha256').update(text).digest('hex');

/** A text as it may be found in a log or a column: also as bytes, and as the bytes it encodes. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const forms = [secret, encodeURIComponent(secret), bytes.toString('hex'), bytes.toString('base64')];
  if (/^[\w-]{43}$/.test(secret)) forms.push(Buffer.from(secret, 'base64url').toString('hex'));
  return [...forms, [...bytes.subarray(0, 12)].join(',')];
}

/** Every row of every table as text; bytes are hexadecimal. */
async function everyRow(): Promise<string> {
  const tables = await platform.database.query<{ table_name: string }>(
    `SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
  );
  expect(tables.length).toBeGreaterThan(20);
  const texts = [];
  for (const { table_name: table } of tables) {
    const rows = await platform.database.query<{ row: string }>(`SELECT t::text AS row FROM ${table} t`);
    texts.push(table, ...rows.map(({ row }) => row));
  }
  return texts.join('\n');
}
