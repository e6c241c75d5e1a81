import { describe, expect, it } from '@jest/globals';
import { eventsOf } from '../../support/audit.js';
import { expectOAuthError, expectTokens } from '../../support/expect-answer.js';
import { basic, postForm } from '../../support/http.js';
import { givenPlatform, givenTenant } from '../../support/given.js';
import {
  SPA_REDIRECT,
  WEB_REDIRECT,
  createTenant,
  getCode,
  introspect,
  redeem,
  userinfo,
} from '../../support/tenant-fixture.js';

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');

/** Why a code is refused: what the client is not told, and the audit log is. */
async function reasonFor(form: Record<string, string>): Promise<unknown> {
  const events = await eventsOf(platform.operator, 'acme', async () => {
    expectOAuthError(await redeem(acme, form), 400, 'invalid_grant');
  });
  return events.at(-1)?.details?.['detail'];
}

describe('RFC 6749 §4.1.3: what a code is bound to', () => {
  it.each<[string, Record<string, string | undefined>, string]>([
    ['no code', { code: undefined }, 'invalid_request'],
    ['an empty code', { code: '' }, 'invalid_request'],
    ['an unknown code', { code: 'A'.repeat(43) }, 'invalid_grant'],
    ['no redirect_uri', { redirect_uri: undefined }, 'invalid_grant'],
    ['another redirect_uri', { redirect_uri: 'https://rp.test/other' }, 'invalid_grant'],
    ['no verifier', { code_verifier: undefined }, 'invalid_grant'],
    ['another verifier', { code_verifier: 'v'.repeat(43) }, 'invalid_grant'],
  ])('refuses %s, and leaves the code to its client', async (_, form, error) => {
    const { code, verifier } = await getCode(acme.issuer);
    const good = { code, code_verifier: verifier };
    expectOAuthError(await redeem(acme, { ...good, ...form }), 400, error);
    expectTokens(await redeem(acme, good));
  });

  it('refuses a code cut short or continued', async () => {
    const { code, verifier } = await getCode(acme.issuer);
    expectOAuthError(await redeem(acme, { code: code.slice(0, -1), code_verifier: verifier }), 400, 'invalid_grant');
    expectOAuthError(await redeem(acme, { code: `${code}A`, code_verifier: verifier }), 400, 'invalid_grant');
  });

  it('refuses another confidential client, which cannot spoil the code either', async () => {
    const { code, verifier } = await getCode(acme.issuer);
    expectOAuthError(await redeem(acme, { code, code_verifier: verifier }, 'other'), 400, 'invalid_grant');
    const tokens = expectTokens(await redeem(acme, { code, code_verifier: verifier }));
    expectOAuthError(await redeem(acme, { code, code_verifier: verifier }, 'other'), 400, 'invalid_grant');
    expect(await introspect(acme, String(tokens['access_token']))).toMatchObject({ active: true });
  });

  it('refuses a public client that names itself for a code of another', async () => {
    const { code, verifier } = await getCode(acme.issuer, { client_id: 'spa', redirect_uri: SPA_REDIRECT });
    const form = { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: SPA_REDIRECT };
    const answer = await postForm(`${acme.issuer}/token`, { ...form, client_id: 'native' });
    expectOAuthError(answer, 400, 'invalid_grant');
    expectTokens(await postForm(`${acme.issuer}/token`, { ...form, client_id: 'spa' }));
  });

  it('refuses a code of a confidential client without its secret', async () => {
    const { code, verifier } = await getCode(acme.issuer);
    const form = { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: WEB_REDIRECT };
    expectOAuthError(await postForm(`${acme.issuer}/token`, { ...form, client_id: 'web' }), 401, 'invalid_client');
    const authorization = basic('web', `${acme.secrets.web}x`);
    expectOAuthError(await postForm(`${acme.issuer}/token`, form, { authorization }), 401, 'invalid_client');
  });
});

