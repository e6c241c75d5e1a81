import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { launchChromium } from '../browser/chromium.js';
import { axeFindings, overflow, visit } from '../browser/visit.js';
import { type Platform, startPlatform } from '../support/platform.js';
import { WALKS_FOLDER } from './walker.js';

/** The preview of every page and mail of a draft, which has a logo for dark mode and a favicon. */

const DEVICES = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 390, height: 844 } },
} as const;
const SCHEMES = ['light', 'dark'] as const;
const COMPARED = ['sign-in', 'consent', 'account', 'complete-profile-faults'];

let platform: Platform;
let browser: Browser;
let link: string;

beforeAll(async () => {
  const [logo, dark, favicon] = await Promise.all([wordmark('#12355b'), wordmark('#f4f7fb'), mark()]);
  [platform, browser] = await Promise.all([startPlatform(), launchChromium()]);
  const { operator } = platform;
  await operator.create('/tenants', { slug: 'northgate', display_name: 'Northgate Bank' });
  const at = '/tenants/northgate/branding';
  const texts = { en: { footer_text: 'Northgate Bank never asks for your password by phone.' } };
  const sender = { mail_from_name: 'Northgate Bank', mail_reply_to: 'service@northgate.example' };
  const links = {
    privacy_uri: 'https://northgate.example/privacy',
    terms_uri: 'https://northgate.example/terms',
    support_uri: 'mailto:service@northgate.example',
  };
  const look = { logo, logo_dark: dark, favicon, primary_color: '#12355b', primary_color_dark: '#8fb8e8' };
  await operator.patch(at, { branding: { ...look, ...links, ...sender, texts } });
  link = (await operator.create<{ url: string }>(`${at}/previews`, {})).url;
});
afterAll(async () => {
  await browser.close();
  await platform.stop();
});

describe.each(Object.keys(DEVICES) as (keyof typeof DEVICES)[])('on a %s', (device) => {
  it.each(SCHEMES)(
    'every page and mail can be read in %s colours',
    async (scheme) => {
      // What the browser draws itself follows what it prefers, so both are the same here.
      const person = await visit(browser, { ...DEVICES[device], colorScheme: scheme, reducedMotion: 'reduce' });
      const { page } = person;
      await page.goto(`${link}&scheme=${scheme}`);
      await look(page, device, scheme, 'list');
      expect(await page.locator('main').innerText()).toContain('service@northgate.example');
      const [pages, mails] = [await linksOn(page, 'page'), await linksOn(page, 'mail')];
      expect([pages.length > 80, mails.length > 10]).toEqual([true, true]);
      for (const [name, href] of pages) {
        await page.goto(href);
        await look(page, device, scheme, name);
        if (device === 'phone' || COMPARED.includes(name)) await expectNoFindings(page, name);
      }
      for (const [name, href] of mails) {
        // The answer is sandboxed, where axe cannot run.
        await page.goto('about:blank');
        await page.setContent(await (await person.context.request.get(href)).text());
        const shown = await page.evaluate<unknown[]>(
          "(async (image) => { await image.decode(); return [image.naturalWidth > 0, image.alt]; })(document.querySelector('img'))",
        );
        expect([name, ...shown]).toEqual([name, true, 'Northgate Bank']);
        await look(page, device, scheme, `mail-${name}`);
        if (device === 'phone') await expectNoFindings(page, name);
      }
      // Pages hold their scripts, and the preview lets none run.
      const others = person.complaints.filter((one) => !/script.* violates the following Content Security/.test(one));
      expect(others).toEqual([]);
      await person.close();
    },
    600_000,
  );
});

function linksOn(page: Page, kind: 'page' | 'mail'): Promise<[name: string, href: string][]> {
  return page.evaluate<[string, string][]>(
    `[...document.querySelectorAll('main a[href*="&${kind}="]')].map((one) => [one.textContent.trim(), one.href])`,
  );
}

async function look(page: Page, device: string, scheme: string, name: string): Promise<void> {
  const folder = join(WALKS_FOLDER, 'branding-preview', `${device}-${scheme}`);
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
  expect([name, await overflow(page)]).toEqual([name, 0]);
}

async function expectNoFindings(page: Page, name: string): Promise<void> {
  expect([name, await axeFindings(page)]).toEqual([name, []]);
}

/** A name beside a mark, on nothing. */
function wordmark(color: string): Promise<string> {
  const text = `<text x="92" y="64" font-family="sans-serif" font-size="46" font-weight="700" fill="${color}">Northgate</text>`;
  const gate = `<path d="M8 80V40a32 32 0 0 1 64 0v40H54V42a14 14 0 0 0-28 0v38z" fill="${color}"/>`;
  return pngOf(`<svg xmlns="http://www.w3.org/2000/svg" width="340" height="88">${gate}${text}</svg>`);
}

function mark(): Promise<string> {
  const gate = '<path d="M16 80V44a32 32 0 0 1 64 0v36H62V46a14 14 0 0 0-28 0v34z" fill="#fff"/>';
  const plate = '<rect width="96" height="96" rx="20" fill="#12355b"/>';
  return pngOf(`<svg xmlns="http://www.w3.org/2000/svg" width="96" height="96">${plate}${gate}</svg>`);
}

async function pngOf(svg: string): Promise<string> {
  return `data:image/png;base64,${(await sharp(Buffer.from(svg)).png().toBuffer()).toString('base64')}`;
}
