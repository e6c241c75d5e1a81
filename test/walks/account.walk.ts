import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../browser/chromium.js';
import { Controls } from './controls.js';
import { type Demo, type Slug, startDemo } from './demo.js';
import { type Device, Walker } from './walker.js';

/** Every button and link of the account pages. What the pages show is noted, and in the end all of it was pressed. */

const PLACES: readonly (readonly [Slug, 'path' | 'host', Device])[] = [
  ['acme', 'path', { screen: 'desktop', locale: 'en', script: true, scheme: 'dark' }],
  ['acme', 'host', { screen: 'phone', locale: 'ar', script: true }],
  ['acme', 'path', { screen: 'phone', locale: 'fr', script: false }],
  ['globex', 'path', { screen: 'desktop', locale: 'de', script: true }],
  ['globex', 'host', { screen: 'phone', locale: 'es', script: false }],
];
/** The pages of the account, and those that are opened from there. */
const PAGES = /^\/(account|change-password|confirm-email|second-factor\/enrol)/;
const NEW_PASSWORD = 'nine lanterns on a slow river';
/** One more than a page of the activity shows. */
const MANY_EVENTS = 26;

let demo: Demo;
let browser: Browser;
beforeAll(async () => void ([demo, browser] = await Promise.all([startDemo(), launchChromium()])));
afterAll(async () => {
  await browser.close();
  await demo.stop();
});

