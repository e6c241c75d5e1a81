import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../browser/chromium.js';
import { type Visit, axeFindingsInBothSchemes, overflow, showIn, visit } from '../browser/visit.js';
import { type Demo, startDemo } from './demo.js';
import { WALKS_FOLDER } from './walker.js';

/** The operator's console in a real browser: every screen, on desktop and phone, in light and dark. */

const DEVICES = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };
const SCREENS = [
  '/tenants',
  '/tenants?search=nobody-has-this',
  '/tenants/new',
  '/tenants/new?step=name',
  '/tenants/new?step=admin',
  '/tenants/acme',
  '/tenants/acme?tab=usage',
  '/tenants/acme?tab=settings',
  '/tenants/nobody',
  '/nowhere',
];

let demo: Demo;
let browser: Browser;
beforeAll(async () => {
  [demo, browser] = await Promise.all([startDemo(), launchChromium()]);
  mkdirSync(join(WALKS_FOLDER, 'console'), { recursive: true });
});
afterAll(async () => {
  await browser.close();
  await demo.stop();
});

async function signedIn(screen: keyof typeof DEVICES, locale: string): Promise<Visit> {
  const one = await visit(browser, {
    viewport: DEVICES[screen],
    locale,
    colorScheme: 'light',
    hasTouch: screen === 'phone',
  });
  await one.page.goto(`${demo.url}/console/tenants`);
  await one.page.fill('[name=username]', 'admin');
  await one.page.fill('[name=password]', demo.secrets.bootstrapAdminPassword);
  await one.page.click('#login-submit');
  await isThere(one.page);
  one.complaints.length = 0;
  return one;
}

/** A heading is shown, and nothing is loading any more. */
async function isThere(page: Page): Promise<void> {
  await page.locator('.shell main h1').first().waitFor();
  await page.locator('[aria-busy=true], .mantine-Skeleton-root').first().waitFor({ state: 'detached' });
}

describe.each([
  ['desktop', 'en'],
  ['phone', 'de'],
] as const)('the console of the operator on a %s, in %s', (screen, locale) => {
  let operator: Visit;
  beforeAll(async () => {
    operator = await signedIn(screen, locale);
  });
  afterAll(() => operator.close());

  it.each(SCREENS)('has %s without a complaint', async (path) => {
    const { page, complaints } = operator;
    await page.goto(`${demo.url}/console${path}`);
    await isThere(page);
    const picture = join(WALKS_FOLDER, 'console', `${path.replace(/\W+/g, '-')}-${screen}`);
    await page.screenshot({ path: `${picture}-light.png`, fullPage: true });
    await showIn(page, 'dark');
    await page.screenshot({ path: `${picture}-dark.png`, fullPage: true });
    await showIn(page, 'light');
    // Of text in a graphic axe cannot tell the contrast. The labels of charts have the colours of their legends.
    const findings = (await axeFindingsInBothSchemes(page)).filter((text) => !/color-contrast: .*visx-axis/.test(text));
    expect(findings).toEqual([]);
    expect(await overflow(page)).toBe(0);
    expect(complaints.splice(0).filter((text) => !text.includes('404'))).toEqual([]);
  });
});

it('makes a tenant by keyboard, keeps the answers over a reload, and shows what is missing', async () => {
  const { page, close } = await signedIn('desktop', 'en');
  await page.goto(`${demo.url}/console/tenants/new`);
  await page.getByRole('button', { name: 'Continue' }).press('Enter');
  await page.getByLabel('Name', { exact: false }).first().fill('Hooli & Söhne');
  await page.reload();
  expect(await page.getByLabel('Slug').inputValue()).toBe('hooli-soehne');
  await page.getByLabel('Slug').press('Enter');
  await page.getByLabel('E-mail address').fill('boss@hooli.example');
  await page.getByRole('button', { name: 'Create the tenant' }).press('Enter');
  await page.getByRole('heading', { name: 'Hooli & Söhne is there' }).waitFor();
  await page.getByText('npx tenantry tenants create hooli-soehne').waitFor();
  await close();
});

