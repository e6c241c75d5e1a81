import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestBrowser, readForm } from '../support/browser.js';
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
  it(`is approved once, and answers each click with a code of its own, in ${ROUNDS} rounds`, async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { browser, page } = await askForConsent();
      const before = await countGrants();
      const click = racingSubmit(browser, page, 'consent-approve', { decision: 'approve' });
      const answers = await race(
        platform.ports,
        times(AT_ONCE, () => click),
      );

      expect(countStatuses(answers)).toEqual({ 303: AT_ONCE });
      const codes = answers.map((answer) => responseOf(answer)['code']);
      expect(codes.filter((code) => code === undefined)).toEqual([]);
      expect(new Set(codes).size).toBe(AT_ONCE);
      expect(await countGrants()).toBe(before + AT_ONCE);
      const request = readForm(page, 'consent-approve').fields['request'];
      expect(await countEvents('consent.granted')).toBe(round + 1);
      expect(await countEvents('authorization.granted', request)).toBe(AT_ONCE - 1);
    }
  }, 600_000);

  it('is answered once more for nobody but its browser', async () => {
    const { browser, page } = await askForConsent();
    const stranger = await signedIn();
    const url = `${acme.issuer}/authorize/resume?request=${readForm(page, 'consent-approve').fields['request']}`;
    const visits = [browser, stranger].map((one) => ({
      url,
      headers: { accept: 'text/html', cookie: one.cookieHeader(url) },
    }));
    const click = racingSubmit(browser, page, 'consent-approve', { decision: 'approve' });
    const answers = await race(platform.ports, [click, ...times(10, (index) => visits[index % 2] ?? click)]);
    expect(answers[0]?.status).toBe(303);
    const strangers = answers.slice(1).filter((_, index) => index % 2 === 1);
    expect(countStatuses(strangers)).toEqual({ 400: 5 });
  });

  it('is approved or denied, never both', async () => {
    for (let round = 0; round < 10; round += 1) {
      const { browser, page } = await askForConsent();
      const before = await countGrants();
      const clicks = times(10, (index) => {
        const decision = index % 2 === 0 ? 'approve' : 'deny';
        return racingSubmit(browser, page, `consent-${decision}`, { decision });
      });
      const answers = await race(platform.ports, clicks);

      // Each click is answered as its button says: with the first decision, or with where it can be changed.
      expect(countStatuses(answers)).toEqual({ 303: 10 });
      const isApproved = answers[0]?.headers.location?.startsWith(WEB_REDIRECT) ?? false;
      for (const [index, { headers }] of answers.entries()) {
        const answer = headers.location ?? '';
        if (index % 2 === 0) expect(answer).toMatch(isApproved ? /^https:\/\/rp\.test\/cb\?code=/ : /\/consent\?/);
        else
          expect(answer).toMatch(
            isApproved ? /\/account\/applications$/ : /^https:\/\/rp\.test\/cb\?error=access_denied/,
          );
      }
      expect(await countGrants()).toBe(before + (isApproved ? 5 : 0));
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

async function countEvents(type: string, repeats?: string): Promise<number> {
  const text = `SELECT count(*)::int AS events FROM audit_events
                 WHERE tenant_id = $1 AND type = $2 AND ($3::text IS NULL OR details ->> 'repeats' = $3)`;
  return (await platform.database.query<{ events: number }>(text, [acme.id, type, repeats ?? null]))[0]?.events ?? -1;
}

async function countGrants(): Promise<number> {
  const text = 'SELECT count(*)::int AS grants FROM grants WHERE tenant_id = $1';
  return (await platform.database.query<{ grants: number }>(text, [acme.id]))[0]?.grants ?? -1;
}
