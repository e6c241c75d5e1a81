import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { launchChromium } from '../browser/chromium.js';
import { type Visit, axeFindingsInBothSchemes, overflow, showIn, visit } from '../browser/visit.js';
import { type Demo, startDemo } from './demo.js';
import { WALKS_FOLDER } from './walker.js';

/** Policies, branding, keys, domains and mail in the console, as the administrator of a tenant and as the operator. */

const DEVICES = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };
type Device = keyof typeof DEVICES;
const OF_TENANT = [
  '/policies',
  '/policies?search=mail',
  '/policies?search=nothing-like-this',
  '/policies?tab=grants',
  '/branding',
  '/branding?tab=links',
  '/branding?tab=words&prefix=signIn.',
  '/branding?tab=words&prefix=mail.&locale=ar',
  '/branding?tab=history',
  '/keys',
  '/domains',
  '/domains/new',
  '/domains/of/login.acme.example',
  '/mail',
];
const OF_OPERATOR = [
  '/templates',
  '/templates/new',
  '/templates/platform',
  '/templates/of/regulated',
  '/templates/of/regulated?tab=tenants',
  '/templates/of/regulated?tab=settings',
  '/tenants/globex/branding',
  '/tenants/globex/policies',
];
/** A preview in a frame runs no script and takes no focus, and the browser says so. */
const EXPECTED = /Blocked (autofocusing|script execution)|status of 40[14]/;

let demo: Demo;
let browser: Browser;
let viewerPassword = '';
beforeAll(async () => {
  [demo, browser] = await Promise.all([startDemo(), launchChromium()]);
  mkdirSync(join(WALKS_FOLDER, 'console-configure'), { recursive: true });
  await demo.command('users', 'update', 'acme', 'alice', '--set', 'tenant_admin=true');
  await demo.command('domains', 'create', 'acme', 'login.acme.example');
  await demo.command('policy-templates', 'create', 'regulated', '--set', 'policy.password_min_length=20');
  const made = await demo.command('users', 'create', 'acme', 'vera', '--json');
  viewerPassword = (JSON.parse(made) as { password: string }).password;
  await demo.command('roles', 'give', 'acme', 'auditor', '--user', 'vera');
});
afterAll(async () => {
  await browser.close();
  await demo.stop();
});

type Person = 'alice' | 'vera' | 'admin';

async function signedIn(person: Person, screen: Device, locale = 'en'): Promise<Visit> {
  const one = await visit(browser, {
    viewport: DEVICES[screen],
    locale,
    colorScheme: 'light',
    reducedMotion: 'reduce',
  });
  one.page.setDefaultTimeout(15_000);
  const { bootstrapAdminPassword } = demo.secrets;
  const passwords = { alice: passwordOfAlice(), vera: viewerPassword, admin: bootstrapAdminPassword };
  await one.page.goto(addressOf(person, '/'));
  await one.page.fill('[name=username]', person);
  await one.page.fill('[name=password]', passwords[person]);
  await one.page.click('#login-submit');
  if (person === 'vera') await one.page.getByRole('button', { name: 'Accept and continue' }).click();
  await isThere(one.page);
  one.complaints.length = 0;
  return one;
}

function passwordOfAlice(): string {
  return demo.secrets.demo.acme.alicePassword;
}

function addressOf(person: Person, path: string): string {
  return `${person === 'admin' ? demo.url : demo.issuer('acme', 'path')}/console${path}`;
}

/** A heading is shown, and nothing is loading any more. */
async function isThere(page: Page): Promise<void> {
  await page.locator('.shell main h1').first().waitFor();
  await page.locator('[aria-busy=true], .mantine-Skeleton-root').first().waitFor({ state: 'detached' });
}

