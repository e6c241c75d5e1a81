import { expect } from '@jest/globals';
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { directionOf, findLocale } from '../../src/language/messages.js';
import type { MailTemplateName } from '../../src/mail/mail-templates.js';
import { type Visit, axeFindingsInBothSchemes, overflow, visit } from '../browser/visit.js';
import { codeOf } from '../support/second-factor.js';
import type { Control, Controls } from './controls.js';
import type { Demo } from './demo.js';

export const WALKS_FOLDER = process.env['WALKS_FOLDER'] ?? join(tmpdir(), 'tenantry-walks');
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

const ELSEWHERE = '<!doctype html><html lang="en"><title>Elsewhere</title><h1>Elsewhere</h1></html>';
const PAGE = /^https?:/;

/** A person with a browser, who looks at every page on the way. */
export class Walker {
  readonly page: Page;
  private secret = '';
  private recoveryCodes: string[] = [];
  private usedApp = false;
  private shots = 0;
  private hasEnded = false;
  private readonly readMails = new Set<string>();

  private constructor(
    private readonly visit: Visit,
    private readonly walk: string,
    private readonly device: Device,
    private readonly controls: Controls | undefined,
  ) {
    this.page = visit.page;
  }

  /** @param controls where it is noted what was seen and pressed */
  static async start(browser: Browser, walk: string, device: Device, controls?: Controls): Promise<Walker> {
    const options: BrowserContextOptions = {
      viewport: DEVICES[device.screen],
      locale: device.locale,
      javaScriptEnabled: device.script,
      colorScheme: device.scheme ?? 'light',
      // A transition would be looked at halfway.
      reducedMotion: 'reduce',
    };
    const person = await visit(browser, options);
    await person.context.addInitScript(WITHOUT_AUTOFILL);
    person.context.setDefaultTimeout(20_000);
    // Where the tenants' links lead, such as to their terms, there is nobody.
    const isElsewhere = ({ hostname }: URL) => !/(^|\.)localhost$|^127\.0\.0\.1$/.test(hostname);
    await person.context.route(isElsewhere, (route) => route.fulfill({ contentType: 'text/html', body: ELSEWHERE }));
    return new Walker(person, walk, device, controls);
  }

  /** Ends the walk. Nothing on the way made the browser complain. */
  async end(): Promise<void> {
    this.hasEnded = true;
    if (this.page.url().startsWith('http')) await this.shoot('end');
    expect(this.visit.complaints).toEqual([]);
    await this.visit.close();
  }

  /** Ends a walk that failed before its end, with a picture of where. */
  async abandon(): Promise<void> {
    if (this.hasEnded) return;
    await this.shoot('failed');
    await this.visit.close();
  }

  /**
   * Takes a picture; the page has to fit, to be in the person's language, and to be found faultless by axe in light and
   * dark.
   */
  async look(name: string): Promise<void> {
    await this.shoot(name);
    await this.controls?.see(this.page);
    expect({ name, overflow: await overflow(this.page) }).toEqual({ name, overflow: 0 });
    const html = this.page.locator('html');
    const { locale } = this.device;
    expect({ name, lang: await html.getAttribute('lang') }).toEqual({ name, lang: locale });
    expect(await html.getAttribute('dir')).toBe(directionOf(findLocale(locale) ?? 'en'));
    // Axe is a script.
    if (!this.device.script) return;
    const findings = await axeFindingsInBothSchemes(this.page, this.device.scheme);
    expect({ name, findings }).toEqual({ name, findings: [] });
  }

  /** Takes a picture of somebody else's page. */
  async shoot(name: string): Promise<void> {
    this.shots += 1;
    mkdirSync(join(WALKS_FOLDER, this.walk), { recursive: true });
    const path = join(WALKS_FOLDER, this.walk, `${String(this.shots).padStart(2, '0')}-${name}.png`);
    await this.page.screenshot({ path, fullPage: true });
  }

