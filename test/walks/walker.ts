import { expect } from '@jest/globals';
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { directionOf, findLocale } from '../../src/language/messages.js';
import { type Visit, axeFindings, overflow, visit } from '../browser/visit.js';
import { codeOf } from '../support/second-factor.js';
import type { Demo } from './demo.js';

const FOLDER = process.env['WALKS_FOLDER'] ?? join(tmpdir(), 'tenantry-walks');
const DEVICES = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };
/** Autofill would sign in at once with the virtual authenticator, before anybody presses the button. */
const WITHOUT_AUTOFILL =
  'if (self.PublicKeyCredential) PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false)';
const AUTHENTICATOR = {
  protocol: 'ctap2',
  transport: 'internal',
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  automaticPresenceSimulation: true,
} as const;

export interface Device {
  readonly screen: keyof typeof DEVICES;
  readonly locale: string;
  readonly script: boolean;
  readonly scheme?: 'light' | 'dark';
}

/** A person with a browser, who looks at every page on the way. */
export class Walker {
  readonly page: Page;
  private secret = '';
  private recoveryCodes: string[] = [];
  private usedApp = false;
  private shots = 0;

  private constructor(
    private readonly visit: Visit,
    private readonly walk: string,
    private readonly device: Device,
  ) {
    this.page = visit.page;
  }

  static async start(browser: Browser, walk: string, device: Device): Promise<Walker> {
    const options: BrowserContextOptions = {
      viewport: DEVICES[device.screen],
      locale: device.locale,
      javaScriptEnabled: device.script,
      colorScheme: device.scheme ?? 'light',
    };
    const person = await visit(browser, options);
    await person.context.addInitScript(WITHOUT_AUTOFILL);
    person.context.setDefaultTimeout(20_000);
    return new Walker(person, walk, device);
  }

  /** Ends the walk. Nothing on the way made the browser complain. */
  async end(): Promise<void> {
    if (this.page.url().startsWith('http')) await this.shoot('end');
    expect(this.visit.complaints).toEqual([]);
    await this.visit.close();
  }

  /** Takes a picture; the page has to fit, to be in the person's language, and to be found faultless by axe. */
  async look(name: string): Promise<void> {
    await this.shoot(name);
    expect({ name, overflow: await overflow(this.page) }).toEqual({ name, overflow: 0 });
    const html = this.page.locator('html');
    const { locale } = this.device;
    expect({ name, lang: await html.getAttribute('lang') }).toEqual({ name, lang: locale });
    expect(await html.getAttribute('dir')).toBe(directionOf(findLocale(locale) ?? 'en'));
    // Axe is a script.
    if (this.device.script) expect({ name, findings: await axeFindings(this.page) }).toEqual({ name, findings: [] });
  }

  /** Takes a picture of somebody else's page. */
  async shoot(name: string): Promise<void> {
    this.shots += 1;
    mkdirSync(join(FOLDER, this.walk), { recursive: true });
    const path = join(FOLDER, this.walk, `${String(this.shots).padStart(2, '0')}-${name}.png`);
    await this.page.screenshot({ path, fullPage: true });
  }

  /** Waits for the page that has this, looks at it, and presses it. */
  async press(selector: string, name = selector.replaceAll(/[^\w-]/g, '')): Promise<void> {
    await this.page.locator(selector).first().waitFor();
    await this.look(name);
    await this.page.locator(selector).first().click();
  }

  async fill(fields: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, value] of Object.entries(fields)) await this.page.fill(`[name="${name}"]:visible`, value);
  }

  async signIn(username: string, password: string): Promise<void> {
    await this.page.locator('#login-form').waitFor();
    await this.fill({ username, password });
    await this.press('#login-submit', 'sign-in');
  }

  /** Sets up the authenticator app of this person. */
  async enrol(): Promise<void> {
    this.secret = ((await this.page.textContent('#totp-secret')) ?? '').replaceAll(/\s/g, '');
    await this.fill({ code: await codeOf(this.secret) });
    await this.press('#totp-submit', 'set-up-app');
    await this.keepCodes();
  }

  /** Writes the recovery codes down, and goes on. */
  async keepCodes(): Promise<void> {
    await this.page.locator('#recovery-codes').waitFor();
    this.recoveryCodes = ((await this.page.textContent('#recovery-codes')) ?? '').trim().split('\n');
    this.usedApp = false;
    await this.press('#codes-kept', 'recovery-codes');
  }

  /** With the app first, and with recovery codes from then on: a code of the app is taken once, and shown for 30 s. */
  async proveSecondFactor(how: { readonly remember?: boolean } = {}): Promise<void> {
    await this.page.locator('#second-factor-form, #passkey-form').first().waitFor();
    const usesApp = !this.usedApp;
    this.usedApp = true;
    await this.another(usesApp ? 'totp' : 'recovery');
    if (how.remember) await this.page.check('[name=remember]');
    await this.fill({ code: usesApp ? await codeOf(this.secret, 1) : (this.recoveryCodes.pop() ?? '') });
    await this.press('#second-factor-submit', usesApp ? 'second-factor' : 'recovery-code');
  }

  /** Another device of the same person, who has the codes at hand. */
  async proveSecondFactorOf(owner: Walker, how: { readonly remember?: boolean } = {}): Promise<void> {
    this.usedApp = true;
    this.recoveryCodes = owner.recoveryCodes;
    await this.proveSecondFactor(how);
  }

  /** Follows the link to another way, if this page is not it. */
  private async another(factor: string): Promise<void> {
    const link = this.page.locator(`#other-factors a[href*="${factor}"]`);
    if ((await link.count()) === 0) return;
    await this.look('another-way');
    await link.click();
    await this.page.locator('#second-factor-form').waitFor();
  }

  /** An authenticator of this device, which unlocks by itself. */
  async addAuthenticator(): Promise<void> {
    const session = await this.visit.context.newCDPSession(this.page);
    await session.send('WebAuthn.enable');
    await session.send('WebAuthn.addVirtualAuthenticator', { options: AUTHENTICATOR });
  }

  /** The newest mail to this address, as `/dev/mail` shows it. */
  async mail(demo: Demo, address: string): Promise<{ readonly link: string; readonly code: string }> {
    const mailbox = await this.visit.context.newPage();
    const row = mailbox.locator('#dev-mails li', { hasText: address }).first().locator('a');
    await mailbox.goto(`${demo.url}/dev/mail`);
    while ((await row.count()) === 0) await mailbox.reload();
    await row.click();
    const text = (await mailbox.textContent('#mail-text')) ?? '';
    const link = (await mailbox.locator('#mail-link').count()) > 0 ? await mailbox.textContent('#mail-link') : '';
    await mailbox.close();
    return { link: (link ?? '').trim(), code: /^\D*(\d{3,4}[ \u00a0\u202f-]?\d{3,4})\D*$/m.exec(text)?.[1] ?? '' };
  }
}
