import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { TestBrowser, readForm } from '../support/browser.js';
import { type Pair, startPair } from '../support/pair.js';
import { countStatuses, isFault, race, racingSubmit, times } from '../support/race.js';
import {
  type TestApp,
  codeOf,
  forgetSteps,
  givenUserWithApp,
  recoveryCodesOn,
  secretOn,
  wrongCodeOf,
} from '../support/second-factor.js';
import { ALICE_PASSWORD, type TenantFixture, authorizeUrl, createTenant, pkce } from '../support/tenant-fixture.js';

let platform: Pair;
let acme: TenantFixture;
let user: TestApp & { readonly id: string; readonly username: string };

beforeAll(async () => {
  platform = await startPair();
  acme = await createTenant(platform, 'acme');
});
afterAll(() => platform.stop());

beforeEach(async () => {
  user = await givenUserWithApp(platform, acme, `user-${randomUUID()}`);
  await forgetSteps(platform);
  await platform.database.query('DELETE FROM sign_in_attempts');
});

/** A browser that is asked for a code. */
async function asked(path = '/second-factor/totp') {
  const browser = new TestBrowser();
  const url = authorizeUrl(acme.issuer, { code_challenge: pkce().challenge, code_challenge_method: 'S256' });
  const page = await browser.signIn(await browser.open(url), user.username, ALICE_PASSWORD);
  return { browser, page: await browser.open(page.url.replace(/\/second-factor(?=\?)/, path)) };
}

const strongSessions = async () =>
  (await platform.database.query(`SELECT id FROM sessions WHERE user_id = $1 AND acr = '2'`, [user.id])).length;

/** One session of the user was strengthened when they set up their app. */
const OF_THE_SETUP = 1;

describe('Fifty requests at the same moment', () => {
  it('use a code of an app once, though they come from several browsers', async () => {
    const browsers = await Promise.all(times(5, () => asked()));
    const code = await codeOf(user.secret);
    const requests = times(50, (index) => {
      const { browser, page } = browsers[index % browsers.length] as Awaited<ReturnType<typeof asked>>;
      return racingSubmit(browser, page, 'second-factor-form', { code });
    });
    const answers = await race(platform.ports, requests);
    expect(answers.map(({ status }) => status).filter(isFault)).toEqual([]);
    expect(await strongSessions()).toBe(OF_THE_SETUP + 1);
  });

  it('use a recovery code once', async () => {
    const { browser, page } = await asked('/second-factor/recovery-code');
    const [code = ''] = user.recoveryCodes;
    const request = racingSubmit(browser, page, 'second-factor-form', { code });
    const answers = await race(
      platform.ports,
      times(50, () => request),
    );
    // The same form of one browser: every answer leads on, and has the new cookie.
    expect(countStatuses(answers)).toEqual({ 303: 50 });
    expect(answers.filter(({ headers }) => headers['set-cookie'] === undefined)).toEqual([]);
    expect(await strongSessions()).toBe(OF_THE_SETUP + 1);
    const left = await platform.database.query('SELECT FROM user_recovery_codes WHERE user_id = $1', [user.id]);
    expect(left).toHaveLength(9);
  });

  it('cannot guess more than the limit', async () => {
    const { browser, page } = await asked();
    const code = await wrongCodeOf(user.secret);
    const request = racingSubmit(browser, page, 'second-factor-form', { code });
    const {
      400: wrong = 0,
      429: refused = 0,
      503: busy = 0,
      ...others
    } = countStatuses(
      await race(
        platform.ports,
        times(50, () => request),
      ),
    );
    expect(others).toEqual({});
    expect(wrong + refused + busy).toBe(50);
    expect(wrong).toBeLessThanOrEqual(12);
  });

  it('set up one app', async () => {
    const username = `user-${randomUUID()}`;
    const { id } = await platform.operator.create<{ id: string }>('/tenants/acme/users', {
      username,
      password: ALICE_PASSWORD,
    });
    const browser = new TestBrowser();
    await browser.signIn(await browser.open(`${acme.issuer}/sign-in`), username, ALICE_PASSWORD);
    const page = await browser.open(`${acme.issuer}/second-factor/enrol-totp`);
    expect(readForm(page, 'totp-form').fields).toHaveProperty('offer');
    const request = racingSubmit(browser, page, 'totp-form', { code: await codeOf(secretOn(page)) });
    const answers = await race(
      platform.ports,
      times(50, () => request),
    );
    expect(answers.map(({ status }) => status).filter(isFault)).toEqual([]);
    // All are the same form of one browser: whichever answer it keeps, it sees the codes that work.
    const shown = answers.filter(({ text }) => text.includes('id="recovery-codes"')).map(recoveryCodesOn);
    expect(shown.length).toBeGreaterThan(0);
    expect(new Set(shown.map((list) => list.join(' '))).size).toBe(1);
    const codes = await platform.database.query('SELECT FROM user_recovery_codes WHERE user_id = $1', [id]);
    expect(codes).toHaveLength(10);
  });
});
