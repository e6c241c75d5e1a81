import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { TestBrowser } from '../support/browser.js';
import { type Pair, startPair } from '../support/pair.js';
import { countStatuses, race, racingCall, racingForm, times } from '../support/race.js';
import {
  SPA_REDIRECT,
  type TenantFixture,
  type TokenAnswer,
  createTenant,
  getCode,
  getSpaTokens,
  refresh,
  userinfo,
} from '../support/tenant-fixture.js';

const ROUNDS = 10;

let platform: Pair;
let acme: TenantFixture;

beforeAll(async () => {
  platform = await startPair();
  acme = await createTenant(platform, 'acme');
});
afterAll(() => platform.stop());

describe('A consent that is withdrawn while its tokens are used', () => {
  it(`leaves no token alive that a refresh got in the same moment, in ${ROUNDS} rounds`, async () => {
    const browser = new TestBrowser();
    for (let round = 0; round < ROUNDS; round += 1) {
      const { refresh_token: token } = await getSpaTokens(acme, {}, browser);
      const form = { grant_type: 'refresh_token', client_id: 'spa', refresh_token: token };
      const uses = times(9, () => racingForm(`${acme.issuer}/token`, form));
      const [withdrawal, ...answers] = await race(platform.ports, [await withdrawalOfSpa(), ...uses]);

      expect(withdrawal?.status).toBe(204);
      await expectDead(answers.filter(({ status }) => status === 200).map((answer) => answer.json<TokenAnswer>()));
    }
  });

  it(`leaves no token alive that a code was exchanged for in the same moment, in ${ROUNDS} rounds`, async () => {
    const browser = new TestBrowser();
    const spa = { client_id: 'spa', redirect_uri: SPA_REDIRECT };
    for (let round = 0; round < ROUNDS; round += 1) {
      const { code, verifier } = await getCode(acme.issuer, { ...spa, scope: 'openid offline_access' }, browser);
      const form = { grant_type: 'authorization_code', ...spa, code, code_verifier: verifier };
      const exchange = racingForm(`${acme.issuer}/token`, form);
      const [withdrawal, answer] = await race(platform.ports, [await withdrawalOfSpa(), exchange]);

      expect(withdrawal?.status).toBe(204);
      if (answer?.status === 200) await expectDead([answer.json<TokenAnswer>()]);
    }
  });

  it('is withdrawn once by many, and recorded once', async () => {
    await getSpaTokens(acme);
    const withdrawal = await withdrawalOfSpa();
    const before = await countWithdrawals();
    const answers = await race(
      platform.ports,
      times(20, () => withdrawal),
    );
    expect(countStatuses(answers)).toEqual({ 204: 1, 404: 19 });
    expect(await countWithdrawals()).toBe(before + 1);
  });

  it('takes along a grant that was being given when the withdrawal began', async () => {
    await getSpaTokens(acme);
    const request = await withdrawalOfSpa();
    const approval = new Client({ connectionString: platform.database.url });
    await approval.connect();
    try {
      // What approving does, stopped before its commit.
      await approval.query('BEGIN');
      await approval.query(`UPDATE consents SET updated_at = now() WHERE tenant_id = $1 AND client_id = 'spa'`, [
        acme.id,
      ]);
      const grantId = randomUUID();
      await approval.query(
        `INSERT INTO grants
         SELECT (jsonb_populate_record(g, jsonb_build_object('id', $2::text, 'revoked_at', NULL))).*
           FROM grants g WHERE tenant_id = $1 AND client_id = 'spa' LIMIT 1`,
        [acme.id, grantId],
      );
      const withdrawal = race(platform.ports, [request]);
      await untilBlocked();
      await approval.query('COMMIT');

      expect(countStatuses(await withdrawal)).toEqual({ 204: 1 });
      const [grant] = await platform.database.query<{ revoked: boolean }>(
        'SELECT revoked_at IS NOT NULL AS revoked FROM grants WHERE tenant_id = $1 AND id = $2',
        [acme.id, grantId],
      );
      expect(grant?.revoked).toBe(true);
    } finally {
      await approval.end();
    }
  });
});

/** The request that withdraws what alice allowed the single-page client; she did just now. */
async function withdrawalOfSpa() {
  const query = `user_id=${acme.aliceId}&client_id=spa`;
  const { data } = await platform.operator.get<{ data: { id: string }[] }>(`/tenants/acme/consents?${query}`);
  return racingCall(platform.operator, 'DELETE', `/tenants/acme/consents/${data[0]?.id}`);
}

async function expectDead(tokens: readonly TokenAnswer[]): Promise<void> {
  for (const { access_token: accessToken, refresh_token: refreshToken } of tokens) {
    expect((await userinfo(acme.issuer, String(accessToken))).status).toBe(401);
    expect((await refresh(acme, String(refreshToken))).status).toBe(400);
  }
}

async function countWithdrawals(): Promise<number> {
  const text = `SELECT count(*)::int AS events FROM audit_events WHERE tenant_id = $1 AND type = 'consent.withdrawn'`;
  return (await platform.database.query<{ events: number }>(text, [acme.id]))[0]?.events ?? -1;
}

/** Until a statement of the platform waits for a row. */
async function untilBlocked(): Promise<void> {
  const text = `SELECT FROM pg_stat_activity
                 WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%consents%'`;
  while ((await platform.database.query(text)).length === 0);
}