it('reads the chart of a tenant day by day by keyboard, and keeps the span in the address', async () => {
  const { page, complaints, close } = await signedIn('desktop', 'en');
  await page.goto(`${demo.url}/console/tenants/system?tab=usage`);
  const chart = page.getByRole('slider', { name: 'Sign-ins' });
  // The operator who looks has signed in: today, or just before midnight.
  const read: string[] = [];
  await chart.focus();
  for (const key of ['End', 'ArrowLeft']) {
    await chart.press(key);
    read.push((await chart.getAttribute('aria-valuetext')) ?? '');
  }
  expect(read.filter((text) => /\b[1-9]\d* signed in/.test(text))).not.toEqual([]);
  expect(new Set(read).size).toBe(2);
  await chart.press('Home');
  expect(await chart.getAttribute('aria-valuenow')).toBe('0');
  // What is read at first is the last day, so the first step is to the one before.
  await page.getByRole('heading', { level: 1 }).click();
  const last = await chart.getAttribute('aria-valuetext');
  await chart.press('ArrowLeft');
  expect(await chart.getAttribute('aria-valuetext')).not.toBe(last);

  await page.setViewportSize({ width: 1280, height: 420 });
  const year = page.getByRole('button', { name: 'A year' });
  await year.scrollIntoViewIfNeeded();
  const top = () => page.evaluate<number>('window.scrollY');
  await page.evaluate('window.scrollTo(0, 60)');
  const scrolled = await top();
  expect(scrolled).toBeGreaterThan(0);
  await year.click();
  await page.waitForURL(/days=365/);
  await page.locator('[aria-pressed=true]', { hasText: 'A year' }).waitFor();
  // What is on a screen changes, and one stays where one was.
  expect(await top()).toBe(scrolled);
  await page.reload();
  await chart.focus();
  await chart.press('Home');
  // Weeks, of which there are 53 with the beginning of the first.
  expect(await chart.getAttribute('aria-valuemax')).toBe('52');
  expect(await page.getByRole('button', { name: 'A year' }).getAttribute('aria-pressed')).toBe('true');
  expect(complaints).toEqual([]);
  await close();
});

it('keeps what was tapped in the chart until something else is, on a phone', async () => {
  const { page, complaints, close } = await signedIn('phone', 'de');
  await page.goto(`${demo.url}/console/tenants/system?tab=usage`);
  const chart = page.getByRole('slider', { name: 'Anmeldungen' });
  await chart.scrollIntoViewIfNeeded();
  const { width, height } = (await chart.boundingBox()) ?? { width: 0, height: 0 };
  const last = await chart.getAttribute('aria-valuenow');
  await chart.tap({ position: { x: width / 2, y: height / 2 } });
  // Two frames later the finger has left.
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
  expect(await chart.getAttribute('aria-valuenow')).not.toBe(last);
  expect(await page.locator('.day-chart g[data-read=true]').count()).toBe(1);
  await page.getByRole('heading', { level: 1 }).tap();
  await page.locator('.day-chart g[data-read=true]').waitFor({ state: 'detached' });
  expect(complaints).toEqual([]);
  await close();
});

it('has room for counts of any length beside the bars, in German', async () => {
  const { page, complaints, close } = await signedIn('phone', 'de');
  for (const times of [0, 9, 10_000, 2_000_000]) {
    await page.route(/\/usage(\?|$)/, async (route) => {
      const answer = await route.fetch();
      const text = (await answer.text()).replace(/("sign_ins":)\d+/g, `$1${times}`);
      await route.fulfill({ response: answer, body: text });
    });
    await page.goto(`${demo.url}/console/tenants/system?tab=usage`);
    await page.getByRole('slider', { name: 'Anmeldungen' }).scrollIntoViewIfNeeded();
    await page.screenshot({ path: join(WALKS_FOLDER, 'console', `counts-${times}.png`) });
    const beyond = await page.evaluate<number[]>(`
      [...document.querySelectorAll('.day-chart svg')].flatMap((chart) =>
        [...chart.querySelectorAll('.day-chart-label')]
          .map((label) => label.getBoundingClientRect().left - chart.getBoundingClientRect().left)
          .filter((left) => left < 0))`);
    expect(beyond).toEqual([]);
    await page.unroute(/\/usage(\?|$)/);
  }
  expect(complaints).toEqual([]);
  await close();
});
