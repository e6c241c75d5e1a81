import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { operatorOf } from '../bench/targets.js';
import { launch } from './chromium.js';
import { ROOT, prepare, prepareConsole } from './install.js';
import { OWNER, fillPlatform, inviteAndGroup } from './picture-data.js';
import { startScratchPlatform } from './scratch-platform.js';

/** `npm run pictures`: the pictures of the console in README, of a demo that is made for them, into docs/pictures. */
const FOLDER = join(ROOT, 'docs', 'pictures');
const MOST_BYTES = 120_000;
const QUALITIES = [90, 84, 78, 70, 60];
const PASSWORD = 'nine lanterns on a slow river';
const PHONE_AGENT =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1';
const DESKTOP = { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1.5 };
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };

await prepare();
await prepareConsole();
mkdirSync(FOLDER, { recursive: true });
const platform = await startScratchPlatform();
const browser = await launch();
try {
  const { url, application, secrets } = platform;
  const operator = await operatorOf({ origin: url, operatorSecret: secrets.bootstrapClientSecret });
  const person = await fillPlatform(operator, PASSWORD);
  const platformConsole = `${url}/console`;
  const tenantConsole = `${url}/t/acme/console`;
  const admin = await signedIn(platformConsole, 'admin', secrets.bootstrapAdminPassword);
  const owner = await signedIn(tenantConsole, OWNER, PASSWORD);
  const login = `${application}/login?tenant=acme`;
  await useApplication(login, 'amelia.hart');
  await refuse(login, 'benedikt.vogel');
  await inviteAndGroup(operator);
  await useApplication(login, 'amelia.hart', { userAgent: PHONE_AGENT });
  await useApplication(login, 'chidi.okafor');
  await operator.close();

  await picture('tenants', DESKTOP, `${platformConsole}/tenants`, admin);
  await picture('tenant', DESKTOP, `${platformConsole}/tenants/acme`, admin);
  await picture('home', DESKTOP, `${tenantConsole}/`, owner);
  await picture('user', PHONE, `${tenantConsole}/users/${person}?tab=sessions`, owner);
  await picture('branding', DESKTOP, `${tenantConsole}/branding`, owner);
  await picture('audit-log', { ...DESKTOP, colorScheme: 'dark' }, `${tenantConsole}/audit`, owner);
} finally {
  await browser.close();
  await platform.stop();
}

/** Somebody signs in to the demo application, so that there is something to see. */
async function useApplication(address, username, options = {}) {
  const context = await browser.newContext({ locale: 'en', ...options });
  const page = await context.newPage();
  await page.goto(address);
  await signIn(page, username, PASSWORD);
  await page.click('#consent-approve, #signed-in');
  await page.waitForSelector('#signed-in');
  await context.close();
}

/** Somebody mistypes the password. */
async function refuse(address, username) {
  const context = await browser.newContext({ locale: 'en' });
  const page = await context.newPage();
  await page.goto(address);
  await signIn(page, username, 'seven lanterns');
  await page.waitForSelector('#notice-invalid-credentials, [role=alert], .notice');
  await context.close();
}

/** @returns what the browser keeps of somebody who is signed in */
async function signedIn(address, username, password) {
  const context = await browser.newContext({ locale: 'en' });
  const page = await context.newPage();
  await page.goto(address);
  await signIn(page, username, password);
  await page.waitForSelector('.shell main h1');
  const state = await context.storageState();
  await context.close();
  return state;
}

async function signIn(page, username, password) {
  await page.fill('[name=username]', username);
  await page.fill('[name=password]', password);
  await page.click('#login-submit');
}

async function picture(name, options, address, storageState) {
  const shared = { locale: 'en', timezoneId: 'Europe/London', colorScheme: 'light', reducedMotion: 'reduce' };
  const context = await browser.newContext({ ...shared, ...options, storageState });
  const page = await context.newPage();
  await page.goto(address);
  await page.waitForSelector('.shell main h1');
  await page.waitForLoadState('networkidle');
  await page.locator('[aria-busy=true], .mantine-Skeleton-root').first().waitFor({ state: 'detached' });
  // Names come after their rows.
  await page
    .locator('a', { hasText: /^[0-9a-f-]{36}$/ })
    .first()
    .waitFor({ state: 'detached' });
  const shot = await page.screenshot({ animations: 'disabled' });
  await context.close();
  const file = join(FOLDER, `${name}.webp`);
  const bytes = await compressed(shot);
  writeFileSync(file, bytes);
  process.stdout.write(`${file} ${Math.round(bytes.length / 1000)} kB\n`);
}

/** As good as fits. */
async function compressed(shot) {
  for (const quality of QUALITIES) {
    const bytes = await sharp(shot).webp({ quality, effort: 6 }).toBuffer();
    if (bytes.length < MOST_BYTES) return bytes;
  }
  throw new Error('The picture does not become small enough.');
}
