import { generate } from 'otplib';
import { type Page, TestBrowser, readForm } from './browser.js';
import type { Platform } from './platform.js';
import { ALICE_PASSWORD } from './tenant-fixture.js';

/** An authenticator app of a test. */
export interface TestApp {
  readonly secret: string;
  readonly recoveryCodes: readonly string[];
}

/** The code that the app shows now, or some steps of thirty seconds later. */
export function codeOf(secret: string, stepsAhead = 0): Promise<string> {
  return generate({ secret, epoch: Math.floor(Date.now() / 1000) + stepsAhead * 30 });
}

/** A code that no app of this secret shows around now. */
export async function wrongCodeOf(secret: string): Promise<string> {
  const near = await Promise.all([-2, -1, 0, 1, 2].map((steps) => codeOf(secret, steps)));
  return ['000000', '111111', '222222', '333333', '444444', '555555'].find((code) => !near.includes(code)) ?? '666666';
}

/** Lets the next code be the one that was used last. */
export async function forgetSteps({ database }: Platform): Promise<void> {
  await database.query('UPDATE user_totp SET last_step = 0');
}

export function secretOn(page: Page): string {
  const shown = /id="totp-secret"[^>]*>([^<]+)</.exec(page.text)?.[1];
  if (shown === undefined)
    throw new Error(`The page shows no secret: ${page.status} ${page.url} ${page.text.slice(0, 500)}`);
  return shown.replace(/\s/g, '');
}

export function recoveryCodesOn(page: Pick<Page, 'status' | 'text'>): string[] {
  const shown = /id="recovery-codes"[^>]*>([^<]+)</.exec(page.text)?.[1];
  if (shown === undefined) throw new Error(`The page shows no codes: ${page.status} ${page.text.slice(0, 2000)}`);
  return shown.trim().split('\n');
}

/** Fills in the page that sets up an authenticator app. */
export async function confirmApp(browser: TestBrowser, page: Page): Promise<TestApp & { readonly page: Page }> {
  const secret = secretOn(page);
  const done = await browser.submit(page, 'totp-form', { code: await codeOf(secret) });
  return { secret, recoveryCodes: recoveryCodesOn(done), page: done };
}

/** A new user of the tenant, with the password of every test and an app that was set up on the account page. */
export async function givenUserWithApp(
  platform: Platform,
  tenant: { readonly slug: string; readonly issuer: string },
  username: string,
  more: object = {},
): Promise<TestApp & { readonly id: string; readonly username: string }> {
  const user = { username, password: ALICE_PASSWORD, ...more };
  const { id } = await platform.operator.create<{ id: string }>(`/tenants/${tenant.slug}/users`, user);
  const browser = new TestBrowser();
  await browser.signIn(await browser.open(`${tenant.issuer}/sign-in`), username, ALICE_PASSWORD);
  const { secret, recoveryCodes } = await confirmApp(
    browser,
    await browser.open(`${tenant.issuer}/second-factor/enrol-totp`),
  );
  return { id, username, secret, recoveryCodes };
}

/** Whether the page asks for a code. */
export function asksForCode(page: Page): boolean {
  return page.text.includes('id="second-factor-form"');
}

export function submitCode(browser: TestBrowser, page: Page, code: string, more: Record<string, string> = {}) {
  return browser.submit(page, 'second-factor-form', { code, ...more });
}

/** The address of the page that asks for another factor, of whichever page asks for one. */
export function challengeUrl(page: Page, factor: string): string {
  const url = new URL(page.url);
  url.pathname = url.pathname.replace(/\/second-factor(\/[^/]+)?$/, `/second-factor/${factor}`);
  return url.href;
}

/** The form of the page, as somebody else could send it. */
export function formOf(page: Page): Readonly<Record<string, string>> {
  return readForm(page, 'second-factor-form').fields;
}
