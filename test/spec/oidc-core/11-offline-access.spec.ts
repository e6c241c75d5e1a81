import { beforeEach, describe, expect, it } from '@jest/globals';
import { TestBrowser } from '../../support/browser.js';
import { expectOAuthError, expectTokens } from '../../support/expect-answer.js';
import { basic, postForm } from '../../support/http.js';
import { givenPlatform, givenTenant } from '../../support/given.js';
import { ALICE_PASSWORD, WEB_REDIRECT, getCode, userinfo } from '../../support/tenant-fixture.js';

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme', { allow_password_grant: true });
let browser: TestBrowser;
let app: { readonly id: string; readonly path: string; readonly secret: string };
let counter = 0;

type Tokens = Record<string, unknown>;

const GRANT_TYPES = ['authorization_code', 'refresh_token', 'password'];
const EVERYTHING = 'openid offline_access orders:read orders:write';

beforeEach(async () => {
  browser = new TestBrowser();
  const id = `app-${(counter += 1)}`;
  const body = { client_id: id, redirect_uris: [WEB_REDIRECT], grant_types: GRANT_TYPES, scope: EVERYTHING };
  const created = await platform.operator.create('/tenants/acme/clients', { ...body, first_party: true });
  app = { id, path: `/tenants/acme/clients/${id}`, secret: String(created['client_secret']) };
});

const ask = (form: Record<string, string | undefined>) =>
  postForm(`${acme.issuer}/token`, form, { authorization: basic(app.id, app.secret) });

async function codeFor(scope: string): Promise<Record<string, string>> {
  const { code, verifier } = await getCode(acme.issuer, { client_id: app.id, scope }, browser);
  return { grant_type: 'authorization_code', redirect_uri: WEB_REDIRECT, code, code_verifier: verifier };
}

const tokensFor = async (scope: string): Promise<Tokens> => expectTokens(await ask(await codeFor(scope)));

const refresh = (tokens: Tokens) =>
  ask({ grant_type: 'refresh_token', refresh_token: String(tokens['refresh_token']) });

const changeSessions = (what: string) =>
  platform.database.query(`UPDATE sessions SET ${what} WHERE tenant_id = $1`, [acme.id]);

/** Whether the access token counts, as the introspection and the userinfo endpoint say. */
async function isGood({ access_token: token }: Tokens): Promise<[unknown, number]> {
  const authorization = basic(app.id, app.secret);
  const { active } = (await postForm(`${acme.issuer}/introspect`, { token: String(token) }, { authorization })).json();
  return [active, (await userinfo(acme.issuer, String(token))).status];
}

describe.each([
  ['by idleness', `last_seen_at = now() - interval '1 year'`],
  ['by its age', `expires_at = now() - interval '1 second'`],
])('OpenID Connect Core §11: a session that ended %s', (_, over) => {
  it('ends the tokens that were given for as long as it lasts', async () => {
    const tokens = await tokensFor('openid orders:read');
    expect(await isGood(tokens)).toEqual([true, 200]);
    const waiting = await codeFor('openid orders:read');
    await changeSessions(over);
    expect(await isGood(tokens)).toEqual([false, 401]);
    expectOAuthError(await refresh(tokens), 400, 'invalid_grant');
    expectOAuthError(await ask(waiting), 400, 'invalid_grant');
  });

  it('leaves offline access alone', async () => {
    const tokens = await tokensFor(EVERYTHING);
    await changeSessions(over);
    expect(await isGood(tokens)).toEqual([true, 200]);
    expectTokens(await refresh(tokens));
  });

  it('ends offline access that the client has lost', async () => {
    const tokens = await tokensFor(EVERYTHING);
    await changeSessions(over);
    await platform.operator.patch(app.path, { scope: 'openid orders:read' });
    expect(await isGood(tokens)).toEqual([false, 401]);
    expectOAuthError(await refresh(tokens), 400, 'invalid_grant');
  });
});

describe('OpenID Connect Core §11: offline_access that is taken from a client', () => {
  it('leaves what the present session carries, and no longer than that', async () => {
    const tokens = await tokensFor(EVERYTHING);
    await platform.operator.patch(app.path, { scope: 'openid orders:read' });
    const next = expectTokens(await refresh(tokens));
    expect(next['scope']).toBe('openid orders:read');
    await changeSessions(`last_seen_at = now() - interval '1 year'`);
    expectOAuthError(await refresh(tokens), 400, 'invalid_grant');
  });

  it('ends what was given without a session', async () => {
    const form = { grant_type: 'password', username: 'alice', password: ALICE_PASSWORD, scope: EVERYTHING };
    const tokens = expectTokens(await ask(form));
    await platform.operator.patch(app.path, { scope: 'openid orders:read' });
    expectOAuthError(await refresh(tokens), 400, 'invalid_grant');
  });
});

describe('What a client has lost since', () => {
  it('is in no token of a code or refresh token that it holds', async () => {
    const tokens = await tokensFor(EVERYTHING);
    const waiting = await codeFor(EVERYTHING);
    await platform.operator.patch(app.path, { scope: 'openid offline_access orders:read' });
    for (const answer of [await refresh(tokens), await ask(waiting)]) {
      expect(expectTokens(answer)['scope']).toBe('openid offline_access orders:read');
    }
    await platform.operator.patch(app.path, { scope: 'openid offline_access' });
    expect(expectTokens(await refresh(tokens))['scope']).toBe('openid offline_access');
    await platform.operator.patch(app.path, { scope: 'profile' });
    expectOAuthError(await refresh(tokens), 400, 'invalid_grant');
  });

  it('may be the grant type', async () => {
    const tokens = await tokensFor(EVERYTHING);
    const waiting = await codeFor(EVERYTHING);
    await platform.operator.patch(app.path, { grant_types: ['password'], response_types: [], redirect_uris: [] });
    expectOAuthError(await refresh(tokens), 400, 'unauthorized_client');
    expectOAuthError(await ask(waiting), 400, 'unauthorized_client');
  });
});
