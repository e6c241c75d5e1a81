import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { findingTexts } from '../../console/src/screens/domains/finding-texts.js';
import { launchChromium } from '../browser/chromium.js';
import { axeFindingsInBothSchemes, overflow, visit } from '../browser/visit.js';
import { DnsServer } from '../support/dns-server.js';
import { type Demo, startDemo } from './demo.js';
import { WALKS_FOLDER } from './walker.js';

/** A domain of a tenant in the console: claimed, proven, and proven again, as its administrator sees it. */

const DOMAIN = 'login.acme.example';
const RECORD = `_tenantry-challenge.${DOMAIN}`;
const FOLDER = join(WALKS_FOLDER, 'console-domains');
const SCREENS = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };

let dns: DnsServer;
let demo: Demo;
let browser: Browser;
let value = '';
beforeAll(async () => {
  dns = await DnsServer.start();
  [demo, browser] = await Promise.all([startDemo({ settings: { DOMAIN_RESOLVERS: dns.address } }), launchChromium()]);
  mkdirSync(FOLDER, { recursive: true });
  await demo.command('users', 'update', 'acme', 'alice', '--set', 'tenant_admin=true');
  const claimed = await demo.command('domains', 'create', 'acme', DOMAIN, '--json');
  ({ value } = (JSON.parse(claimed) as { challenge: { dns: { value: string } } }).challenge.dns);
});
afterAll(async () => {
  await browser.close();
  await demo.stop();
  await dns.stop();
});

async function look(page: Page, name: string): Promise<void> {
  // Where the head of the page lies over nothing.
  await page.evaluate('scrollTo(0, 0)');
  await page.screenshot({ path: join(FOLDER, `${name}.png`), fullPage: true });
  expect([name, await overflow(page), await axeFindingsInBothSchemes(page)]).toEqual([name, 0, []]);
}

it.each([
  ['desktop', 'en', 'Look now', 'Prove it now', 'proof is missing'],
  ['phone', 'de', 'Jetzt nachsehen', 'Jetzt nachweisen', 'Nachweis fehlt'],
] as const)('is proven, lost and proven again on a %s, in %s', async (screen, locale, lookNow, proveNow, missing) => {
  dns.remove('TXT', RECORD);
  const texts = findingTexts[locale];
  const { page, close } = await visit(browser, {
    viewport: SCREENS[screen],
    locale,
    colorScheme: 'light',
    reducedMotion: 'reduce',
  });
  page.setDefaultTimeout(30_000);
  const shot = (name: string) => look(page, `${screen}-${name}`);
  await page.goto(`${demo.issuer('acme', 'path')}/console/`);
  await page.fill('[name=username]', 'alice');
  await page.fill('[name=password]', demo.secrets.demo.acme.alicePassword);
  await page.click('#login-submit');
  await page.locator('main h1').first().waitFor();
  await page.goto(`${demo.issuer('acme', 'path')}/console/domains/of/${DOMAIN}`);
  await page.getByRole('heading', { name: DOMAIN }).waitFor();
  if (screen === 'desktop') {
    await page.getByRole('button', { name: lookNow }).click();
    await page.getByText(texts.dns_absent).first().waitFor();
    await shot('pending');
    dns.set('TXT', RECORD, value);
    await page.getByRole('button', { name: lookNow }).click();
  } else dns.set('TXT', RECORD, value);
  await page.getByRole('button', { name: proveNow }).waitFor();
  await shot('verified');
  dns.isDown = true;
  await page.getByRole('button', { name: proveNow }).click();
  await page.getByText(texts.dns_silent).first().waitFor();
  await shot('no-answer');
  dns.isDown = false;
  dns.set('TXT', RECORD, 'sold');
  await page.getByRole('button', { name: proveNow }).click();
  await page.getByText(missing).first().waitFor();
  await shot('missing');
  await page.goto(`${demo.issuer('acme', 'path')}/console/domains`);
  await page.getByText(missing).first().waitFor();
  await shot('list');
  dns.set('TXT', RECORD, value);
  await page.goto(`${demo.issuer('acme', 'path')}/console/domains/of/${DOMAIN}`);
  await page.getByRole('button', { name: lookNow }).click();
  await page.getByRole('button', { name: proveNow }).waitFor();
  await page.getByText(missing).first().waitFor({ state: 'detached' });
  await close();
});
