import { describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { eventsOf } from '../support/audit.js';
import { FLAGS, SoftwareAuthenticator } from '../support/authenticator.js';
import { type Page, TestBrowser } from '../support/browser.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { addPasskey, fetchOptions, signInWithPasskey, signedIn } from '../support/passkeys.js';
import { isFault, race, racingSubmit, times } from '../support/race.js';
import {
  ALICE_PASSWORD,
  type TenantFixture,
  authorizeUrl,
  pkce,
  redeem,
  responseOf,
} from '../support/tenant-fixture.js';

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');
const globex = givenTenant(platform, 'globex');
const strict = givenTenant(platform, 'strict', { second_factor: 'required' });

const noticeOf = (page: Page) => /<p class="notice-title">([^<]*)/.exec(page.text)?.[1];

/** Somebody with a password and a passkey. */
async function givenOwner(tenant: TenantFixture, username: string, issuer = tenant.issuer) {
  const user = { username, password: ALICE_PASSWORD };
  const { id } = await platform.operator.create<{ id: string }>(`/tenants/${tenant.slug}/users`, user);
  // Nobody unlocks it: as a second factor that is enough.
  const authenticator = new SoftwareAuthenticator(new URL(issuer).origin);
  const browser = await signedIn(issuer, username);
  const { answer } = await addPasskey(issuer, { browser, authenticator });
  return { id, username, authenticator, browser, answer };
}

/** The page that follows the password. */
async function afterPassword(url: string, username: string, browser = new TestBrowser()) {
  return { browser, page: await browser.signIn(await browser.open(url), username, ALICE_PASSWORD) };
}

describe('a passkey as a second factor', () => {
  it('is asked for after the password, and not at once by whoever just added it', async () => {
    const { username, authenticator, answer } = await givenOwner(acme, 'owner');
    expect(noticeOf(answer)).toBe('Passkey added');
    const { verifier, challenge } = pkce();
    const url = authorizeUrl(acme.issuer, { code_challenge: challenge, code_challenge_method: 'S256' });
    const { browser, page } = await afterPassword(url, username);
    expect(new URL(page.url).pathname).toBe('/t/acme/second-factor/passkey');
    const options = await fetchOptions(browser, page);
    expect(options).toMatchObject({ userVerification: 'discouraged', allowCredentials: [{ id: authenticator.id }] });
    const credential = authenticator.get(options, { flags: FLAGS.up });
    const consent = await browser.submit(page, 'passkey-form', { credential });
    const { code = '' } = responseOf(await browser.decide(consent, 'approve'));
    const { id_token } = (await redeem(acme, { code, code_verifier: verifier })).json<{ id_token: string }>();
    expect(decodeJwt(id_token)).toMatchObject({ acr: 'phr', amr: ['pwd', 'hwk', 'user', 'mfa'] });
  });

  it('is not asked of whoever signed in with a passkey alone that verified them', async () => {
    const { authenticator } = await givenOwner(acme, 'alone');
    const { answer } = await signInWithPasskey(`${acme.issuer}/sign-in`, authenticator);
    expect(answer.url).toBe(`${acme.issuer}/account`);
  });

  it('is remembered in a browser when the person says so', async () => {
    const { username, authenticator } = await givenOwner(acme, 'remembers');
    const { browser, page } = await afterPassword(`${acme.issuer}/sign-in`, username);
    const credential = authenticator.get(await fetchOptions(browser, page));
    await browser.submit(page, 'passkey-form', { credential, remember: 'yes' });
    expect(browser.cookieNames.some((name) => name.endsWith('device'))).toBe(true);
  });

  it('is taken of its owner, from the session and browser that asked, and once', async () => {
    const { username, authenticator } = await givenOwner(acme, 'once');
    const { authenticator: another } = await givenOwner(acme, 'another');
    const { browser, page } = await afterPassword(`${acme.issuer}/sign-in`, username);
    const options = await fetchOptions(browser, page);
    const wrong = await browser.submit(page, 'passkey-form', { credential: another.get(options) });
    expect([wrong.status, noticeOf(wrong)]).toEqual([400, 'The passkey was not accepted']);
    const credential = authenticator.get(options);
    const elsewhere = await afterPassword(`${acme.issuer}/sign-in`, username);
    expect((await elsewhere.browser.submit(elsewhere.page, 'passkey-form', { credential })).status).toBe(400);
    // An answer for the second factor does not sign in alone.
    const guest = new TestBrowser();
    const signIn = await guest.open(`${acme.issuer}/sign-in`);
    expect(noticeOf(await guest.submit(signIn, 'passkey-form', { credential }))).toBe('That took too long');
    const answers = await race(
      [platform.config.listen.port],
      times(50, () => racingSubmit(browser, page, 'passkey-form', { credential })),
    );
    // All are the same form of one browser: whichever answer it keeps, it has the one session that was strengthened.
    const given = answers.flatMap(({ headers }) => headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]);
    expect(new Set(given.filter((cookie) => cookie?.includes('session='))).size).toBe(1);
    expect(answers.filter(({ status }) => isFault(status))).toEqual([]);
  });

  it('records what was refused', async () => {
    const { username, authenticator } = await givenOwner(acme, 'refused');
    const { browser, page } = await afterPassword(`${acme.issuer}/sign-in`, username);
    const events = await eventsOf(platform.operator, 'acme', async () => {
      const credential = authenticator.get(await fetchOptions(browser, page), { origin: 'https://evil.test' });
      await browser.submit(page, 'passkey-form', { credential });
    });
    const failed = events.find(({ type }) => type === 'user.second_factor_failed');
    expect(failed?.details).toMatchObject({ factor: 'passkey', reason: 'passkey_refused' });
  });

  it('at another address of the tenant is asked for as well, and the page says where it works', async () => {
    const { username } = await givenOwner(acme, 'away');
    const { browser, page } = await afterPassword(`${acme.hostIssuer}/sign-in`, username);
    expect(page.text).toContain('Your passkeys work at localhost only');
    expect(page.text).not.toContain('passkey-form');
    expect((await browser.open(`${acme.hostIssuer}/account`)).url).toContain('/second-factor');
  });

  it('of another tenant is of no use at the same relying party', async () => {
    const ofAcme = await givenOwner(acme, 'twin');
    await givenOwner(globex, 'twin');
    const { browser, page } = await afterPassword(`${globex.issuer}/sign-in`, 'twin');
    const options = await fetchOptions(browser, page);
    expect(options.allowCredentials.map(({ id }) => id)).not.toContain(ofAcme.authenticator.id);
    const answer = await browser.submit(page, 'passkey-form', { credential: ofAcme.authenticator.get(options) });
    expect([answer.status, noticeOf(answer)]).toEqual([400, 'The passkey was not accepted']);
  });

  it('is gone when the last passkey was removed', async () => {
    const { username, browser, answer } = await givenOwner(acme, 'leaves');
    expect(noticeOf(await browser.submit(answer, '/account/passkeys/remove'))).toBe('Passkey removed');
    const { page } = await afterPassword(`${acme.issuer}/sign-in`, username);
    expect(page.url).toBe(`${acme.issuer}/account`);
  });
});

