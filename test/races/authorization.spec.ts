import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestBrowser } from '../support/browser.js';
import { type ProductionPlatform, startProduction } from '../support/production.js';
import { countStatuses, race, racingForm, racingSubmit, times } from '../support/race.js';
import {
  ALICE_PASSWORD,
  type TenantFixture,
  WEB_REDIRECT,
  authorizeUrl,
  createTenant,
  pkce,
  responseOf,
} from '../support/tenant-fixture.js';

/** `npm run test:races` asks for 200. */
const ROUNDS = Number(process.env['RACE_ROUNDS'] ?? 3);
const AT_ONCE = 50;

let platform: ProductionPlatform;
let acme: TenantFixture;

beforeAll(async () => {
  platform = await startProduction(2);
  acme = await createTenant(platform, 'acme');
});
afterAll(() => platform.stop());

describe('An authorization request that waits for a decision', () => {
  it(`is approved once, whatever the number of clicks, in ${ROUNDS} rounds`, async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { browser, page } = await askForConsent();
      const before = await countGrants();
      const click = racingSubmit(browser, page, 'consent-approve', { decision: 'approve' });
      const answers = await race(
        platform.ports,
        times(AT_ONCE, () => click),
      );

      expect(countStatuses(answers)).toEqual({ 303: 1, 400: AT_ONCE - 1 });
      const [winner] = answers.filter(({ status }) => status === 303);
      expect(winner?.headers.location).toMatch(/^https:\/\/rp\.test\/cb\?code=/);
      for (const { text } of answers.filter(({ status }) => status === 400)) expect(text).toContain('id="error-page"');
      expect(await countGrants()).toBe(before + 1);
    }
  }, 600_000);

  it('is approved or denied, never both', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { browser, page } = await askForConsent();
      const before = await countGrants();
      const clicks = times(10, (index) => {
        const decision = index % 2 === 0 ? 'approve' : 'deny';
        return racingSubmit(browser, page, `consent-${decision}`, { decision });
      });
      const answers = await race(platform.ports, clicks);

      expect(countStatuses(answers)).toEqual({ 303: 1, 400: 9 });
      const [winner] = answers.filter(({ status }) => status === 303);
      const response = winner && responseOf(winner);
      expect([response?.['code'] === undefined, response?.['error']]).toEqual(
        response?.['error'] === undefined ? [false, undefined] : [true, 'access_denied'],
      );
      expect(await countGrants()).toBe(before + (response?.['code'] === undefined ? 0 : 1));
    }
  });

  it('that came by POST is taken up by the first browser that shows it, and by no other', async () => {
    const { challenge } = pkce();
    const form = { client_id: 'web', redirect_uri: WEB_REDIRECT, response_type: 'code', scope: 'openid' };
    const kept = await race(platform.ports, [
      racingForm(`${acme.issuer}/authorize`, { ...form, code_challenge: challenge, code_challenge_method: 'S256' }),
    ]);
    const resume = new URL(kept[0]?.headers.location ?? '', acme.issuer).href;
    const browsers = await Promise.all(times(10, () => signedIn()));
    const requests = browsers.map((browser) => ({
      url: resume,
      headers: { accept: 'text/html', cookie: browser.cookieHeader(resume) },
    }));
    const answers = await race(platform.ports, requests);
    expect(countStatuses(answers)).toEqual({ 303: 1, 400: 9 });
  });
});

/** A browser that was shown the consent page of a request of its own. */
async function askForConsent() {
  const browser = await signedIn();
  const page = await browser.open(authorizeUrl(acme.issuer, { prompt: 'consent', ...s256() }));
  return { browser, page };
}

async function signedIn(): Promise<TestBrowser> {
  const browser = new TestBrowser();
  const page = await browser.open(`${acme.issuer}/sign-in`);
  await browser.signIn(page, 'alice', ALICE_PASSWORD);
  return browser;
}

function s256() {
  return { code_challenge: pkce().challenge, code_challenge_method: 'S256' };
}

async function countGrants(): Promise<number> {
  const text = 'SELECT count(*)::int AS grants FROM grants WHERE tenant_id = $1';
  return (await platform.database.query<{ grants: number }>(text, [acme.id]))[0]?.grants ?? -1;
}
