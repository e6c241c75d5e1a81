import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../browser/chromium.js';
import { type Visit, axeFindings, overflow, showIn, visit } from '../browser/visit.js';
import { type Demo, startDemo } from './demo.js';
import { WALKS_FOLDER } from './walker.js';

/** People in the console of a tenant: users, invitations, groups, roles of administrators and attributes. */

const DEVICES = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };
const PASSWORD = 'nine lanterns on a slow river';
const FOLDER = join(WALKS_FOLDER, 'console-people');

let demo: Demo;
let browser: Browser;
const ids: Record<string, string> = {};
beforeAll(async () => {
  mkdirSync(FOLDER, { recursive: true });
  [demo, browser] = await Promise.all([startDemo(), launchChromium()]);
  for (const [username, ...options] of [
    ['olga', '--admin', 'true', '--email', 'olga@acme.example', '--email-verified', 'true'],
    ['helen', '--email', 'helen@acme.example'],
    ['milton', '--name', '<b>Milton</b> Waddams', '--email', 'milton@acme.example'],
  ] as const) {
    const made = await demo.command('users', 'create', 'acme', username, ...options, '--json');
    const { id, password } = JSON.parse(made) as { id: string; password: string };
    ids[username] = id;
    ids[`password of ${username}`] = password;
  }
  await demo.command('groups', 'create', 'acme', 'sales');
  await demo.command('groups', 'add', 'acme', 'sales', 'milton');
  ids['sales'] = await idOf('groups', 'show', 'acme', 'sales');
  ids['invitation'] = await idOf('invitations', 'create', 'acme', 'nora@acme.example');
  const permissions = ['--permissions', 'users:read', 'users:recover'];
  await demo.command('roles', 'create', 'acme', 'helpdesk', '--display-name', 'Help desk', ...permissions);
  await demo.command('roles', 'give', 'acme', 'helpdesk', '--user', 'helen');
  await demo.command('user-attributes', 'create', 'acme', 'department', '--label', 'Department');
});
afterAll(async () => {
  await browser.close();
  await demo.stop();
});

async function idOf(...words: string[]): Promise<string> {
  return (JSON.parse(await demo.command(...words, '--json')) as { id: string }).id;
}

const at = (path: string) => `${demo.url}/t/acme/console${path}`;

async function signedIn(username: string, screen: keyof typeof DEVICES, locale: string): Promise<Visit> {
  const one = await visit(browser, { viewport: DEVICES[screen], locale, reducedMotion: 'reduce' });
  const { page } = one;
  await page.goto(at('/users'));
  await page.fill('[name=username]', username);
  await page.fill('[name=password]', ids[`password of ${username}`] ?? PASSWORD);
  await page.click('#login-submit');
  // The demo has terms, which everybody accepts once.
  const accept = page.locator('#terms-accept');
  await accept.or(page.locator('.page-head')).first().waitFor();
  if (await accept.isVisible()) await accept.click();
  await page.waitForURL((url) => url.pathname.endsWith('/console/users'));
  await isThere(page);
  one.complaints.length = 0;
  return one;
}

/** A heading is shown, and nothing is loading any more. */
async function isThere(page: Page): Promise<void> {
  await page.locator('.shell main h1').first().waitFor();
  await page.waitForLoadState('networkidle');
  await page.locator('[aria-busy=true], .mantine-Skeleton-root').first().waitFor({ state: 'detached' });
}

/** What axe finds in light and dark. The page itself changes between the two, a moment after the browser does. */
async function findingsOf(page: Page): Promise<string[]> {
  const inLight = await axeFindings(page);
  await showIn(page, 'dark');
  const inDark = await axeFindings(page, 'color-contrast');
  await showIn(page, 'light');
  return [...inLight, ...inDark.map((finding) => `in dark ${finding}`)];
}

/** Not of what is under an open menu, whose contrast axe cannot tell. */
const isSeen = (finding: string) => !finding.includes('color-contrast') || finding.includes('Menu');

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first();
const inDialog = (page: Page, name: string) => page.getByRole('dialog').getByRole('button', { name, exact: true });
const said = (page: Page, text: string) => page.locator('.toast', { hasText: text }).first().waitFor();

