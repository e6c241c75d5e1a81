import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestBrowser } from '../support/browser.js';
import { encodeForm } from '../support/http.js';
import { type Pair, startPair } from '../support/pair.js';
import { race, racingSubmit, times } from '../support/race.js';
import {
  type TenantFixture,
  authorizeUrl,
  createTenant,
  getTokens,
  pkce,
  responseOf,
} from '../support/tenant-fixture.js';

let platform: Pair;
let acme: TenantFixture;

beforeAll(async () => {
  platform = await startPair();
  acme = await createTenant(platform, 'acme');
});
afterAll(() => platform.stop());

describe('OpenID Connect RP-Initiated Logout: a logout that is confirmed twice at once', () => {
  it('ends the session once and leads each of them back', async () => {
    const browser = new TestBrowser();
    const tokens = await getTokens(acme, {}, browser);
    const query = { client_id: 'web', post_logout_redirect_uri: 'https://rp.test/out', state: 's2' };
    const page = await browser.open(`${acme.issuer}/end-session?${encodeForm(query)}`);
    const click = racingSubmit(browser, page, 'logout-confirm');
    const answers = await race(
      platform.ports,
      times(20, () => click),
    );

    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    const left = answers.filter(({ status }) => status === 303);
    expect(left.length).toBeGreaterThanOrEqual(1);
    for (const { headers } of left) {
      // Whose click found the session ended is asked once more, when there is nobody left to ask.
      const next = new URL(headers.location ?? '', acme.issuer);
      const end = next.host === 'rp.test' ? next.href : (await browser.open(next.href)).headers.location;
      expect(end).toBe('https://rp.test/out?state=s2');
    }
    expect(tokens['id_token']).toBeDefined();
    expect(await signOutsOf(acme)).toBe(1);
    const again = await browser.open(authorizeUrl(acme.issuer, { prompt: 'none', ...s256() }));
    expect(responseOf(again)).toMatchObject({ error: 'login_required' });
  });
});

function s256() {
  return { code_challenge: pkce().challenge, code_challenge_method: 'S256' };
}

async function signOutsOf(tenant: TenantFixture): Promise<number> {
  await platform.flushAudit();
  const text = `SELECT count(*)::int AS events FROM audit_events WHERE tenant_id = $1 AND type = 'user.signed_out'`;
  return (await platform.database.query<{ events: number }>(text, [tenant.id]))[0]?.events ?? -1;
}
