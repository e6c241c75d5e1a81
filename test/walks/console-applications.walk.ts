import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { launchChromium } from '../browser/chromium.js';
import { type Visit, axeFindings, axeFindingsInBothSchemes, overflow, visit } from '../browser/visit.js';
import { type Demo, startDemo } from './demo.js';
import { WALKS_FOLDER } from './walker.js';

/** A tenant's administrator at applications, APIs, their roles, and reviews, in a real browser. */

const DEVICES = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };
const FOLDER = join(WALKS_FOLDER, 'console-applications');
const TABS = ['overview', 'settings', 'grants', 'permissions', 'tokens', 'secrets', 'consents', 'owners'];

let demo: Demo;
let browser: Browser;
const passwords: Record<string, string> = {};
/** The demo's API. */
let api: string;
/** What a developer handed in. */
let waiting: string;

beforeAll(async () => {
  [demo, browser] = await Promise.all([startDemo(), launchChromium()]);
  mkdirSync(FOLDER, { recursive: true });
  await demo.command(
    ...['tenants', 'policy', 'acme', '--set', 'developer_registration=with_approval'],
    ...['--set', 'developer_redirect_hosts=["*.acme.example"]'],
  );
  await demo.command('roles', 'create', 'acme', 'looker', '--set', 'permissions=["clients:read"]');
  await makeUser('boss', '--set', 'tenant_admin=true');
  await makeUser('lola');
  await demo.command('roles', 'give', 'acme', 'looker', '--user', 'lola');
  await makeUser('nora');
  const apis = JSON.parse(await demo.command('apis', 'list', 'acme', '--json')) as { data: { id: string }[] };
  api = apis.data[0]?.id ?? '';
  waiting = await handIn('Tide Tables');
}, 180_000);
afterAll(async () => {
  await browser.close();
  await demo.stop();
});

async function makeUser(name: string, ...options: readonly string[]): Promise<void> {
  const made = await demo.command(
    ...['users', 'create', 'acme', name, '--email', `${name}@acme.example`, ...options, '--json'],
  );
  passwords[name] = (JSON.parse(made) as { password: string }).password;
}

async function signIn(page: Page, username: string): Promise<void> {
  await page.fill('[name=username]', username);
  await page.fill('[name=password]', passwords[username] ?? '');
  await page.click('#login-submit');
  await page.locator('#terms-accept, main h1').first().waitFor();
  if (await page.locator('#terms-accept').isVisible()) await page.click('#terms-accept');
}

/** A developer drafts an application on the tenant's pages and hands it in. @returns the id of its registration */
async function handIn(name: string): Promise<string> {
  const developer = await visit(browser, { locale: 'en' });
  const { page } = developer;
  await page.goto(`${demo.issuer('acme', 'path')}/sign-in`);
  await signIn(page, 'nora');
  await page.locator('.account-head').waitFor();
  await page.goto(`${demo.issuer('acme', 'path')}/account/clients/new`);
  await page.fill('[name=client_name]', name);
  await page.fill('[name=redirect_uris]', 'https://tides.acme.example/callback');
  await page.click('#client-submit');
  await page.click('#submit-client');
  await page.waitForURL(/client_submitted/);
  const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  await developer.close();
  return id;
}

interface Admin extends Visit {
  readonly open: (path: string) => Promise<void>;
}

async function admin(username: string, options: BrowserContextOptions): Promise<Admin> {
  const one = await visit(browser, { reducedMotion: 'reduce', viewport: DEVICES.desktop, locale: 'en', ...options });
  one.context.setDefaultTimeout(60_000);
  const base = `${demo.issuer('acme', 'path')}/console`;
  await one.page.goto(`${base}/sign-in`);
  await signIn(one.page, username);
  await isThere(one.page);
  one.complaints.length = 0;
  const open = async (path: string) => {
    await one.page.goto(`${base}${path}`);
    await isThere(one.page);
  };
  return { ...one, open };
}