describe('where a second factor is required', () => {
  it('a passkey can be the one that is set up, and the last one is not removed', async () => {
    const user = { username: 'new', password: ALICE_PASSWORD };
    await platform.operator.create('/tenants/strict/users', user);
    const { browser, page } = await afterPassword(`${strict.issuer}/sign-in`, 'new');
    expect(page.text).toContain('id="enrol-passkey"');
    const add = await browser.open(`${strict.issuer}/second-factor/enrol-passkey`);
    const authenticator = new SoftwareAuthenticator(new URL(strict.issuer).origin);
    const options = await fetchOptions(browser, add);
    const refused = await browser.submit(add, 'passkey-form', {
      credential: authenticator.create(options, { origin: 'https://evil.test' }),
    });
    expect([refused.status, noticeOf(refused)]).toEqual([400, 'The passkey was not accepted']);
    const done = await browser.submit(add, 'passkey-form', { credential: authenticator.create(options) });
    expect(done.url).toBe(`${strict.issuer}/account`);
    const listed = await browser.open(`${strict.issuer}/account/passkeys`);
    const kept = await browser.submit(listed, '/account/passkeys/remove');
    expect([kept.status, noticeOf(kept)]).toEqual([400, 'Nothing was changed']);
    expect(kept.text).toContain('your only second factor');
  });
});
