import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { LOCALES } from '../../src/language/messages.js';
import { launchChromium } from '../browser/chromium.js';
import { type Desk, POLICY_OF_MAILS, openDesk, stillPage } from '../browser/desk.js';
import { axeFindingsInBothSchemes, overflow } from '../browser/visit.js';
import { sampleMails } from '../pages/sample-mails.js';
import { ACME, GLOBEX, NAJM, type SampleTenant, samplePages } from '../pages/sample-pages.js';
import { WALKS_FOLDER } from './walker.js';

/** Every page in every state, and every mail, in each language: axe finds nothing in light and dark. */

const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 800 };
/** One from each side; what differs between languages shows on a phone. */
const ON_DESKTOP: ReadonlySet<string> = new Set(['en', 'ar']);
const TENANTS: readonly SampleTenant[] = LOCALES.map((locale) =>
  locale === 'ar' ? NAJM : { ...(locale === 'de' || locale === 'es' ? GLOBEX : ACME), locale },
);

let browser: Browser;
beforeAll(async () => void (browser = await launchChromium()));
afterAll(() => browser.close());

describe.each(TENANTS)('$locale, with the looks of $slug', (tenant) => {
  it('pages on a phone', () => lookAtPages(tenant, 'phone', PHONE));

  if (ON_DESKTOP.has(tenant.locale)) it('pages on a desktop', () => lookAtPages(tenant, 'desktop', DESKTOP));

  it('mails on a phone', async () => {
    const desk = await openDesk(browser, { viewport: PHONE }, POLICY_OF_MAILS);
    const folder = folderOf(tenant, 'mail');
    for (const [name, html] of Object.entries(await sampleMails(tenant))) await look(desk, html, name, folder);
    expect(desk.complaints).toEqual([]);
    await desk.close();
  });
});

async function lookAtPages(tenant: SampleTenant, screen: string, viewport: typeof PHONE): Promise<void> {
  const desk = await openDesk(browser, { viewport });
  const folder = folderOf(tenant, screen);
  for (const [name, view] of Object.entries(samplePages(tenant))) await look(desk, stillPage(view), name, folder);
  expect(desk.complaints).toEqual([]);
  await desk.close();
}

function folderOf({ locale, slug }: SampleTenant, what: string): string {
  const folder = join(WALKS_FOLDER, `every-page-${locale}-${slug}-${what}`);
  mkdirSync(folder, { recursive: true });
  return folder;
}

async function look({ page, swap }: Desk, html: string, name: string, folder: string): Promise<void> {
  await swap(html);
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
  expect({ name, findings: await axeFindingsInBothSchemes(page) }).toEqual({ name, findings: [] });
  expect({ name, overflow: await overflow(page) }).toEqual({ name, overflow: 0 });
}
