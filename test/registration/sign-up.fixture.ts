import { randomUUID } from 'node:crypto';
import type { Page, TestBrowser } from '../support/browser.js';
import { authorizeUrl, pkce } from '../support/tenant-fixture.js';

export const PASSWORD = 'violet harbour 42 lanterns';

/** An address that nobody had before. */
export const newAddress = (domain = 'mail.example') => `ada-${randomUUID().slice(0, 8)}@${domain}`;

export interface Typed {
  readonly email: string;
  readonly new_password?: string;
  readonly new_password_again?: string;
  readonly [name: string]: string | undefined;
}

/** Opens the form and sends it. */
export async function signUp(browser: TestBrowser, issuer: string, typed: Typed, query = ''): Promise<Page> {
  const page = await browser.open(`${issuer}/sign-up${query}`);
  return submitSignUp(browser, page, typed);
}

export function submitSignUp(browser: TestBrowser, page: Page, { email, ...typed }: Typed): Promise<Page> {
  const fields = { email, new_password: PASSWORD, new_password_again: PASSWORD, ...typed };
  const given = Object.entries(fields).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return browser.submit(page, 'sign-up-form', Object.fromEntries(given));
}

/** The sign-up page of an authorization request of client `web`. */
export async function openWithinRequest(browser: TestBrowser, issuer: string, params: object = {}): Promise<Page> {
  const { challenge } = pkce();
  const request = { code_challenge: challenge, code_challenge_method: 'S256', ...params };
  const signIn = await browser.open(authorizeUrl(issuer, request));
  const [, href = ''] = /id="sign-up-link" href="([^"]+)"/.exec(signIn.text) ?? [];
  return browser.open(new URL(href.replaceAll('&amp;', '&'), signIn.url).href);
}

/** What the page says in place of a form. */
export const messageOf = (page: Page): string | undefined => /data-message="([^"]+)"/.exec(page.text)?.[1];

/** The faults of fields, by their ids. */
export const faultsOf = (page: Page): string[] =>
  [...page.text.matchAll(/id="([a-z_]+)-fault"/g)].map(([, name = '']) => name);
