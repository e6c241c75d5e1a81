import { describe, expect, it } from '@jest/globals';
import { TestBrowser } from '../../support/browser.js';
import { expectOAuthError, expectTokens } from '../../support/expect-answer.js';
import { tokenFor } from '../../support/grants.js';
import { givenPlatform, givenTenant } from '../../support/given.js';
import { createTenant, getSpaTokens, getTokens, introspect, refresh } from '../../support/tenant-fixture.js';

const SCOPE = 'openid offline_access orders:read';
const DAY = 86_400;
const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');

const rotate = async (value: unknown) => expectTokens(await refresh(acme, String(value)));

/** Moves the past of everything about refresh tokens further into the past. */
async function letPass(seconds: number): Promise<void> {
  const back = (column: string) => `${column} = ${column} - make_interval(secs => ${seconds})`;
  await platform.database.query(
    `UPDATE refresh_tokens SET ${['created_at', 'expires_at', 'consumed_at'].map(back).join()}`,
  );
  await platform.database.query(`UPDATE grants SET ${['created_at', 'expires_at'].map(back).join()}`);
}

describe('RFC 9700 §4.14.2: rotation for public clients', () => {
  it('replaces the refresh token with every use', async () => {
    const first = await getSpaTokens(acme, { scope: SCOPE });
    const second = await rotate(first['refresh_token']);
    const third = await rotate(second['refresh_token']);
    const values = [first, second, third].map((tokens) => tokens['refresh_token']);
    expect(new Set(values).size).toBe(3);
  });

  it('revokes the family when a spent token comes back after its successor was used', async () => {
    const first = await getSpaTokens(acme, { scope: SCOPE });
    const second = await rotate(first['refresh_token']);
    const third = await rotate(second['refresh_token']);
    expectOAuthError(await refresh(acme, String(first['refresh_token'])), 400, 'invalid_grant');
    expectOAuthError(await refresh(acme, String(third['refresh_token'])), 400, 'invalid_grant');
    for (const tokens of [first, second, third]) {
      expect(await introspect(acme, String(tokens['access_token']), 'orders-api')).toEqual({ active: false });
    }
  });

  it('leaves other families of the same user and client alone', async () => {
    const [mine, theirs] = [await getSpaTokens(acme, { scope: SCOPE }), await getSpaTokens(acme, { scope: SCOPE })];
    const second = await rotate(mine['refresh_token']);
    await rotate(second['refresh_token']);
    expectOAuthError(await refresh(acme, String(mine['refresh_token'])), 400, 'invalid_grant');
    await rotate(theirs['refresh_token']);
  });

  it('repeats the same successor when the answer was lost a moment ago', async () => {
    const first = await getSpaTokens(acme, { scope: SCOPE });
    const lost = await rotate(first['refresh_token']);
    const again = await rotate(first['refresh_token']);
    expect(again['refresh_token']).toBe(lost['refresh_token']);
    await rotate(again['refresh_token']);
  });

  it('takes a repetition after the grace for what it may be: theft', async () => {
    const first = await getSpaTokens(acme, { scope: SCOPE });
    const second = await rotate(first['refresh_token']);
    await letPass(11);
    expectOAuthError(await refresh(acme, String(first['refresh_token'])), 400, 'invalid_grant');
    expectOAuthError(await refresh(acme, String(second['refresh_token'])), 400, 'invalid_grant');
  });

  it('has no grace where the tenant wants none', async () => {
    const strict = await createTenant(platform, 'strict', { refresh_token_reuse_grace_seconds: 0 });
    const first = await getSpaTokens(strict, { scope: SCOPE });
    const second = expectTokens(await refresh(strict, String(first['refresh_token'])));
    expectOAuthError(await refresh(strict, String(first['refresh_token'])), 400, 'invalid_grant');
    expectOAuthError(await refresh(strict, String(second['refresh_token'])), 400, 'invalid_grant');
  });

  it('does not spend the token for a request that is refused', async () => {
    const first = await getSpaTokens(acme, { scope: SCOPE });
    const value = String(first['refresh_token']);
    expectOAuthError(await refresh(acme, value, { scope: 'stock:read' }), 400, 'invalid_scope');
    expectOAuthError(await refresh(acme, value, { resource: 'https://nobody.test' }), 400, 'invalid_target');
    await rotate(value);
  });

  it('stores digests only', async () => {
    const first = await getSpaTokens(acme, { scope: SCOPE });
    const second = await rotate(first['refresh_token']);
    const rows = await platform.database.query<{ row: string }>('SELECT r::text AS row FROM refresh_tokens r');
    const stored = rows.map(({ row }) => row).join();
    for (const tokens of [first, second]) expect(stored).not.toContain(String(tokens['refresh_token']));
  });
});

describe('lifetimes', () => {
  it('expires when it is not used for the idle lifetime', async () => {
    const { refresh_token: value } = await getSpaTokens(acme, { scope: SCOPE });
    await letPass(14 * DAY);
    expectOAuthError(await refresh(acme, String(value)), 400, 'invalid_grant');
  });

  it('stays as long as it is used within the idle lifetime, and not beyond the absolute one', async () => {
    let { refresh_token: value } = await getSpaTokens(acme, { scope: SCOPE });
    for (let days = 13; days < 90; days += 13) {
      await letPass(13 * DAY);
      value = String((await rotate(value))['refresh_token']);
    }
    await letPass(13 * DAY);
    expectOAuthError(await refresh(acme, String(value)), 400, 'invalid_grant');
  });

  it('holds both lifetimes for a token that is not rotated', async () => {
    const { refresh_token: value } = await getTokens(acme, { scope: SCOPE });
    const use = () => tokenFor(acme, 'web', { grant_type: 'refresh_token', refresh_token: value });
    for (let days = 13; days < 90; days += 13) {
      await letPass(13 * DAY);
      expectTokens(await use());
    }
    await letPass(13 * DAY);
    expectOAuthError(await use(), 400, 'invalid_grant');
  });
});

describe('OpenID Connect Core §11: offline access', () => {
  it('without it the refresh token ends with the session, with it it goes on', async () => {
    const browser = new TestBrowser();
    const online = await getSpaTokens(acme, { scope: 'openid' }, browser);
    const offline = await getSpaTokens(acme, { scope: 'openid offline_access' }, browser);
    const url = `${acme.issuer}/end-session?id_token_hint=${online['id_token']}`;
    expect((await browser.open(url)).text).toContain('id="logged-out"');
    expectOAuthError(await refresh(acme, String(online['refresh_token'])), 400, 'invalid_grant');
    await rotate(offline['refresh_token']);
  });
});
