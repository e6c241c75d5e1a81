import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { authorizeUrl } from '../../scripts/page-tour.js';
import { launchChromium } from '../browser/chromium.js';
import { type Demo, type Slug, startDemo } from './demo.js';
import { type Device, Walker } from './walker.js';

/** From the first visit to the way back after forgetting, with each tenant, on several devices. */

const JOURNEYS: readonly (readonly [Slug, 'path' | 'host', Device])[] = [
  ['acme', 'path', { screen: 'desktop', locale: 'en', script: true }],
  ['acme', 'host', { screen: 'phone', locale: 'fr', script: false }],
  ['acme', 'path', { screen: 'phone', locale: 'ar', script: true, scheme: 'dark' }],
  ['globex', 'host', { screen: 'desktop', locale: 'de', script: true, scheme: 'dark' }],
  ['globex', 'path', { screen: 'phone', locale: 'es', script: false }],
];
const PASSWORD = 'a kettle full of quiet thunder';
const NEW_PASSWORD = 'nine lanterns on a slow river';

let demo: Demo;
let browser: Browser;
beforeAll(async () => void ([demo, browser] = await Promise.all([startDemo(), launchChromium()])));
afterAll(async () => {
  await browser.close();
  await demo.stop();
});

describe.each(JOURNEYS)('%s at its %s, %j', (slug, kind, device) => {
  const name = [slug, kind, device.screen, device.locale, device.script ? 'script' : 'plain'].join('-');
  const email = `${name}@people.example`;
  let issuer: string;
  let person: Walker;

  beforeEach(async () => {
    issuer = demo.issuer(slug, kind);
    person = await Walker.start(browser, name, device);
  });
  afterEach(() => person.end());

  const toAccount = () => person.page.waitForURL(/\/account(\/|\?|$)/);
  const toApplication = () => person.page.waitForURL(`${demo.application}/**`);
  const open = (params: Record<string, string> = {}) =>
    person.page.goto(
      authorizeUrl(
        {
          issuer,
          clientId: 'web',
          redirectUri: `${demo.application}/callback`,
          scope: 'openid',
          password: '',
        },
        params,
      ),
    );
  const signOut = async () => {
    await person.page.goto(`${issuer}/account`);
    await person.press('.account-head button', 'account');
    await person.look('signed-out');
  };

  it('signs up, comes back, forgets, and comes back again', async () => {
    await makeAccount();
    if (device.script) await signInWithPasskey();
    await signInRemembered();
    await forgetPassword();
    await signInElsewhere();
  });

  async function makeAccount(): Promise<void> {
    if (slug === 'globex') {
      await demo.command('invitations', 'create', 'globex', email, '--locale', device.locale);
      const { link } = await person.mail(demo, 'invitation', email);
      // The stored address of the tenant: people may use it at another one.
      await person.page.goto(link.replace(demo.issuer('globex', 'path'), issuer));
      await person.fill({ new_password: PASSWORD, new_password_again: PASSWORD });
      await person.press('#sign-up-submit', 'invitation');
      await person.press('#enrol-totp', 'second-factor-required');
      await person.enrol();
      return toAccount();
    }
    await open({ prompt: 'create' });
    await person.fill({ email, name: 'Nora Quist', new_password: PASSWORD, new_password_again: PASSWORD });
    await person.page.check('#terms');
    await person.press('#sign-up-submit', 'sign-up');
    await person.page.locator('#code-form').waitFor();
    const { link, code } = await person.mail(demo, 'signUp', email);
    if (device.script) {
      await person.fill({ code });
      await person.press('#code-submit', 'code-of-mail');
    } else {
      await person.look('code-of-mail');
      await person.page.goto(link.replace(demo.issuer('acme', 'path'), issuer));
      await person.press('#confirm-submit', 'link-of-mail');
    }
    await person.press('#consent-approve', 'consent');
    await toApplication();
    await person.page.goto(`${issuer}/account`);
    await person.press('#security a', 'account');
    await person.page.goto(`${issuer}/account/second-factor`);
    await person.press('#set-up-totp', 'second-factors');
    await person.enrol();
    await toAccount();
  }

  async function signInWithPasskey(): Promise<void> {
    await person.addAuthenticator();
    await person.page.goto(`${issuer}/account/passkeys`);
    await person.press('#passkey-add', 'passkeys');
    await person.page.waitForURL(/passkey_added/);
    await person.look('passkey-added');
    await signOut();
    await open({ prompt: 'login' });
    await person.press('#passkey-submit', 'sign-in-with-passkey');
    // Whoever was invited has not met the application yet.
    if (slug === 'globex') await person.press('#consent-approve', 'consent');
    await toApplication();
  }

  async function signInRemembered(): Promise<void> {
    await signOut();
    await person.page.goto(`${issuer}/sign-in`);
    await person.signIn(email, PASSWORD);
    await person.proveSecondFactor({ remember: true });
    await toAccount();
    await signOut();
    await person.page.goto(`${issuer}/sign-in`);
    await person.signIn(email, PASSWORD);
    await toAccount();
  }

  async function forgetPassword(): Promise<void> {
    await signOut();
    await person.page.goto(`${issuer}/sign-in`);
    await person.press('a[href*="/forgot-password"]', 'sign-in');
    await person.fill({ identifier: email });
    await person.press('#forgot-submit', 'forgotten-password');
    await person.page.locator('#code-form').waitFor();
    await person.look('mail-sent');
    const { link } = await person.mail(demo, 'password_reset_link', email);
    const other = await Walker.start(browser, `${name}-other-device`, { ...device, screen: 'phone', scheme: 'light' });
    await other.page.goto(link);
    await other.fill({ new_password: NEW_PASSWORD, new_password_again: NEW_PASSWORD });
    await other.press('#new-password-submit', 'new-password');
    await other.page.locator('#login-form').waitFor();
    await other.look('after-new-password');
    await other.end();
    await person.page.goto(`${issuer}/sign-in`);
    await person.signIn(email, NEW_PASSWORD);
    await person.page.locator('#second-factor-form').or(person.page.locator('#security')).first().waitFor();
    if ((await person.page.locator('#second-factor-form').count()) > 0) await person.proveSecondFactor();
    await toAccount();
  }

  async function signInElsewhere(): Promise<void> {
    const fresh = await Walker.start(browser, `${name}-step-up`, device);
    await fresh.page.goto(`${demo.application}/login?tenant=${slug}`);
    await fresh.signIn(email, NEW_PASSWORD);
    await fresh.proveSecondFactorOf(person);
    if ((await fresh.page.locator('#consent-approve').count()) > 0) await fresh.press('#consent-approve', 'consent');
    await fresh.page.locator('#signed-in').waitFor();
    await fresh.page.click('#call-strict-api');
    await fresh.page.locator('#api-status').waitFor();
    expect(await fresh.page.textContent('#api-status')).toBe('200');
    await fresh.end();
  }
});

describe('an API that wants two factors', () => {
  it('sends somebody with one factor to set up another, and the application goes on', async () => {
    const walker = await Walker.start(browser, 'acme-step-up-enrol', { screen: 'desktop', locale: 'en', script: true });
    await walker.page.goto(demo.application);
    await walker.page.click('#login-acme');
    await walker.signIn('alice', demo.secrets.demo.acme.alicePassword);
    await walker.press('#consent-approve', 'consent');
    await walker.page.locator('#signed-in').waitFor();
    await walker.shoot('application');
    await walker.page.click('#call-strict-api');
    await walker.press('#enrol-totp', 'enrol');
    await walker.enrol();
    await walker.page.locator('#api-status').waitFor();
    expect(await walker.page.textContent('#api-status')).toBe('200');
    await walker.shoot('api-answered');
    await walker.end();
  });
});
