import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { basic } from '../support/http.js';
import { type Pair, startPair } from '../support/pair.js';
import { countStatuses, race, racingForm, times } from '../support/race.js';
import { ALICE_PASSWORD, type TenantFixture, createTenant } from '../support/tenant-fixture.js';

let platform: Pair;
let acme: TenantFixture;
let passwordSecret: string;

beforeAll(async () => {
  platform = await startPair();
  acme = await createTenant(platform, 'acme', { allow_password_grant: true });
  const client = await platform.operator.create<{ client_secret: string }>('/tenants/acme/clients', {
    client_id: 'old-app',
    grant_types: ['password'],
    scope: 'openid',
  });
  passwordSecret = client.client_secret;
  for (const username of ['bob', 'carol']) {
    await platform.operator.create('/tenants/acme/users', { username, password: ALICE_PASSWORD });
  }
});
afterAll(() => platform.stop());

describe('Wrong passwords that are tried at the same moment', () => {
  it('are counted one by one, and most are refused unseen', async () => {
    const answers = await race(
      platform.ports,
      times(60, () => signIn('alice', 'not the password of alice')),
    );
    const { 400: wrong = 0, 429: refused = 0, ...others } = countStatuses(answers);

    expect(others).toEqual({});
    expect(wrong + refused).toBe(60);
    // Ten are free; who waited a second, on a slow machine, may have got one more.
    expect([10, 11, 12]).toContain(wrong);
    expect(await failuresOf('alice')).toBe(wrong);
    for (const { headers } of answers.filter(({ status }) => status === 429)) {
      expect(Number(headers['retry-after'])).toBeGreaterThanOrEqual(1);
    }
  });

  it('do not stand in the way of others who sign in from the same place', async () => {
    const requests = times(16, (index) => {
      const username = index % 2 === 0 ? 'bob' : 'carol';
      return signIn(username, index % 4 < 2 ? ALICE_PASSWORD : 'not their password, no');
    });
    const { 200: signedIn = 0, 400: wrong = 0, ...others } = countStatuses(await race(platform.ports, requests));
    expect([signedIn, wrong, others]).toEqual([8, 8, {}]);
  });
});

function signIn(username: string, password: string) {
  const authorization = basic('old-app', passwordSecret);
  const form = { grant_type: 'password', username, password, scope: 'openid' };
  return racingForm(`${acme.issuer}/token`, form, { authorization });
}

/** Failures counted for an account from this machine, which nobody signed in from as that account. */
async function failuresOf(account: string): Promise<number> {
  const bucket = createHash('sha256').update(`origin\n127.0.0.1\n${account}`).digest();
  const text = 'SELECT failures FROM sign_in_attempts WHERE tenant_id = $1 AND bucket = $2';
  return (await platform.database.query<{ failures: number }>(text, [acme.id, bucket]))[0]?.failures ?? -1;
}