const SCREENS: readonly (readonly [string, () => string])[] = [
  ['users', () => '/users?search=m'],
  ['new-user', () => '/users/new'],
  ['import', () => '/users/import'],
  ['profile', () => `/users/${ids['milton'] ?? ''}`],
  ['sign-in', () => `/users/${ids['milton'] ?? ''}?tab=sign-in`],
  ['sessions', () => `/users/${ids['olga'] ?? ''}?tab=sessions`],
  ['consents', () => `/users/${ids['milton'] ?? ''}?tab=consents`],
  ['access', () => `/users/${ids['milton'] ?? ''}?tab=access`],
  ['events', () => `/users/${ids['olga'] ?? ''}?tab=events`],
  ['danger', () => `/users/${ids['milton'] ?? ''}?tab=danger`],
  ['invitations', () => '/invitations'],
  ['new-invitation', () => '/invitations/new'],
  ['invitation', () => `/invitations/${ids['invitation'] ?? ''}`],
  ['groups', () => '/groups'],
  ['new-group', () => '/groups/new'],
  ['members', () => `/groups/${ids['sales'] ?? ''}`],
  ['group-roles', () => `/groups/${ids['sales'] ?? ''}?tab=roles`],
  ['group-settings', () => `/groups/${ids['sales'] ?? ''}?tab=settings`],
  ['roles', () => '/roles'],
  ['new-role', () => '/roles/new'],
  ['holders', () => '/roles/owner'],
  ['permissions', () => '/roles/owner?tab=permissions'],
  ['own-role', () => '/roles/helpdesk?tab=permissions'],
  ['attributes', () => '/attributes'],
  ['new-attribute', () => '/attributes/new'],
  ['attribute', () => '/attributes/department'],
];