  /** Waits for the page that has this, looks at it, and presses it. */
  async press(selector: string, name = selector.replaceAll(/[^\w-]/g, '')): Promise<void> {
    await this.page.locator(selector).first().waitFor();
    await this.look(name);
    await this.push(selector);
  }

  /** Presses it without a look at the page. Where a link leads to is there afterwards. */
  async push(selector: string): Promise<void> {
    const element = this.page.locator(selector).first();
    await this.controls?.press(element, this.page);
    const isLink = (await element.getAttribute('href')) !== null;
    await (isLink ? this.statusOf(() => element.click()) : element.click());
  }

  /** Follows every link of this page that was not followed from it yet, and comes back each time. */
  async followLinks(): Promise<void> {
    const here = this.page.url();
    const found = (await this.controls?.see(this.page)) ?? [];
    for (const control of found) {
      if (!control.isLink || this.controls?.wasPressed(control)) continue;
      this.controls?.note(control.name);
      const link = this.page.locator(`a[href=${JSON.stringify(control.href)}]:visible`).first();
      if (control.target.startsWith('data:')) await this.download(link);
      // What opens another program is not followed.
      if (!PAGE.test(control.target)) continue;
      await this.follow(link, control);
      await this.page.goto(here);
    }
  }

  /** It leads to a page without an error, and to the person's language on the way back. */
  private async follow(link: Locator, { name, language }: Control): Promise<void> {
    expect({ name, status: await this.statusOf(() => link.click()) }).toEqual({ name, status: 200 });
    await this.page.locator('h1').first().waitFor();
    if (language === '') return;
    expect(await this.page.locator('html').getAttribute('lang')).toBe(language);
    await this.statusOf(() => this.page.click(`.languages a[hreflang=${this.device.locale}]`));
  }

  /** Of the page that comes in the end. */
  private async statusOf(action: () => Promise<void>): Promise<number> {
    const isPage = (status: number) => status < 300 || status >= 400;
    const [answer] = await Promise.all([
      this.page.waitForResponse((one) => one.request().isNavigationRequest() && isPage(one.status())),
      action(),
    ]);
    await this.page.waitForLoadState();
    return answer.status();
  }

  /** @returns the name of the file */
  async download(link: Locator): Promise<string> {
    await this.controls?.press(link, this.page);
    const [download] = await Promise.all([this.page.waitForEvent('download'), link.click()]);
    return download.suggestedFilename();
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
    const file = this.page.locator('a[download]');
    expect(await this.download(file)).toBe('recovery-codes.txt');
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

  /** The next mail of this kind to this address that was not read yet, as `/dev/mail` shows it. */
  async mail(
    demo: Demo,
    kind: MailTemplateName,
    address: string,
  ): Promise<{ readonly link: string; readonly code: string }> {
    const mailbox = await this.visit.context.newPage();
    const rows = mailbox
      .locator(`#dev-mails li[data-mail="${kind}"]`)
      .filter({ has: mailbox.getByText(address, { exact: true }) })
      .locator('a');
    const find = async () => {
      await mailbox.goto(`${demo.url}/dev/mail`);
      const paths = await Promise.all((await rows.all()).map((row) => row.getAttribute('href')));
      return paths.find((path) => path !== null && !this.readMails.has(path)) ?? undefined;
    };
    let path = await find();
    while (path === undefined) path = await find();
    this.readMails.add(path);
    await mailbox.goto(`${demo.url}${path}`);
    const text = (await mailbox.textContent('#mail-text')) ?? '';
    const link = (await mailbox.locator('#mail-link').count()) > 0 ? await mailbox.textContent('#mail-link') : '';
    await mailbox.close();
    return { link: (link ?? '').trim(), code: /^\D*(\d{3,4}[ \u00a0\u202f-]?\d{3,4})\D*$/m.exec(text)?.[1] ?? '' };
  }
}
