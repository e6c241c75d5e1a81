import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { givenPlatform, givenTenant } from '../support/given.js';
import { ALICE_PASSWORD } from '../support/tenant-fixture.js';
import { describeInChromium, launchChromium } from './chromium.js';
import { type Visit, axeFindings, focusComesTo, overflow, visit } from './visit.js';

/** Signs by itself, as if its owner had unlocked it at once. */
const AUTHENTICATOR = {
  protocol: 'ctap2',
  transport: 'internal',
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  automaticPresenceSimulation: true,
} as const;

/** Autofill would sign in at once with this authenticator, before anybody presses the button. */
const WITHOUT_AUTOFILL = 'PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false)';

describeInChromium('passkeys in Chromium, with its virtual authenticator', () => {
  const platform = givenPlatform();
  const acme = givenTenant(platform, 'acme', { second_factor: 'off' });
  const globex = givenTenant(platform, 'globex', { second_factor: 'off' });
  const strict = givenTenant(platform, 'strict', { second_factor: 'required' });
  let browser: Browser;
  let person: Visit;
  let page: Page;
  let cdp: CDPSession;
  let authenticatorId: string;

  beforeAll(async () => void (browser = await launchChromium()));
  afterAll(() => browser.close());
  beforeEach(async () => {
    person = await visit(browser, { locale: 'en' });
    ({ page } = person);
    cdp = await person.context.newCDPSession(page);
    await cdp.send('WebAuthn.enable');
    ({ authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', { options: AUTHENTICATOR }));
  });
  afterEach(async () => {
    expect(person.complaints).toEqual([]);
    await person.close();
  });

  const credentials = async () => (await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials;
  const notice = () => page.locator('#notice .notice-title').textContent();

  async function newUser(slug: string, username: string): Promise<void> {
    await platform.operator.create(`/tenants/${slug}/users`, { username, password: ALICE_PASSWORD });
  }

  async function signIn(issuer: string, username: string): Promise<void> {
    await page.goto(`${issuer}/sign-in`);
    await page.fill('#username', username);
    await page.fill('#password', ALICE_PASSWORD);
    await page.click('#login-submit');
  }

  async function signInWithPassword(issuer: string, username: string): Promise<void> {
    await signIn(issuer, username);
    await page.waitForURL(/\/account/);
  }

  async function addPasskey(issuer: string, username: string): Promise<void> {
    await signInWithPassword(issuer, username);
    await page.goto(`${issuer}/account/passkeys`);
    await page.click('#passkey-add');
    await page.waitForURL(/passkey_added/);
    expect(await notice()).toBe('Passkey added');
  }

  it('are added, sign in by the button, and are forgotten by the browser when removed', async () => {
    await newUser('acme', 'button');
    await person.context.addInitScript(WITHOUT_AUTOFILL);
    await addPasskey(acme.issuer, 'button');
    expect(await axeFindings(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    expect(await page.locator('#passkeys h2').textContent()).toMatch(/Chrome on Linux|Chrome on/);
    expect(await credentials()).toMatchObject([{ rpId: 'localhost', isResidentCredential: true, userName: 'button' }]);

    // The same authenticator has one already.
    await page.click('#passkey-add');
    await page.locator('[data-passkey-trouble=exists]:focus').waitFor();
    expect(await axeFindings(page)).toEqual([]);

    await person.context.clearCookies();
    await page.goto(`${acme.issuer}/sign-in`);
    expect(await axeFindings(page)).toEqual([]);
    await page.click('#passkey-submit');
    await page.waitForURL(`${acme.issuer}/account`);
    expect(await page.textContent('body')).toContain('Signed in as button');

    await page.goto(`${acme.issuer}/account/passkeys`);
    const deleted = new Promise((resolve) => cdp.once('WebAuthn.credentialDeleted', resolve));
    await page.click('#passkeys form[action$="/remove"] button');
    await page.waitForURL(/passkey_removed/);
    await deleted;
    expect(await credentials()).toEqual([]);
  });

  it('sign in by autofill', async () => {
    await newUser('acme', 'autofill');
    await addPasskey(acme.issuer, 'autofill');
    await person.context.clearCookies();
    await page.goto(`${acme.issuer}/sign-in`);
    await page.waitForURL(`${acme.issuer}/account`);
    expect(await page.textContent('body')).toContain('Signed in as autofill');
  });

  it('are those of one tenant, where two have the same relying party', async () => {
    await newUser('acme', 'shared');
    await person.context.addInitScript(WITHOUT_AUTOFILL);
    await addPasskey(acme.issuer, 'shared');
    await page.goto(`${globex.issuer}/sign-in`);
    await page.click('#passkey-submit');
    await focusComesTo(page, 'notice');
    expect(await notice()).toBe('This passkey is not known here');
    expect(await axeFindings(page)).toEqual([]);
    expect(await credentials()).toHaveLength(1);
  });

  it('are not there at another address, and the page says that none was used', async () => {
    await newUser('acme', 'elsewhere');
    await person.context.addInitScript(WITHOUT_AUTOFILL);
    await addPasskey(acme.issuer, 'elsewhere');
    await page.goto(`${acme.hostIssuer}/sign-in`);
    await page.click('#passkey-submit');
    await page.locator('[data-passkey-trouble=cancelled]:focus').waitFor();
    expect(await page.locator('#passkey-submit').isEnabled()).toBe(true);
    await addPasskey(acme.hostIssuer, 'elsewhere');
    expect((await credentials()).map(({ rpId }) => rpId).toSorted()).toEqual(['acme.localhost', 'localhost']);
    expect(await page.textContent('#passkeys')).toContain('Works at localhost only');
  });

  it('are set up where a second factor is required, and asked for after the password', async () => {
    await newUser('strict', 'second');
    await person.context.addInitScript(WITHOUT_AUTOFILL);
    await signIn(strict.issuer, 'second');
    await page.click('#enrol-passkey');
    await page.locator('#passkey-submit').waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await page.click('#passkey-submit');
    await page.waitForURL(`${strict.issuer}/account`);
    await person.context.clearCookies();
    await signIn(strict.issuer, 'second');
    await page.waitForURL(/second-factor\/passkey/);
    expect(await axeFindings(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    await page.click('#passkey-submit');
    await page.waitForURL(`${strict.issuer}/account`);
  });

  it('are not shown without JavaScript, and everything else works', async () => {
    await newUser('acme', 'plain');
    const plain = await visit(browser, { javaScriptEnabled: false });
    await plain.page.goto(`${acme.issuer}/sign-in`);
    expect(await plain.page.locator('#passkey-submit').isVisible()).toBe(false);
    await plain.page.fill('#username', 'plain');
    await plain.page.fill('#password', ALICE_PASSWORD);
    await plain.page.click('#login-submit');
    await plain.page.goto(`${acme.issuer}/account/passkeys`);
    expect(await plain.page.locator('#passkey-add').isVisible()).toBe(false);
    expect(await plain.page.locator('[data-passkey-missing]').isVisible()).toBe(true);
    await plain.close();
  });
});