describe.each([
  ['desktop', 'en'],
  ['phone', 'de'],
] as const)('people on a %s, in %s', (screen, locale) => {
  let admin: Visit;
  beforeAll(async () => {
    admin = await signedIn('olga', screen, locale);
  });
  afterAll(() => admin.close());

  it.each(SCREENS)('%s is faultless', async (name, path) => {
    const { page, complaints } = admin;
    await page.goto(at(path()));
    await isThere(page);
    await page.screenshot({ path: join(FOLDER, `${name}-${screen}.png`), fullPage: true });
    expect(await findingsOf(page)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    expect(complaints.splice(0)).toEqual([]);
  });

  it('the menu of columns is faultless', async () => {
    const { page, complaints } = admin;
    await page.goto(at('/users'));
    await isThere(page);
    await button(page, locale === 'de' ? 'Spalten' : 'Columns').click();
    await page.getByRole('menuitemcheckbox').nth(1).click();
    await page.getByText(locale === 'de' ? 'Spalten: 5 von 6' : 'Columns: 5 of 6').waitFor();
    await page.screenshot({ path: join(FOLDER, `columns-${screen}.png`) });
    await showIn(page, 'dark');
    await page.screenshot({ path: join(FOLDER, `columns-${screen}-dark.png`) });
    await showIn(page, 'light');
    expect((await findingsOf(page)).filter(isSeen)).toEqual([]);
    expect(await overflow(page)).toBe(0);
    expect(complaints.splice(0)).toEqual([]);
  });
});

describe('an owner', () => {
  let owner: Visit;
  let page: Page;
  beforeAll(async () => {
    owner = await signedIn('olga', 'desktop', 'en');
    page = owner.page;
  });
  afterAll(() => owner.close());

  it('makes a user; what is refused stands at its field, and the password is shown once', async () => {
    await page.goto(at('/users/new'));
    await isThere(page);
    await button(page, 'Create user').click();
    await page.getByText('Fill in this field.').first().waitFor();
    await page.getByLabel('Make a password now').check();
    await page.getByLabel('User name').fill('samir');
    await page.getByLabel('E-mail address').fill('not an address');
    await button(page, 'Create user').click();
    await page.getByText('must be an e-mail address').waitFor();
    await page.getByLabel('E-mail address').fill('samir@acme.example');
    await button(page, 'Create user').click();
    await button(page, 'I have kept it').click();
    await page.getByRole('heading', { name: 'samir' }).waitFor();
    expect(await page.content()).not.toContain('Password of samir');
  });

  it('loses nothing when somebody else changed the same user, and names with markup are text', async () => {
    await page.goto(at(`/users/${ids['milton'] ?? ''}`));
    await isThere(page);
    await page.getByRole('heading', { name: '<b>Milton</b> Waddams' }).waitFor();
    await page.getByLabel('First name').fill('Mine');
    await demo.command('users', 'update', 'acme', 'milton', '--set', 'given_name=Theirs', '--set', 'family_name=Other');
    await button(page, 'Save changes').click();
    await page.getByRole('radio', { name: 'First name: Theirs' }).check();
    await button(page, 'Save the merged version').click();
    await said(page, 'Saved');
    const shown = JSON.parse(await demo.command('users', 'show', 'acme', 'milton', '--json')) as object;
    expect(shown).toMatchObject({ given_name: 'Theirs', family_name: 'Other' });
  });

  it('gives and takes a role, and is told why the last owner stays', async () => {
    await page.goto(at(`/users/${ids['milton'] ?? ''}?tab=access`));
    await page.getByPlaceholder('Choose a role', { exact: true }).click();
    await page.getByRole('option', { name: 'Help desk' }).click();
    await button(page, 'Give role').click();
    await said(page, 'has the role Help desk');
    await button(page, 'Take away').click();
    await inDialog(page, 'Take away').click();
    await said(page, 'does not have the role Help desk');
    await page.goto(at(`/users/${ids['olga'] ?? ''}?tab=danger`));
    await button(page, 'Disable').click();
    await inDialog(page, 'Disable').click();
    await page.getByRole('alert').getByText('the last administrator').waitFor();
  });

  it('disables many at once, and imports a file with a row that is refused', async () => {
    await page.goto(at('/users?search=samir'));
    await page.getByLabel('Select samir').check();
    await button(page, 'Disable').click();
    await inDialog(page, 'Disable').click();
    await page.getByText('1 done').waitFor();
    await page.getByRole('table').getByText('Disabled').waitFor();
    await page.goto(at('/users/import'));
    const rows = ['username;email', 'peter;peter@acme.example', 'samir;samir@acme.example'];
    const file = { name: 'users.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\n')) };
    await page.setInputFiles('input[type=file]', file);
    await page.getByLabel('Mail each').uncheck();
    await button(page, 'Make 2 accounts').click();
    await page.getByText('1 of 2 made, 1 refused').waitFor();
  });

  it('chooses the columns of a list by keyboard, and the address shows the same list to somebody else', async () => {
    await page.goto(at('/users'));
    await isThere(page);
    await button(page, 'Columns').focus();
    await page.keyboard.press('Enter');
    const box = page.getByRole('menuitemcheckbox', { name: 'E-mail', exact: true });
    await box.waitFor();
    expect(await page.getByRole('menuitemcheckbox', { name: 'User name' }).count()).toBe(0);
    const focused = () => page.evaluate<string>('document.activeElement.textContent');
    for (let presses = 0; presses < 5 && (await focused()) !== 'E-mail'; presses++)
      await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await page.waitForURL((url) => url.searchParams.has('columns'));
    expect([await box.getAttribute('aria-checked'), await page.getByRole('columnheader').allInnerTexts()]).toEqual([
      'false',
      ['', 'User name', 'Name', 'State', 'Roles', 'Created'],
    ]);
    expect((await axeFindings(page)).filter(isSeen)).toEqual([]);
    const address = page.url();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Sort by User name' }).click();
    await page.waitForURL((url) => url.searchParams.has('sort') && url.searchParams.has('columns'));
    await page.goto(address);
    await isThere(page);
    expect(await page.getByRole('columnheader', { name: 'E-mail' }).count()).toBe(0);
    await button(page, 'Columns: 5 of 6').click();
    await page.getByRole('menuitem', { name: 'Show all columns' }).click();
    await page.getByRole('columnheader', { name: 'E-mail' }).waitFor();
    expect(new URL(page.url()).searchParams.has('columns')).toBe(false);
  });

  it('selects a range of rows with Shift', async () => {
    await page.goto(at('/users?sort=username'));
    await isThere(page);
    const boxes = page.locator('tbody .list-box');
    await boxes.nth(0).click();
    await boxes.nth(2).click({ modifiers: ['Shift'] });
    await page.getByText('3 selected').waitFor();
    await page.locator('thead .list-box:indeterminate').waitFor();
    await page.getByLabel('Select all on this page').check();
    await page.getByText(`${String(await boxes.count())} selected`).waitFor();
    await button(page, 'Close').click();
    expect(await page.locator('.list-box:checked').count()).toBe(0);
  });

  it('adds a member to a group and takes two out, and gives and takes a role on the page of the role', async () => {
    await page.goto(at(`/groups/${ids['sales'] ?? ''}`));
    await isThere(page);
    await page.getByPlaceholder('Find a user').click();
    await page.getByPlaceholder('Find a user').fill('helen');
    await page.getByRole('option', { name: 'helen' }).click();
    await button(page, 'Add').click();
    await said(page, 'helen is in the group');
    await page.getByRole('link', { name: 'helen' }).waitFor();
    await page.getByLabel('Select helen').check();
    await button(page, 'Remove from group').click();
    await page.getByRole('dialog').getByText('This concerns helen.').waitFor();
    await inDialog(page, 'Remove from group').click();
    await page.getByRole('link', { name: 'helen' }).waitFor({ state: 'detached' });
    await said(page, 'helen is no longer in the group');
    await page.goto(at('/roles/helpdesk'));
    await isThere(page);
    await page.getByPlaceholder('Find a user').fill('milton');
    await page.getByRole('option', { name: /milton/ }).click();
    await button(page, 'Give role').click();
    await said(page, 'has the role');
    await page.getByLabel('Select milton').check();
    await button(page, 'Take away').click();
    await page.getByRole('dialog').getByText('Without another role milton').waitFor();
    await inDialog(page, 'Take away').click();
    await page.getByRole('link', { name: 'milton' }).waitFor({ state: 'detached' });
    await said(page, 'milton no longer has the role');
  });

  it('keeps the claim of an attribute through a change of its label', async () => {
    await page.goto(at('/attributes/new'));
    await isThere(page);
    await page.getByLabel('Name', { exact: false }).first().fill('team');
    await page.getByLabel('Applications get it as a claim').check();
    await page.getByLabel('Name of the claim').fill('https://acme.example/team');
    await button(page, 'Create attribute').click();
    await page.getByRole('heading', { name: 'team', exact: true }).waitFor();
    await page.getByLabel('Label in German').fill('Mannschaft');
    await button(page, 'Save changes').click();
    await page.getByRole('status').getByText('Saved').nth(1).waitFor();
    expect(await page.getByLabel('Applications get it as a claim').isChecked()).toBe(true);
    const shown = JSON.parse(await demo.command('user-attributes', 'show', 'acme', 'team', '--json')) as object;
    expect(shown).toMatchObject({ labels: { de: 'Mannschaft' }, claim: { name: 'https://acme.example/team' } });
  });
});

it('tells somebody of the help desk what the role does not allow', async () => {
  const { page, close } = await signedIn('helen', 'desktop', 'en');
  expect(await button(page, 'New user').getAttribute('aria-description')).toContain('users:write');
  await page.goto(at(`/users/${ids['milton'] ?? ''}?tab=sign-in`));
  await isThere(page);
  expect(await button(page, 'Make a password').getAttribute('aria-disabled')).toBe('true');
  await button(page, 'Send mail').waitFor();
  expect(await page.getByRole('link', { name: 'Roles', exact: true }).count()).toBe(0);
  await close();
});