describe.each([
  ['alice', 'desktop', 'en', OF_TENANT],
  ['alice', 'phone', 'de', OF_TENANT],
  ['admin', 'desktop', 'de', OF_OPERATOR],
  ['admin', 'phone', 'en', OF_OPERATOR],
] as const)('the console of %s on a %s, in %s', (person, screen, locale, paths) => {
  let looking: Visit;
  beforeAll(async () => {
    looking = await signedIn(person, screen, locale);
  });
  afterAll(() => looking.close());

  it.each(paths)('has %s without a complaint', async (path) => {
    const { page, complaints } = looking;
    await page.goto(addressOf(person, path));
    await isThere(page);
    const picture = join(WALKS_FOLDER, 'console-configure', `${person}${path.replace(/\W+/g, '-')}-${screen}`);
    await page.screenshot({ path: `${picture}-light.png`, fullPage: true });
    await showIn(page, 'dark');
    await page.screenshot({ path: `${picture}-dark.png`, fullPage: true });
    await showIn(page, 'light');
    expect(await axeFindingsInBothSchemes(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    expect(complaints.splice(0).filter((text) => !EXPECTED.test(text))).toEqual([]);
  });
});

describe('policies', () => {
  it('say before a change whom it breaks, save it, and go back to what is inherited', async () => {
    const { page, close } = await signedIn('alice', 'desktop');
    await page.goto(addressOf('alice', '/policies?search=require_pkce'));
    await page.getByRole('button', { name: 'Change: PKCE' }).click();
    await choose(page, 'PKCE from confidential clients', 'Always');
    await page.getByRole('button', { name: 'Check and save' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('1 application would stop working').waitFor();
    await dialog.getByRole('button', { name: 'Save all the same' }).click();
    await page.getByText('set here').waitFor();
    await page.getByRole('button', { name: 'Change: PKCE' }).click();
    await page.getByRole('button', { name: 'Reset to inherited' }).click();
    await page.getByRole('button', { name: 'Check and save' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('default', { exact: true }).waitFor();
    await close();
  });

  it('show a refusal at its field', async () => {
    const { page, close } = await signedIn('alice', 'desktop');
    await page.goto(addressOf('alice', '/policies?search=password_min_length'));
    await page.getByRole('button', { name: 'Change: Least length' }).click();
    await page.getByRole('textbox', { name: 'Least length of a password' }).fill('8');
    await page.getByRole('button', { name: 'Check and save' }).click();
    await page
      .getByRole('textbox', { name: 'Least length of a password' })
      .and(page.locator('[aria-invalid=true]'))
      .waitFor();
    await close();
  });

  it('merge what two people changed', async () => {
    const { page, close } = await signedIn('alice', 'desktop');
    await page.goto(addressOf('alice', '/policies?search=access_token_lifetime'));
    await page.getByRole('button', { name: 'Change: Access tokens live' }).click();
    const field = page.getByRole('textbox', { name: 'Access tokens live' });
    await field.fill('5');
    await page.getByRole('button', { name: 'Check and save' }).click();
    await page.getByRole('dialog').waitFor();
    await demo.command('tenants', 'policy', 'acme', '--set', 'access_token_lifetime_seconds=600');
    await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Somebody else changed this meanwhile').waitFor();
    await page.getByRole('button', { name: 'Save the merged version' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    expect(await demo.command('tenants', 'policy', 'acme')).toMatch(/access_token_lifetime_seconds +300/);
    await close();
  });

  it('are read by who may not change them, and say why', async () => {
    const { page, close } = await signedIn('vera', 'desktop');
    await page.goto(addressOf('vera', '/policies?search=require_pkce'));
    await page.getByRole('button', { name: 'Details: PKCE' }).click();
    const save = page.getByRole('button', { name: 'Check and save' });
    expect(await save.getAttribute('aria-description')).toContain('tenants:write');
    await page.goto(addressOf('vera', '/branding'));
    expect(await page.getByRole('button', { name: 'Publish' }).getAttribute('aria-description')).toContain(
      'branding:write',
    );
    await close();
  });
});

it('a draft of the branding is seen at once in the frame, published, and brought back', async () => {
  const { page, close } = await signedIn('alice', 'desktop');
  await page.goto(addressOf('alice', '/branding'));
  const frame = page.frameLocator('.branding-frame iframe');
  await frame.locator('#login-submit').waitFor();
  const logo = await sharp({ create: { width: 1600, height: 400, channels: 3, background: '#143a6b' } })
    .png()
    .toBuffer();
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: logo });
  await page.getByText('Draft is saved').waitFor();
  await page.getByRole('textbox', { name: 'Buttons and links', exact: true }).fill('#ffd400');
  await page.getByText(/Cannot be read in \d+ places/).waitFor();
  await page
    .getByRole('button', { name: /which can be read everywhere/ })
    .first()
    .click();
  await page.getByText(/Cannot be read in \d+ places/).waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Words' }).click();
  await page.getByLabel('Heading of the sign-in page').fill('Come in, <b>Ann</b>');
  await frame.getByText('Come in, <b>Ann</b>').waitFor();
  await page.getByRole('button', { name: 'Publish' }).click();
  await page.getByLabel('What it is for').fill('First look');
  const dialog = page.getByRole('dialog');
  const box = dialog.getByRole('checkbox');
  if ((await box.count()) > 0) await box.first().check();
  await dialog.getByRole('button', { name: 'Publish now' }).click();
  await page.getByText('It is published.', { exact: true }).waitFor();
  await page.getByRole('link', { name: 'History' }).click();
  await page.getByText('First look').waitFor();
  await page.getByRole('button', { name: 'Bring back' }).last().click();
  await page.getByRole('dialog').getByRole('button', { name: 'Bring back' }).click();
  await page.getByText('was brought back').waitFor();
  await close();
});

it.each([
  ['en', 'Fields', 'Preview'],
  ['de', 'Felder', 'Vorschau'],
])('the branding on a phone shows fields or preview, which stays as it is, in %s', async (locale, fields, preview) => {
  const { page, close } = await signedIn('alice', 'phone', locale);
  await page.goto(addressOf('alice', '/branding'));
  await isThere(page);
  const frame = page.locator('.branding-frame iframe');
  const field = page.locator('.branding-fields input:not([type=file])').first();
  const choose = (name: string) => page.getByRole('button', { name, exact: true });
  expect([await field.isVisible(), await frame.isVisible()]).toEqual([true, false]);
  await page.evaluate('scrollTo(0, 500)');
  await choose(preview).press('Enter');
  await frame.waitFor();
  await field.waitFor({ state: 'hidden' });
  expect(await choose(preview).getAttribute('aria-pressed')).toBe('true');
  // Counts from when the page in the frame was loaded.
  const seen = () => page.evaluate('frames[0].performance.timeOrigin + " " + frames[0].scrollY');
  await page.frameLocator('.branding-frame iframe').locator('#login-submit').waitFor();
  await page.evaluate('frames[0].scrollTo(0, 40)');
  const before = await seen();
  const picture = join(WALKS_FOLDER, 'console-configure', `alice-branding-preview-${locale}`);
  await page.screenshot({ path: `${picture}.png` });
  await showIn(page, 'dark');
  await page.screenshot({ path: `${picture}-dark.png` });
  await showIn(page, 'light');
  // What lies half below the switch has no contrast with it.
  await page.evaluate('scrollTo(0, 0)');
  expect([await axeFindingsInBothSchemes(page), await overflow(page)]).toEqual([[], 0]);
  await choose(fields).press('Enter');
  await field.waitFor();
  await frame.waitFor({ state: 'hidden' });
  expect(await page.evaluate('scrollY')).toBe(500);
  await choose(preview).click();
  expect(await seen()).toBe(before);
  await close();
});

it('keys are rotated, a domain is claimed and deleted, and a test mail says what became of it', async () => {
  const { page, close } = await signedIn('alice', 'desktop');
  await page.goto(addressOf('alice', '/keys'));
  await page.getByRole('button', { name: 'Rotate all keys' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Rotate', exact: true }).click();
  await page.getByText('The keys are rotated.').waitFor();
  await page.getByRole('table').first().getByRole('link').first().click();
  await page.getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('dialog').getByText('cannot be brought back').waitFor();
  await page.keyboard.press('Escape');
  await page.goto(addressOf('alice', '/domains/new'));
  await page.getByLabel('Domain').fill('https://no');
  await page.getByRole('button', { name: 'Claim it' }).click();
  await page.locator('[aria-invalid=true]').waitFor();
  await page.getByLabel('Domain').fill('sso.acme.example');
  await page.getByRole('button', { name: 'Claim it' }).click();
  await page.getByRole('heading', { name: 'sso.acme.example' }).waitFor();
  await page.getByRole('button', { name: 'Delete domain' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete domain' }).click();
  await page.getByText('The domain is deleted.').waitFor();
  await page.goto(addressOf('alice', '/mail'));
  await page.getByRole('textbox', { name: 'To' }).fill('ann@example.com');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByText('There is no mail server.').waitFor();
  await close();
});

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).click();
  await page.getByRole('option', { name: option }).click();
}
