import { expect } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { tour } from '../../scripts/page-tour.js';
import { LOCALES, type Locale, directionOf, languageName } from '../../src/language/messages.js';
import type { DemoPlatform } from './demo-platform.js';
import { axeFindings, axeFindingsInBothSchemes, overflow, visit } from './visit.js';

const DESKTOP = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };
const PAGES = [
  'sign-in',
  'sign-in-refused',
  'dev-mailbox',
  'forgotten-password',
  'reset-sent',
  'dev-mail',
  'new-password',
  'forgotten-username',
  'username-sent',
  'sign-up',
  'sign-up-refused',
  'mail-code',
  'confirm-address',
  'consent',
  'request-expired',
  'account-chooser',
  'sign-in-again',
  'form-post',
  'account',
  'account-security',
  'password',
  'account-passkeys',
  'account-profile',
  'account-email',
  'account-email-sent',
  'account-sessions',
  'account-activity',
  'account-data',
  'account-delete',
  'account-applications',
  'account-withdrawn',
  'account-second-factor',
  'totp-enrolment',
  'recovery-codes',
  'second-factor',
  'second-factor-recovery',
  'account-second-factor-set',
  'account-second-factor-removed',
  'sign-out',
  'signed-out',
  'error',
  'tenant-not-found',
];
/** Globex invites people, and deletes nobody who asks for it. */
const NOT_AT_GLOBEX = new Set(['sign-up-refused', 'mail-code', 'confirm-address', 'account-delete']);

/** Gone before anybody reads it, shown once, or nobody's. */
const IN_ONE_LANGUAGE = new Set(['form-post', 'recovery-codes', 'tenant-not-found', 'dev-mailbox', 'dev-mail']);

/** The whole tour: axe finds nothing, nothing sticks out, the language is right, and the browser complains of nothing. */
export async function lookAtEveryPage(
  browser: Browser,
  demo: DemoPlatform,
  slug: 'acme' | 'globex',
  kind: 'path' | 'host',
  locale: Locale,
): Promise<void> {
  const { page, complaints, close } = await visit(browser, { viewport: DESKTOP, locale, reducedMotion: 'reduce' });
  const stop = demo.tenant(slug, kind);
  // Alice's profile names another language, which counts from her sign-in on unless she chooses.
  await page.goto(`${stop.issuer}/sign-in`);
  await page.click('.languages a');
  await page.click(`.languages a[hreflang=${locale}]`);
  const seen: string[] = [];
  await tour(page, stop, async (name) => {
    seen.push(name);
    await lookAt(page, name, locale);
  });
  expect(seen).toEqual(slug === 'acme' ? PAGES : PAGES.filter((name) => !NOT_AT_GLOBEX.has(name)));
  expect(complaints).toEqual([]);
  await close();
}

/** In place, on a desktop and on a phone, in light and dark. Colours are the same on both. */
async function lookAt(page: Page, name: string, lang: Locale): Promise<void> {
  expect({ name, desktop: await axeFindingsInBothSchemes(page) }).toEqual({ name, desktop: [] });
  await page.setViewportSize(PHONE);
  expect({ name, phone: await axeFindings(page) }).toEqual({ name, phone: [] });
  expect({ name, overflow: await overflow(page) }).toEqual({ name, overflow: 0 });
  await page.setViewportSize(DESKTOP);
  const html = page.locator('html');
  const [said, dir] = [await html.getAttribute('lang'), await html.getAttribute('dir')];
  expect({ name, lang: said, dir }).toEqual({ name, lang, dir: directionOf(lang) });
  const languages = await page.locator('.languages li').allTextContents();
  expect({ name, languages }).toEqual({ name, languages: IN_ONE_LANGUAGE.has(name) ? [] : LOCALES.map(languageName) });
}