/** A heading is shown, and nothing is loading any more. */
async function isThere(page: Page): Promise<void> {
  await page.locator('.shell main h1').first().waitFor();
  await page.locator('[aria-busy=true], .mantine-Skeleton-root').first().waitFor({ state: 'detached' });
}

/** What axe finds while a dialog is open. The colours of what lies behind it cannot be told, and need not be. */
async function findingsWithDialog(page: Page): Promise<string[]> {
  return (await axeFindings(page)).filter((finding) => !finding.startsWith('color-contrast'));
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const pressInDialog = (page: Page, name: string) =>
  page.getByRole('dialog').getByRole('button', { name, exact: true }).click();

/** What a shell makes of the command that the console shows. */
function wordsOf(command: string): string[] {
  const script = command.replace(/^npx tenantry/, "printf '%s\\0'");
  return execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
}

describe.each([
  ['desktop', 'en', 'light'],
  ['phone', 'de', 'dark'],
] as const)('an administrator on a %s, in %s, %s', (screen, locale, colorScheme) => {
  let boss: Admin;
  beforeAll(async () => {
    boss = await admin('boss', { viewport: DEVICES[screen], locale, colorScheme });
  });
  afterAll(() => boss.close());

  const screens: readonly (() => string)[] = [
    () => '/applications',
    () => '/applications?search=nobody-has-this',
    () => '/applications/new',
    ...['web', 'browser', 'native', 'machine', 'product'].map((kind) => () => `/applications/new?kind=${kind}`),
    ...TABS.map((tab) => () => `/applications/web?tab=${tab}`),
    () => '/applications/machine',
    () => '/applications/nobody',
    () => '/apis',
    () => '/apis/new',
    ...['overview', 'scopes', 'roles', 'settings'].map((tab) => () => `/apis/${api}?tab=${tab}`),
    () => `/apis/${api}/roles/new`,
    () => '/reviews',
    () => '/reviews?show=rejected',
    ...['review', 'owners', 'connect'].map((tab) => () => `/reviews/${waiting}?tab=${tab}`),
  ];

  it('finds every screen without a complaint', async () => {
    const { page, complaints, open } = boss;
    for (const [at, path] of screens.entries()) {
      const name = path();
      await open(name);
      await page.screenshot({ path: join(FOLDER, `${String(at).padStart(2, '0')}-${screen}.png`), fullPage: true });
      const findings = await axeFindingsInBothSchemes(page, colorScheme);
      expect({ name, findings, overflow: await overflow(page) }).toEqual({ name, findings: [], overflow: 0 });
      const others = complaints.splice(0).filter((text) => !text.includes('404'));
      expect({ name, others }).toEqual({ name, others: [] });
    }
  }, 300_000);
});

it('registers an application, sees what is refused at its field, and the secret once', async () => {
  const { page, open, close } = await admin('boss', {});
  await open('/applications');
  await press(page, 'New application');
  await page.getByRole('link', { name: /Web application/ }).press('Enter');
  await page.getByLabel('Name').fill('Harbour <b>Shop</b>');
  const redirects = page.getByRole('combobox', { name: 'Redirect URIs' });
  await redirects.fill('https://shop.acme.example/callback#top');
  await redirects.press('Enter');
  await press(page, 'Create');
  await page.getByText('has a fragment').waitFor();
  expect(await redirects.getAttribute('aria-invalid')).toBe('true');
  await redirects.press('Backspace');
  await redirects.fill('https://shop.acme.example/callback');
  await redirects.press('Enter');

  await press(page, 'Copy as command');
  const words = wordsOf(await page.getByRole('dialog').locator('pre').innerText());
  await page.keyboard.press('Escape');
  const byCommand = JSON.parse(await demo.command(...words, '--json')) as Record<string, unknown>;
  expect(byCommand).toMatchObject({ require_pkce: true, grant_types: ['authorization_code', 'refresh_token'] });

  await press(page, 'Create');
  await page.getByRole('heading', { name: 'Harbour <b>Shop</b> is registered' }).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  const secret = await page.locator('.notice code').innerText();
  expect(secret).toMatch(/^[\w-]{40,}$/);
  await page.locator('pre', { hasText: "'https://shop.acme.example/callback'" }).waitFor();
  await page.getByRole('button', { name: /I have kept the secret/ }).click();
  await page.getByText('What it is', { exact: true }).waitFor();
  expect(await page.content()).not.toContain(secret);
  const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
  const made = JSON.parse(await demo.command('clients', 'show', 'acme', id, '--json')) as Record<string, unknown>;
  for (const member of ['scope', 'permissions', 'first_party', 'redirect_uris', 'application_type', 'require_pkce'])
    expect(made[member]).toEqual(byCommand[member]);

  await open(`/applications/${id}?tab=settings`);
  const given = page.getByLabel('The redirect URI of the request');
  await given.fill('https://shop.acme.example/callback/');
  await page.getByText('There is a slash too much at the end.').waitFor();
  await given.fill('https://shop.acme.example/callback');
  await page.getByText('It matches.').waitFor();

  await open(`/applications/${id}?tab=secrets`);
  await press(page, 'Add a secret');
  expect(await findingsWithDialog(page)).toEqual([]);
  await press(page, 'I have kept it');
  await page.getByRole('button', { name: 'End it' }).nth(1).waitFor();
  await page.getByRole('button', { name: 'End it' }).first().click();
  await pressInDialog(page, 'End it');
  await page.getByText('The secret has ended').waitFor();
  await page.getByRole('button', { name: 'End it' }).nth(1).waitFor({ state: 'detached' });

  await open(`/applications/${id}?tab=settings`);
  await press(page, 'Disable');
  await page.getByText('What stops working').waitFor();
  expect(await findingsWithDialog(page)).toEqual([]);
  await pressInDialog(page, 'Disable');
  await page.getByText('This application is disabled').waitFor();
  await press(page, 'Enable');
  await page.getByText('This application is disabled').waitFor({ state: 'detached' });
  await press(page, 'Delete');
  await pressInDialog(page, 'Delete');
  await page.getByRole('heading', { name: 'Applications', exact: true }).waitFor();
  await close();
}, 180_000);

it('loses nothing when somebody else changed the application meanwhile', async () => {
  const { page, open, close } = await admin('boss', {});
  await open('/applications/spa?tab=settings');
  await page.getByLabel('Home page').fill('https://dashboard.acme.example/');
  await demo.command('clients', 'update', 'acme', 'spa', '--name', 'Acme Cockpit');
  await press(page, 'Save changes');
  await press(page, 'Save the merged version');
  await page.getByRole('heading', { name: 'Acme Cockpit' }).waitFor();
  const saved = JSON.parse(await demo.command('clients', 'show', 'acme', 'spa', '--json')) as Record<string, unknown>;
  expect(saved).toMatchObject({ client_name: 'Acme Cockpit', client_uri: 'https://dashboard.acme.example/' });
  await close();
}, 120_000);

it('shows somebody who may only look what they may not do, and not what they may not see', async () => {
  const { page, open, close } = await admin('lola', {});
  await open('/applications');
  await page.getByRole('link', { name: 'Acme Orders' }).waitFor();
  expect(await page.getByRole('navigation').getByRole('link', { name: 'APIs' }).count()).toBe(0);
  const create = page.getByRole('button', { name: 'New application' });
  expect(await create.getAttribute('aria-disabled')).toBe('true');
  expect(await create.getAttribute('aria-description')).toContain('clients:write');
  await open('/applications/web?tab=secrets');
  expect(await page.getByRole('button', { name: 'Add a secret' }).getAttribute('aria-disabled')).toBe('true');
  expect(await page.getByRole('link', { name: 'Consents' }).count()).toBe(0);
  await open(`/reviews/${waiting}`);
  expect(await page.getByRole('button', { name: 'Approve' }).getAttribute('aria-disabled')).toBe('true');
  await close();
}, 120_000);

it('registers an API, makes a role of it, gives and takes it', async () => {
  const { page, open, close } = await admin('boss', {});
  await open('/apis/new');
  await page.getByRole('textbox', { name: 'Name' }).first().fill('Stock');
  await page.getByLabel('Identifier').fill('https://stock.acme.example');
  await page.getByLabel('Scope', { exact: true }).fill('stock:read');
  await press(page, 'Create');
  await page.getByText('Say in one sentence what it allows.').waitFor();
  await page.getByLabel('What it allows').fill('See the stock');
  await press(page, 'Create');
  await page.getByText('What the API has to check').waitFor();
  expect(await page.locator('pre').innerText()).toContain('audience: "https://stock.acme.example"');
  const path = `/apis/${new URL(page.url()).pathname.split('/').at(-1) ?? ''}`;

  await open(`${path}/roles/new`);
  await page.getByLabel('Name in tokens').fill('clerk');
  await page.getByRole('combobox', { name: 'Scopes it allows' }).click();
  await page.getByRole('option', { name: 'stock:read' }).click();
  await page.keyboard.press('Escape');
  await press(page, 'Create');
  await page.getByText('Nobody has the role').waitFor();
  const give = async () => {
    await page.getByRole('combobox', { name: 'Find by name' }).fill('nor');
    await page.getByRole('option', { name: 'nora' }).click();
    await press(page, 'Give the role');
    await page.getByRole('cell', { name: 'nora', exact: true }).waitFor();
  };
  await give();
  expect(await overflow(page)).toBe(0);
  await page.getByRole('checkbox', { name: 'Select nora' }).check();
  await press(page, 'Take');
  await page.getByRole('dialog').getByText('This concerns nora.').waitFor();
  await pressInDialog(page, 'Take');
  await page.getByText('nora no longer has the role.').waitFor();
  await page.getByText('Nobody has the role').waitFor();
  // Nobody has chosen what was given again.
  await give();
  expect(await page.getByRole('checkbox', { name: 'Select nora' }).isChecked()).toBe(false);
  await page.getByRole('checkbox', { name: 'Select nora' }).check();
  await press(page, 'Take');
  await pressInDialog(page, 'Take');
  await page.getByText('Nobody has the role').waitFor();

  await open(`${path}?tab=settings`);
  await press(page, 'Delete');
  await page.getByText('No application has permissions here.').waitFor();
  await page.getByText('1 role is deleted.').waitFor();
  await pressInDialog(page, 'Delete');
  await page.getByRole('heading', { name: 'APIs', exact: true }).waitFor();
  await close();
}, 180_000);

it('decides on what developers hand in: rejects with a reason, approves, suspends and resumes', async () => {
  const rejected = await handIn('Ferry Desk');
  const { page, open, close } = await admin('boss', {});
  await open('/reviews');
  await page.getByRole('link', { name: 'Ferry Desk' }).click();
  await press(page, 'Reject');
  await page.getByRole('textbox', { name: 'Reason' }).fill('Register the address of production.');
  expect(await findingsWithDialog(page)).toEqual([]);
  await pressInDialog(page, 'Reject');
  await page.getByText('Register the address of production.').first().waitFor();
  const shown = JSON.parse(await demo.command('client-registrations', 'show', 'acme', rejected, '--json')) as object;
  expect(shown).toMatchObject({ state: 'rejected', reason: 'Register the address of production.' });

  await open(`/reviews/${waiting}`);
  await page.getByText('https://tides.acme.example/callback').waitFor();
  await press(page, 'Approve');
  await press(page, 'Suspend');
  await page.getByRole('textbox', { name: 'Reason' }).fill('Leaked secret.');
  await pressInDialog(page, 'Suspend');
  await page.getByText('It is suspended').waitFor();
  await press(page, 'Resume');
  await page.getByText('It is suspended').waitFor({ state: 'detached' });
  await press(page, 'Open the application');
  await page.getByRole('link', { name: 'Owners' }).click();
  await page.getByRole('link', { name: 'nora' }).waitFor();
  await close();
}, 180_000);
