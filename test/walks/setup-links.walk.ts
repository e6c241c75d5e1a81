import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../browser/chromium.js';
import { type Visit, axeFindingsInBothSchemes, overflow, visit, showIn } from '../browser/visit.js';
import { DnsServer } from '../support/dns-server.js';
import { type Demo, startDemo } from './demo.js';
import { WALKS_FOLDER } from './walker.js';

/** A setup link from its making to its revocation: an administrator makes it, somebody without an account uses it. */

const DEVICES = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };
type Device = keyof typeof DEVICES;
/** A preview in a frame runs no script and takes no focus, and the browser says so. */
const EXPECTED = /Blocked (autofocusing|script execution)|status of 40[134]/;

let demo: Demo;
let browser: Browser;
let dns: DnsServer;
beforeAll(async () => {
  dns = await DnsServer.start();
  [demo, browser] = await Promise.all([startDemo({ settings: { DOMAIN_RESOLVERS: dns.address } }), launchChromium()]);
  mkdirSync(join(WALKS_FOLDER, 'setup-links'), { recursive: true });
  await demo.command('users', 'update', 'acme', 'alice', '--set', 'tenant_admin=true');
});
afterAll(async () => {
  await browser.close();
  await demo.stop();
  await dns.stop();
});

async function opened(screen: Device, locale = 'en'): Promise<Visit> {
  const one = await visit(browser, {
    viewport: DEVICES[screen],
    locale,
    colorScheme: 'light',
    reducedMotion: 'reduce',
  });
  one.page.setDefaultTimeout(30_000);
  return one;
}

const console = (path: string) => `${demo.issuer('acme', 'path')}/console${path}`;

async function admin(screen: Device): Promise<Visit> {
  const one = await opened(screen);
  await one.page.goto(console('/setup-links'));
  await one.page.fill('[name=username]', 'alice');
  await one.page.fill('[name=password]', demo.secrets.demo.acme.alicePassword);
  await one.page.click('#login-submit');
  await isThere(one.page);
  one.complaints.length = 0;
  return one;
}

/** A heading is shown, and nothing is loading any more. */
async function isThere(page: Page): Promise<void> {
  await page.locator('main h1').first().waitFor();
  await page.locator('[aria-busy=true], .mantine-Skeleton-root').first().waitFor({ state: 'detached' });
}

async function looksGood({ page, complaints }: Visit, name: string): Promise<void> {
  const picture = join(WALKS_FOLDER, 'setup-links', name);
  // The bar at the top covers what has been scrolled below it.
  await page.evaluate('scrollTo(0, 0)');
  await page.screenshot({ path: `${picture}-light.png`, fullPage: true });
  await showIn(page, 'dark');
  await page.screenshot({ path: `${picture}-dark.png`, fullPage: true });
  await showIn(page, 'light');
  expect([name, await axeFindingsInBothSchemes(page)]).toEqual([name, []]);
  expect([name, await overflow(page)]).toEqual([name, 0]);
  expect(complaints.splice(0).filter((text) => !EXPECTED.test(text))).toEqual([]);
}

describe.each(['desktop', 'phone'] as const)('a setup link on a %s', (screen) => {
  let alice: Visit;
  let stranger: Visit;
  let url = '';
  const domain = `${screen}.customer.example`;
  beforeAll(async () => {
    [alice, stranger] = await Promise.all([admin(screen), opened(screen)]);
  });
  afterAll(() => Promise.all([alice.close(), stranger.close()]));

  it('is made by the administrator', async () => {
    const { page } = alice;
    await looksGood(alice, `list-${screen}`);
    await page.goto(console('/setup-links/new'));
    await isThere(page);
    await page.getByRole('combobox', { name: /What it is for/ }).click();
    await page.getByRole('option', { name: 'Branding' }).click();
    await page.keyboard.press('Escape');
    await page.getByLabel('For whom').fill('IT of the customer');
    await looksGood(alice, `new-${screen}`);
    await page.getByRole('button', { name: 'Make the link' }).click();
    const dialog = page.getByRole('dialog');
    url = (await dialog.locator('code').first().textContent()) ?? '';
    expect(url).toMatch(/\/t\/acme\/setup-link\?token=[\w-]{43}$/);
    await dialog.getByRole('button').last().click();
    await page.getByText('Nothing was changed so far.').waitFor();
    await looksGood(alice, `page-${screen}`);
  });

  it('says what it is for, leaves no token in the history, and begins', async () => {
    const { page } = stranger;
    await page.goto(url);
    expect(page.url()).toBe(`${demo.issuer('acme', 'path')}/setup-link`);
    await looksGood(stranger, `offer-${screen}`);
    await page.click('#setup-begin');
    await isThere(page);
    await page.getByText(/You set up .* by a link from/).waitFor();
    await looksGood(stranger, `home-${screen}`);
    const session = await page.context().newCDPSession(page);
    const { entries } = await session.send('Page.getNavigationHistory');
    // Chromium keeps what was typed for itself; Back and the list of pages show the addresses.
    expect(entries.map((entry) => entry.url).join(' ')).not.toContain('token=');
  });

  it('lets the stranger add and verify a domain', async () => {
    const { page } = stranger;
    await page.goto(console('/domains/new'));
    await isThere(page);
    await page.getByRole('textbox', { name: 'Domain' }).fill(domain);
    await page.getByRole('button', { name: 'Claim it' }).click();
    await page.getByText('_tenantry-challenge.').first().waitFor();
    await looksGood(stranger, `domain-${screen}`);
    expect(await page.getByRole('button', { name: 'Delete domain' }).count()).toBe(0);
    const value =
      (await page
        .getByText(/^tenantry-challenge=/)
        .first()
        .textContent()) ?? '';
    dns.set('TXT', `_tenantry-challenge.${domain}`, value);
    await page.getByRole('button', { name: 'Look now' }).click();
    await page.getByText('The domain is verified.').waitFor();
  });

  it('lets the stranger brand and publish', async () => {
    const { page } = stranger;
    await page.goto(console('/branding'));
    await isThere(page);
    const color = screen === 'phone' ? '#5b2a86' : '#0a5a40';
    await page.getByRole('textbox', { name: 'Buttons and links', exact: true }).fill(color);
    await page.getByText('Draft is saved').waitFor();
    await looksGood(stranger, `branding-${screen}`);
    await page.getByRole('button', { name: 'Publish' }).click();
    const dialog = page.getByRole('dialog');
    const box = dialog.getByRole('checkbox');
    if ((await box.count()) > 0) await box.first().check();
    await dialog.getByRole('button', { name: 'Publish now' }).click();
    await page.getByText('It is published.', { exact: true }).waitFor();
  });

  it('leads nowhere else', async () => {
    const { page } = stranger;
    await page.goto(console('/users'));
    await page.getByText('This is no part of your link').waitFor();
    await looksGood(stranger, `elsewhere-${screen}`);
  });

  it('is revoked, and the next click of the stranger says so', async () => {
    await alice.page.getByRole('button', { name: 'Revoke' }).click();
    await alice.page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await alice.page.getByText('Revoked').first().waitFor();
    await looksGood(alice, `revoked-${screen}`);
    const { page } = stranger;
    await page.goto(console('/domains'));
    await page.getByText('The link was revoked').waitFor();
    await looksGood(stranger, `ended-${screen}`);
    await page.goto(url);
    await page.locator('#setup-ended[data-reason=revoked]').waitFor();
  });
});