describe('RFC 6749 §4.1.2: a code is short-lived and good once', () => {
  it('refuses an expired code', async () => {
    const { code, verifier } = await getCode(acme.issuer);
    await platform.database.query('UPDATE authorization_codes SET expires_at = now() WHERE consumed_at IS NULL');
    // It is not taken for one that was used before: that would revoke what was given.
    expect(await reasonFor({ code, code_verifier: verifier })).toBe('It expired.');
  });

  it('refuses the code of a grant that was revoked meanwhile', async () => {
    const { code, verifier } = await getCode(acme.issuer);
    await platform.database.query('UPDATE grants SET revoked_at = now()');
    expect(await reasonFor({ code, code_verifier: verifier })).toBe('Its grant was revoked.');
  });

  it('gives a refresh token to clients with that grant type, and to no others', async () => {
    const client = { client_id: 'brief', client_secret: 'the-secret-of-a-brief-application-7' };
    const metadata = { ...client, grant_types: ['authorization_code'], redirect_uris: [WEB_REDIRECT], scope: 'openid' };
    await platform.operator.create('/tenants/acme/clients', metadata);
    const { code, verifier } = await getCode(acme.issuer, { client_id: client.client_id });
    const form = { grant_type: 'authorization_code', redirect_uri: WEB_REDIRECT, code, code_verifier: verifier };
    const authorization = basic(client.client_id, client.client_secret);
    const tokens = expectTokens(await postForm(`${acme.issuer}/token`, form, { authorization }));
    expect(Object.keys(tokens)).not.toContain('refresh_token');
    const own = await getCode(acme.issuer);
    expect(expectTokens(await redeem(acme, { code: own.code, code_verifier: own.verifier }))).toHaveProperty(
      'refresh_token',
    );
  });

  it('lives as long as the tenant says', async () => {
    const brief = await createTenant(platform, 'brief', { authorization_code_lifetime_seconds: 30 });
    await getCode(brief.issuer);
    const rows = await platform.database.query<{ seconds: number }>(
      `SELECT extract(epoch FROM expires_at - now())::float8 AS seconds FROM authorization_codes WHERE tenant_id = $1`,
      [brief.id],
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.seconds).toBeLessThanOrEqual(30);
    expect(rows[0]?.seconds).toBeGreaterThan(0);
  });

  it.each(['openid offline_access orders:read', 'openid offline_access stock:read'])(
    'refuses the second use and revokes everything the first one gave (%s)',
    async (scope) => {
      const { code, verifier } = await getCode(acme.issuer, { scope });
      const tokens = expectTokens(await redeem(acme, { code, code_verifier: verifier }));
      const accessToken = String(tokens['access_token']);
      expect((await userinfo(acme.issuer, accessToken)).status).toBe(200);

      expectOAuthError(await redeem(acme, { code, code_verifier: verifier }), 400, 'invalid_grant');
      expect(await introspect(acme, accessToken)).toEqual({ active: false });
      expect((await userinfo(acme.issuer, accessToken)).status).toBe(401);
      const form = { grant_type: 'refresh_token', refresh_token: String(tokens['refresh_token']) };
      const authorization = basic('web', acme.secrets.web);
      expectOAuthError(await postForm(`${acme.issuer}/token`, form, { authorization }), 400, 'invalid_grant');
    },
  );

  it('does not revoke for a second use without the verifier: that is not the rightful client', async () => {
    const { code, verifier } = await getCode(acme.issuer);
    const tokens = expectTokens(await redeem(acme, { code, code_verifier: verifier }));
    expectOAuthError(await redeem(acme, { code }), 400, 'invalid_grant');
    expect((await userinfo(acme.issuer, String(tokens['access_token']))).status).toBe(200);
  });

  it('stores no code, only its digest', async () => {
    const { code } = await getCode(acme.issuer);
    const rows = await platform.database.query<{ row: string }>('SELECT c::text AS row FROM authorization_codes c');
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every(({ row }) => !row.includes(code))).toBe(true);
  });
});

describe('eligibility at redemption', () => {
  it('refuses the code of a user who was disabled meanwhile', async () => {
    const user = { username: 'bob', password: 'a long enough passphrase 7' };
    const { id } = await platform.operator.create<{ id: string }>('/tenants/acme/users', user);
    const { code, verifier } = await getCode(acme.issuer);
    await platform.database.query(
      'UPDATE grants SET user_id = $1 WHERE id = (SELECT max(id::text)::uuid FROM grants)',
      [id],
    );
    await platform.operator.patch(`/tenants/acme/users/${id}`, { enabled: false });
    expectOAuthError(await redeem(acme, { code, code_verifier: verifier }), 400, 'invalid_grant');
  });

  it('refuses the code of a client that is disabled, and takes it when it is enabled again', async () => {
    const { code, verifier } = await getCode(acme.issuer);
    await platform.operator.patch('/tenants/acme/clients/web', { enabled: false });
    expectOAuthError(await redeem(acme, { code, code_verifier: verifier }), 401, 'invalid_client');
    await platform.operator.patch('/tenants/acme/clients/web', { enabled: true });
    expectTokens(await redeem(acme, { code, code_verifier: verifier }));
  });
});
