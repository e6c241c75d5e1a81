import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../browser/chromium.js';
import { type Demo, type Slug, startDemo } from './demo.js';
import { type Device, Walker } from './walker.js';

/** Every button of the account pages, by somebody with a passkey, an app, another device and an application. */

const ACCOUNTS: readonly (readonly [Slug, 'path' | 'host', Device])[] = [
  ['acme', 'path', { screen: 'desktop', locale: 'en', script: true, scheme: 'dark' }],
  ['acme', 'host', { screen: 'phone', locale: 'ar', script: true }],
  ['globex', 'path', { screen: 'desktop', locale: 'de', script: true }],
];
const NEW_PASSWORD = 'nine lanterns on a slow river';

let demo: Demo;
let browser: Browser;
beforeAll(async () => void ([demo, browser] = await Promise.all([startDemo(), launchChromium()])));
afterAll(async () => {
  await browser.close();
  await demo.stop();
});

describe.each(ACCOUNTS)('the account at %s, by its %s, %j', (slug, kind, device) => {
  const name = ['account', slug, kind, device.screen, device.locale].join('-');
  const email = `${name}@people.example`;

  it('has no button that does not do what it says', async () => {
    const { username, password } = JSON.parse(
      await demo.command('users', 'create', slug, name, '--email', email, '--name', 'Nora Quist', '--json'),
    ) as { username: string; password: string };
    const issuer = demo.issuer(slug, kind);
    const person = await Walker.start(browser, name, device);
    const { page } = person;
    const at = (path: string) => page.goto(`${issuer}/account${path}`);
    const done = async (notice: string) => {
      await page.waitForURL((url) => url.searchParams.has(notice));
      await page.locator('#notice').waitFor();
      await person.look(notice);
    };

    await person.addAuthenticator();
    await page.goto(`${issuer}/sign-in`);
    await person.signIn(username, password);
    await page.locator('#enrol-totp').or(page.locator('.account-head')).first().waitFor();
    if (slug === 'globex') {
      await person.press('#enrol-totp', 'second-factor-required');
    } else {
      await at('/second-factor');
      await person.press('#set-up-totp', 'second-factors');
    }
    await person.enrol();
    await page.waitForURL(/\/account/);

    await at('/passkeys');
    await person.press('#passkey-add', 'passkeys');
    await done('passkey_added');
    await page.locator('#passkeys [name=name]').first().fill('My laptop');
    await person.press('#passkeys form[action$="/rename"] button', 'passkey-name');
    await done('passkey_renamed');
    expect(await page.textContent('#passkeys h2')).toContain('My laptop');
    await person.press('#passkeys form[action$="/remove"] button', 'passkey-remove');
    await done('passkey_removed');

    await at('/second-factor');
    await person.press('form[action$="/recovery-codes"] button', 'renew-codes');
    await person.keepCodes();

    await at('/profile');
    await person.look('profile');
    await page.fill('#given_name', 'Nora');
    await person.press('#profile-submit', 'profile-filled');
    await done('profile_changed');
    await person.press('#change-email', 'change-email');
    await person.fill({ email: `new-${email}` });
    await person.press('#email-submit', 'new-address');
    await page.locator('#email-code-form').waitFor();
    await person.fill({ code: (await person.mail(demo, `new-${email}`)).code });
    await person.press('#email-code-submit', 'code-of-new-address');
    await done('email_changed');

    await page.goto(`${issuer}/change-password`);
    await person.fill({
      current_password: password,
      new_password: NEW_PASSWORD,
      new_password_again: NEW_PASSWORD,
    });
    await person.press('#password-submit', 'password');
    await page.locator('#notice[role=status]').waitFor();
    await person.look('password-changed');

    const other = await Walker.start(browser, `${name}-other`, { ...device, screen: 'phone' });
    await other.page.goto(`${issuer}/sign-in`);
    await other.signIn(username, NEW_PASSWORD);
    await other.proveSecondFactorOf(person, { remember: true });
    await other.page.waitForURL(/\/account/);
    await at('/sessions');
    await person.press('#sessions form button', 'sessions');
    await page.locator('#notice[role=status]').waitFor();
    await person.look('session-ended');
    await other.page.reload();
    await other.page.locator('#login-form').waitFor();
    await other.signIn(username, NEW_PASSWORD);
    await other.page.waitForURL(/\/account/);
    await at('/sessions');
    await person.press('#end-other-sessions', 'sessions');
    await page.locator('#notice[role=status]').waitFor();
    await other.end();

    await at('/second-factor');
    await person.press('form[action$="/forget"] button', 'forget-devices');
    await done('devices_forgotten');

    await page.goto(`${demo.application}/login?tenant=${slug}`);
    if (kind === 'host') {
      await person.signIn(username, NEW_PASSWORD);
      await person.proveSecondFactor();
    }
    await person.press('#consent-approve', 'consent');
    await page.locator('#signed-in').waitFor();
    await at('/applications');
    await person.press('.application button', 'applications');
    await page.locator('#notice[role=status]').waitFor();
    await person.look('application-withdrawn');
    await at('/activity');
    await person.look('activity');

    await at('/data');
    const download = page.waitForEvent('download');
    await person.press('#download-submit', 'data');
    expect((await download).suggestedFilename()).toBe(`account-${slug}.json`);
    if (slug === 'acme') {
      await person.press('#delete-account', 'data');
      await person.press('#delete-submit', 'delete');
      await done('deletion_scheduled');
      await at('');
      await person.look('account-to-be-deleted');
      await at('/data');
      await person.press('#keep-submit', 'keep');
      await done('deletion_withdrawn');
    } else {
      expect(await page.locator('#delete-account').count()).toBe(0);
    }

    await at('/second-factor');
    await person.press('form[action$="/second-factor/remove"] button', 'remove-app');
    await page.locator('#notice, #enrol-totp').first().waitFor();
    await person.look('app-removed');
    await person.end();
  });
});