describe.each(PLACES)('the account at %s, by its %s, %j', (slug, kind, device) => {
  const isRequired = slug === 'globex';
  let issuer: string;
  let controls: Controls;
  beforeAll(() => {
    issuer = demo.issuer(slug, kind);
    controls = new Controls(issuer, PAGES, device.screen === 'desktop' ? 'on each page' : 'once');
  });
  const walkers: Walker[] = [];
  afterEach(async () => void (await Promise.all(walkers.splice(0).map((walker) => walker.abandon()))));

  /** Somebody with a new account, signed in; with an authenticator app where a second factor is required. */
  async function newPerson(part: string) {
    const name = ['account', slug, kind, device.screen, device.locale, part].join('-');
    const email = `${name}@people.example`;
    const { username, password } = JSON.parse(
      await demo.command('users', 'create', slug, name, '--email', email, '--name', 'Nora Quist', '--json'),
    ) as { username: string; password: string };
    const person = await Walker.start(browser, name, device, controls);
    walkers.push(person);
    const { page } = person;
    const at = (path: string) => page.goto(`${issuer}/account${path}`);
    /** What was pressed is said to be done. */
    const done = async (notice: string) => {
      await page.waitForURL((url) => url.searchParams.has(notice));
      await page.locator('#notice').waitFor();
      await person.look(notice);
    };
    if (device.script) await person.addAuthenticator();
    await page.goto(`${issuer}/sign-in`);
    await person.signIn(username, password);
    if (isRequired) {
      await page.locator('#enrol-totp').waitFor();
      expect(await page.locator('#enrol-passkey').isVisible()).toBe(device.script);
      await person.followLinks();
      await person.press('#enrol-totp', 'second-factor-required');
      await person.followLinks();
      await person.enrol();
    }
    // They were not asked when the account was made.
    if (slug === 'acme') await person.press('#terms-accept', 'terms');
    await page.locator('.account-head').waitFor();
    const otherDevice = async () => {
      const screen = device.screen === 'phone' ? 'desktop' : 'phone';
      const other = await Walker.start(browser, `${name}-other`, { ...device, screen });
      walkers.push(other);
      return other;
    };
    return { person, page, at, done, email, username, password, otherDevice };
  }

  it('overview, profile, e-mail address and password', async () => {
    const { person, page, at, done, email, password } = await newPerson('profile');
    await person.look('overview');
    await person.followLinks();
    await person.push('.account-nav a[href$="/profile"]');
    await person.followLinks();
    await page.fill('#given_name', 'Nora');
    await person.press('#profile-submit', 'profile');
    await done('profile_changed');
    expect(await page.inputValue('#given_name')).toBe('Nora');

    const [byCode, byLink] = [`code-${email}`, `link-${email}`];
    await person.press('#change-email', 'profile-saved');
    await person.followLinks();
    await person.fill({ email: byCode });
    await person.press('#email-submit', 'new-address');
    await page.locator('#email-code-form').waitFor();
    await person.followLinks();
    await person.fill({ code: (await person.mail(demo, 'email_change', byCode)).code });
    await person.press('#email-code-submit', 'code-of-new-address');
    await done('email_changed');
    await at('/email');
    await person.fill({ email: byLink });
    await person.push('#email-submit');
    await page.locator('#email-code-form').waitFor();
    const { link } = await person.mail(demo, 'email_change', byLink);
    await page.goto(link.replace(demo.issuer(slug, 'path'), issuer));
    await person.followLinks();
    await person.press('#confirm-email-submit', 'link-of-new-address');
    await page.locator('#notice[role=status]').waitFor();
    await person.look('address-confirmed');
    await at('/profile');
    expect(await page.textContent('.facts')).toContain(byLink);

    await at('/security');
    await person.push('#password a');
    await person.look('password');
    await person.followLinks();
    if (device.script) await showPasswords(person);
    await person.fill({
      current_password: password,
      new_password: NEW_PASSWORD,
      new_password_again: NEW_PASSWORD,
    });
    await person.push('#password-submit');
    await done('password_changed');
    await at('');
    await person.push('.account-head button');
    await page.locator('#logged-out').waitFor();
    await person.look('signed-out');
    await person.end();
  });

  async function showPasswords(person: Walker): Promise<void> {
    for (const field of ['current_password', 'new_password', 'new_password_again']) {
      await person.push(`#${field}-show`);
      await person.page.locator(`#${field}[type=text]`).waitFor();
      await person.push(`#${field}-show`);
      await person.page.locator(`#${field}[type=password]`).waitFor();
    }
  }

  it('authenticator app, recovery codes and remembered browsers', async () => {
    const { person, page, at, done, username, password, otherDevice } = await newPerson('factors');
    await at('/security');
    await person.look('security');
    await person.followLinks();
    await person.push('#second-factor a');
    if (!isRequired) {
      expect(await page.locator('#set-up-passkey').isVisible()).toBe(device.script);
      await person.followLinks();
      await person.press('#set-up-totp', 'no-second-factor');
      await person.followLinks();
      await person.enrol();
    }
    await page.locator('#factors').waitFor();
    await person.look('app');
    await person.followLinks();
    await person.push('form[action$="/recovery-codes"] button');
    await person.keepCodes();

    const other = await otherDevice();
    await other.page.goto(`${issuer}/sign-in`);
    await other.signIn(username, password);
    await other.proveSecondFactorOf(person, { remember: true });
    await other.page.locator('.account-head').waitFor();
    await at('/second-factor');
    await person.press('form[action$="/forget"] button', 'remembered-browser');
    await done('devices_forgotten');
    await other.push('.account-head form button');
    await other.page.locator('#logged-out').waitFor();
    await other.page.goto(`${issuer}/sign-in`);
    await other.signIn(username, password);
    await other.page.locator('#second-factor-form').waitFor();
    await other.end();

    if (isRequired) {
      expect(await page.locator('form[action$="/second-factor/remove"]').count()).toBe(0);
    } else {
      await person.press('form[action$="/second-factor/remove"] button', 'app-to-be-removed');
      await done('factor_removed');
    }
    await person.end();
  });

  it('passkeys', async () => {
    const { person, page, at, done } = await newPerson('passkeys');
    await at('/security');
    await person.push('#passkeys a');
    await person.look('no-passkey');
    await person.followLinks();
    if (!device.script) {
      expect(await page.locator('[data-passkey-missing]').isVisible()).toBe(true);
      expect(await page.locator('#passkey-add').isVisible()).toBe(false);
      return person.end();
    }
    await person.push('#passkey-add');
    await done('passkey_added');
    await page.click('#passkeys summary');
    await person.push('#passkeys summary');
    await person.push('#passkeys summary');
    await page.locator('#passkeys [name=name]').first().fill('My laptop');
    await person.press('#passkeys form[action$="/rename"] button', 'passkey-name');
    await done('passkey_renamed');
    expect(await page.textContent('#passkeys h2')).toContain('My laptop');
    await person.followLinks();
    await person.push('#passkeys form[action$="/remove"] button');
    await done('passkey_removed');

    // The same as a second factor.
    await at('/second-factor');
    await person.followLinks();
    await person.press('#set-up-passkey', 'second-factor-passkey');
    await person.followLinks();
    await person.press('#passkey-submit', 'second-factor-passkey-add');
    await page.locator('#factors').waitFor();
    await person.look('passkey-as-second-factor');
    if (isRequired) {
      await person.push('form[action$="/second-factor/remove"] button');
      await done('factor_removed');
      await person.followLinks();
    }
    await at('/passkeys');
    await person.push('#passkeys form[action$="/remove"] button');
    if (!isRequired) await done('passkey_removed');
    else await page.locator('#notice[role=alert]').waitFor();
    await person.look('passkey-last');
    await person.end();
  });

  it('sessions, applications and activity', async () => {
    const { person, page, at, done, username, password, otherDevice } = await newPerson('sessions');
    const other = await otherDevice();
    const signInThere = async () => {
      await other.page.goto(`${issuer}/sign-in`);
      await other.signIn(username, password);
      if (isRequired) await other.proveSecondFactorOf(person);
      await other.page.locator('.account-head').waitFor();
    };
    await signInThere();
    await at('/sessions');
    await person.followLinks();
    await person.press('#sessions form button', 'sessions');
    await done('sessions_ended');
    await other.page.reload();
    await other.page.locator('#login-form').waitFor();
    await signInThere();
    await at('/sessions');
    await person.push('#end-other-sessions');
    await done('sessions_ended');
    await other.page.reload();
    await other.page.locator('#login-form').waitFor();
    await other.end();

    await at('/applications');
    await person.look('no-application');
    await person.followLinks();
    await page.goto(`${demo.application}/login?tenant=${slug}`);
    // The application knows the tenant by its path; who is signed in at its host is not signed in there.
    if (kind === 'host') {
      await person.signIn(username, password);
      if (isRequired) await person.proveSecondFactor();
    }
    await person.press('#consent-approve', 'consent');
    await page.locator('#signed-in').waitFor();
    await at('/applications');
    await person.press('.application button', 'application');
    await done('access_withdrawn');
    expect(await page.locator('.application').count()).toBe(0);

    await at('/activity');
    await person.look('activity');
    await person.followLinks();
    if (slug === 'acme' && kind === 'path' && device.script) await readOlder(person, at);
    await person.end();
  });

  async function readOlder(person: Walker, at: (path: string) => Promise<unknown>): Promise<void> {
    const { page } = person;
    await at('/profile');
    for (let nth = 1; nth <= MANY_EVENTS; nth += 1) {
      await page.fill('#family_name', `Quist ${nth}`);
      await person.push('#profile-submit');
      await page.locator(`#family_name[value="Quist ${nth}"]`).waitFor();
    }
    await at('/activity');
    await person.followLinks();
    await person.press('#older', 'activity-newest');
    await page.waitForURL((url) => url.searchParams.has('after'));
    await person.look('activity-older');
    await person.followLinks();
  }

  it('data, deletion and its withdrawal', async () => {
    const { person, page, at, done } = await newPerson('data');
    await at('/data');
    await person.look('data');
    await person.followLinks();
    expect(await person.download(page.locator('#download-submit'))).toBe(`account-${slug}.json`);
    if (isRequired) {
      expect(await page.locator('#delete-account').count()).toBe(0);
      return person.end();
    }
    await person.push('#delete-account');
    await person.look('delete');
    await person.followLinks();
    await person.push('#delete-submit');
    await done('deletion_scheduled');
    await at('');
    await person.look('account-to-be-deleted');
    await person.followLinks();
    await at('/data');
    await person.push('#keep-submit');
    await done('deletion_withdrawn');
    await person.end();
  });

  it('has nothing that was not pressed', () => {
    expect(controls.forgotten).toEqual([]);
  });
});
