import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestBrowser } from '../support/browser.js';
import { type HttpAnswer, basic, postForm } from '../support/http.js';
import { type ProductionPlatform, startProduction } from '../support/production.js';
import { type RacingRequest, countStatuses, race, racingForm, times } from '../support/race.js';
import {
  type TenantFixture,
  type TokenAnswer,
  WEB_REDIRECT,
  createTenant,
  getCode,
  getSpaTokens,
  introspect,
  redeem,
  refresh,
  userinfo,
} from '../support/tenant-fixture.js';

/** `npm run test:races` asks for 200. */
const ROUNDS = Number(process.env['RACE_ROUNDS'] ?? 20);
const AT_ONCE = 50;
const ONE_WINNER = { 200: 1, 400: AT_ONCE - 1 };

let platform: ProductionPlatform;
let acme: TenantFixture;
/** No grace for lost answers: a refresh token is good once and no more. */
let strict: TenantFixture;

beforeAll(async () => {
  platform = await startProduction(2);
  acme = await createTenant(platform, 'acme');
  strict = await createTenant(platform, 'strict', { refresh_token_reuse_grace_seconds: 0 });
});
afterAll(() => platform.stop());

describe('RFC 6749 §4.1.2: a code that is redeemed by two processes at once', () => {
  it(`gives tokens once among ${AT_ONCE} requests, and none that outlive the race, in ${ROUNDS} rounds`, async () => {
    const browser = new TestBrowser();
    for (let round = 0; round < ROUNDS; round += 1) {
      const { code, verifier } = await getCode(acme.issuer, { scope: 'openid offline_access' }, browser);
      const form = { grant_type: 'authorization_code', redirect_uri: WEB_REDIRECT, code, code_verifier: verifier };
      const answers = await raceForm(`${acme.issuer}/token`, form, asWeb());

      expect(countStatuses(answers)).toEqual(ONE_WINNER);
      expect(errorsOf(answers)).toEqual(['invalid_grant']);
      // The other uses were second uses: what the first one got is revoked, whoever was first.
      const tokens = successOf(answers);
      expect(await introspect(acme, String(tokens['access_token']))).toEqual({ active: false });
      const next = { grant_type: 'refresh_token', refresh_token: tokens['refresh_token'] };
      const refreshed = await postForm(`${acme.issuer}/token`, next, asWeb());
      expect([refreshed.status, refreshed.json()['error']]).toEqual([400, 'invalid_grant']);
      expect((await redeem(acme, { code, code_verifier: verifier })).status).toBe(400);
    }
    expect(await liveRefreshTokens(acme, 'web')).toBe(0);
  }, 600_000);
});

describe('RFC 9700 §4.14.2: a refresh token that is used by two processes at once', () => {
  it(`gives one success among ${AT_ONCE} without grace, and ends the family, in ${ROUNDS} rounds`, async () => {
    const browser = new TestBrowser();
    for (let round = 0; round < ROUNDS; round += 1) {
      const first = await getSpaTokens(strict, {}, browser);
      const answers = await raceForm(`${strict.issuer}/token`, refreshForm(first));

      expect(countStatuses(answers)).toEqual(ONE_WINNER);
      expect(errorsOf(answers)).toEqual(['invalid_grant']);
      const successor = await refresh(strict, String(successOf(answers)['refresh_token']));
      expect([successor.status, successor.json()['error']]).toEqual([400, 'invalid_grant']);
    }
    expect(await liveRefreshTokens(strict, 'spa')).toBe(0);
  }, 600_000);

  it(`answers all ${AT_ONCE} with one and the same successor within the grace, in ${ROUNDS} rounds`, async () => {
    let tokens = await getSpaTokens(acme);
    for (let round = 0; round < ROUNDS; round += 1) {
      const answers = await raceForm(`${acme.issuer}/token`, refreshForm(tokens));

      expect(countStatuses(answers)).toEqual({ 200: AT_ONCE });
      const successors = new Set(answers.map((answer) => answer.json()['refresh_token']));
      expect(successors.size).toBe(1);
      expect(successors).not.toContain(tokens['refresh_token']);
      expect(await liveRefreshTokens(acme, 'spa')).toBe(1);
      tokens = successOf(answers);
    }
    expect((await refresh(acme, String(tokens['refresh_token']))).status).toBe(200);
  }, 600_000);

  it('survives as the same token for a confidential client, which does not rotate', async () => {
    const { code, verifier } = await getCode(acme.issuer, { scope: 'openid offline_access' });
    const tokens = (await redeem(acme, { code, code_verifier: verifier })).json<TokenAnswer>();
    const form = { grant_type: 'refresh_token', refresh_token: tokens['refresh_token'] };
    const answers = await raceForm(`${acme.issuer}/token`, form, asWeb());
    expect(countStatuses(answers)).toEqual({ 200: AT_ONCE });
    expect(new Set(answers.map((answer) => answer.json()['refresh_token']))).toEqual(
      new Set([tokens['refresh_token']]),
    );
  });

  it(`is dead after a revocation that raced with its use, in ${ROUNDS} rounds`, async () => {
    const browser = new TestBrowser();
    for (let round = 0; round < ROUNDS; round += 1) {
      const first = await getSpaTokens(acme, {}, browser);
      const revocation = racingForm(`${acme.issuer}/revoke`, { client_id: 'spa', token: first['refresh_token'] });
      const uses = times(9, () => racingForm(`${acme.issuer}/token`, refreshForm(first)));
      const [revoked, ...answers] = await race(platform.ports, [revocation, ...uses]);

      expect(revoked?.status).toBe(200);
      for (const answer of answers.filter(({ status }) => status === 200)) {
        const { refresh_token: successor, access_token: accessToken } = answer.json<TokenAnswer>();
        expect((await refresh(acme, String(successor))).status).toBe(400);
        expect((await userinfo(acme.issuer, String(accessToken))).status).toBe(401);
      }
    }
  }, 600_000);
});

/** The same form fifty times, in turn to each process. */
function raceForm(
  url: string,
  form: Readonly<Record<string, string | undefined>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<HttpAnswer[]> {
  const requests: RacingRequest[] = times(AT_ONCE, () => racingForm(url, form, headers));
  return race(platform.ports, requests);
}

function refreshForm(tokens: TokenAnswer) {
  return { grant_type: 'refresh_token', client_id: 'spa', refresh_token: tokens['refresh_token'] };
}

function successOf(answers: readonly HttpAnswer[]): TokenAnswer {
  const success = answers.find(({ status }) => status === 200);
  if (!success) throw new Error('Nobody won.');
  return success.json<TokenAnswer>();
}

function errorsOf(answers: readonly HttpAnswer[]): unknown[] {
  return [...new Set(answers.filter(({ status }) => status !== 200).map((answer) => answer.json()['error']))];
}

function asWeb() {
  return { authorization: basic('web', acme.secrets.web) };
}

/** Refresh tokens with which the client could go on. */
async function liveRefreshTokens(tenant: TenantFixture, clientId: string): Promise<number> {
  const [row] = await platform.database.query<{ live: number }>(
    `SELECT count(*)::int AS live FROM refresh_tokens r JOIN grants g ON g.tenant_id = r.tenant_id AND g.id = r.grant_id
      WHERE r.tenant_id = $1 AND g.client_id = $2 AND r.consumed_at IS NULL AND g.revoked_at IS NULL`,
    [tenant.id, clientId],
  );
  return row?.live ?? -1;
}
