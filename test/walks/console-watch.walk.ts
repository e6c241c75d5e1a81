import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page, Route } from 'playwright-core';
import { launchChromium } from '../browser/chromium.js';
import { type Visit, axeFindingsInBothSchemes, overflow, showIn, visit } from '../browser/visit.js';
import { type Demo, startDemo } from './demo.js';
import { WALKS_FOLDER } from './walker.js';

/** Homes, audit log, webhooks, access grants and health in a real browser, and the kit under hostile answers. */

const DEVICES = { desktop: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } };
const OPERATOR_SCREENS = [
  '/',
  '/platform',
  '/audit',
  '/audit?tab=chain',
  '/tenants/bank/audit?outcome=failure',
  '/tenants/bank/access-grants/new',
];
const ADMIN_SCREENS = [
  '/',
  '/tenant',
  '/audit',
  '/audit?live=1',
  '/webhooks',
  '/webhooks/new',
  '/webhooks/nobody',
  '/access-grants',
];
/** Markup, a template, right-to-left, control characters, and a very long word. */
const HOSTILE = `<img src=x onerror="window.hit=1">{{7*7}}\u202Egnp.exe\u202C\u0000\u05D0${'W'.repeat(10_000)}`;
const TEXTS = new Set(['display_name', 'description', 'reason', 'operator', 'actor', 'target', 'client_id', 'detail']);

let demo: Demo;
let browser: Browser;
let password: string;
beforeAll(async () => {
  [demo, browser] = await Promise.all([startDemo(), launchChromium()]);
  mkdirSync(join(WALKS_FOLDER, 'console'), { recursive: true });
  const made = await demo.command('tenants', 'create', 'bank', '--admin', 'boss@bank.example');
  password = /password +(\S+)/.exec(made)?.[1] ?? '';
});
afterAll(async () => {
  await browser.close();
  await demo.stop();
});

type Person = 'operator' | 'boss';
const baseOf = (person: Person) => (person === 'operator' ? `${demo.url}/console` : `${demo.url}/t/bank/console`);

async function signedIn(person: Person, screen: keyof typeof DEVICES = 'desktop', locale = 'en'): Promise<Visit> {
  const one = await visit(browser, { viewport: DEVICES[screen], locale, colorScheme: 'light' });
  await one.page.goto(`${baseOf(person)}/audit`);
  await one.page.fill('[name=username]', person === 'operator' ? 'admin' : 'boss@bank.example');
  await one.page.fill('[name=password]', person === 'operator' ? demo.secrets.bootstrapAdminPassword : password);
  await one.page.click('#login-submit');
  await one.page.locator('.shell main h1').first().waitFor();
  one.complaints.length = 0;
  return one;
}

async function open(page: Page, person: Person, path: string): Promise<void> {
  await page.goto(`${baseOf(person)}${path}`);
  await page.locator('.shell main h1').first().waitFor();
  await page.locator('[aria-busy=true], .mantine-Skeleton-root').first().waitFor({ state: 'detached' });
}

/** Makes a webhook by the form. @returns its address in the console */
async function makeWebhook(page: Page, url: string): Promise<string> {
  await open(page, 'boss', '/webhooks/new');
  await page.getByLabel('Address').fill(url);
  await page.getByRole('button', { name: 'Create the webhook' }).click();
  await page.getByText(/^whsec_/).waitFor();
  await page.getByRole('button', { name: 'I have kept it' }).click();
  await page.getByRole('link', { name: 'Deliveries' }).waitFor();
  return new URL(page.url()).pathname.slice('/t/bank/console'.length);
}

const problem = (type: string, status: number, detail: string, more: object = {}, headers = {}) => ({
  status,
  headers: { 'content-type': 'application/problem+json', ...headers },
  body: JSON.stringify({ type: `urn:tenantry:problem:${type}`, title: type, status, detail, ...more }),
});

describe.each([
  ['operator', 'desktop', 'en', OPERATOR_SCREENS],
  ['operator', 'phone', 'de', OPERATOR_SCREENS],
  ['boss', 'desktop', 'de', ADMIN_SCREENS],
  ['boss', 'phone', 'en', ADMIN_SCREENS],
] as const)('the console of %s on a %s, in %s', (person, screen, locale, screens) => {
  it('has every screen without a complaint', async () => {
    const { page, complaints, close } = await signedIn(person, screen, locale);
    for (const path of screens) {
      await open(page, person, path);
      const picture = join(WALKS_FOLDER, 'console', `${person}${path.replace(/\W+/g, '-')}-${screen}`);
      await page.screenshot({ path: `${picture}-light.png`, fullPage: true });
      await showIn(page, 'dark');
      await page.screenshot({ path: `${picture}-dark.png`, fullPage: true });
      await showIn(page, 'light');
      expect({ path, axe: await axeFindingsInBothSchemes(page), overflow: await overflow(page) }).toEqual({
        path,
        axe: [],
        overflow: 0,
      });
    }
    expect(complaints.filter((text) => !/\b40[04]\b/.test(text))).toEqual([]);
    await close();
  });
});

describe('A webhook', () => {
  it('is made, tested, and merged when two tabs change it', async () => {
    const { page, context, close } = await signedIn('boss');
    const path = await makeWebhook(page, 'http://127.0.0.1:59999/first');
    await page.getByRole('button', { name: 'Send a test message' }).click();
    await page.getByText('The receiver did not take it').waitFor();
    await open(page, 'boss', `${path}?tab=settings`);
    const other = await context.newPage();
    await open(other, 'boss', `${path}?tab=settings`);
    await page.getByLabel('Description').fill('from the first tab');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('Saved', { exact: true }).waitFor();
    await other.getByLabel('Address').fill('http://127.0.0.1:59999/second');
    await other.getByRole('button', { name: 'Save changes' }).click();
    await other.getByRole('button', { name: 'Save the merged version' }).click();
    await other.getByText('Saved', { exact: true }).waitFor();
    expect(await other.getByLabel('Description').inputValue()).toBe('from the first tab');
    expect(await other.getByLabel('Address').inputValue()).toBe('http://127.0.0.1:59999/second');
    await close();
  });

  it('shows each refusal, keeps what was typed, and says what a lost permission takes away', async () => {
    const { page, close } = await signedIn('boss');
    await open(page, 'boss', '/webhooks/new');
    await page.getByLabel('Address').fill('http://127.0.0.1:59999/');
    await page.getByLabel('Description').fill('kept');
    const button = page.getByRole('button', { name: 'Create the webhook' });
    const answered = async (answer: Parameters<Route['fulfill']>[0] | 'offline') => {
      await page.route(/\/webhooks$/, (route) => (answer === 'offline' ? route.abort() : route.fulfill(answer)), {
        times: 1,
      });
      await button.click();
    };
    await answered(problem('validation-failed', 400, 'x', { errors: [{ pointer: '/url', detail: 'It is private.' }] }));
    await page.locator('.mantine-InputWrapper-error', { hasText: 'It is private.' }).waitFor();
    await answered(problem('conflict', 409, `Too many. ${HOSTILE}`));
    await page.getByText('This contradicts what is there').waitFor();
    await answered(problem('too-many-requests', 429, 'Slow down.', {}, { 'retry-after': '2' }));
    await page.getByRole('button', { name: /Try again in/ }).waitFor();
    await page.getByRole('button', { name: 'Try again', exact: true }).waitFor();
    await answered(problem('unavailable', 503, 'Away.'));
    await page.getByText('The platform cannot do this right now').waitFor();
    await answered('offline');
    await page.getByRole('alert').getByText('The platform does not answer').waitFor();
    await page.route('**/console/session', async (route) => {
      const answer = await route.fetch();
      const session = (await answer.json()) as { readonly permissions: readonly string[] };
      const permissions = session.permissions.filter((one) => one !== 'webhooks:write');
      await route.fulfill({ response: answer, json: { ...session, permissions } });
    });
    await answered(problem('permission-denied', 403, 'It takes webhooks:write.'));
    await page.locator('button[aria-disabled=true][aria-description*="webhooks:write"]').waitFor();
    expect(await page.getByLabel('Description').inputValue()).toBe('kept');
    expect([await page.evaluate('window.hit'), await overflow(page)]).toEqual([undefined, 0]);
    await page.getByRole('link', { name: 'Audit log' }).click();
    await page.getByText('Leave without saving?').waitFor();
    await close();
  });
});

describe('The audit log', () => {
  it('shows what changed, and new events as they happen', async () => {
    const { page, context, close } = await signedIn('boss');
    await open(page, 'boss', '/audit?live=1');
    await page.getByText('live', { exact: true }).waitFor();
    const other = await context.newPage();
    await makeWebhook(other, 'http://127.0.0.1:59999/live');
    await page.getByRole('button', { name: 'webhook.created' }).click();
    await page.getByRole('dialog').getByText('What was made').waitFor();
    await page.getByRole('dialog').getByText('http://127.0.0.1:59999/live').first().waitFor();
    await close();
  });

  it('asks for each name once, however many events are of the same person', async () => {
    const { page, close } = await signedIn('boss');
    const asked: string[] = [];
    page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      if (/\/(users|clients)\/[^/]+$/.test(pathname)) asked.push(pathname);
    });
    await open(page, 'boss', '/audit');
    await page.waitForLoadState('networkidle');
    const shown = await page.locator('tbody td[data-label="Who"] a, tbody td[data-label="Concerns"] a').count();
    expect(asked.length).toBeGreaterThan(0);
    expect(shown).toBeGreaterThan(asked.length);
    expect(asked).toEqual([...new Set(asked)]);
    await close();
  });

  it('has a chain that says how far it is signed', async () => {
    const { page, close } = await signedIn('boss');
    await open(page, 'boss', '/audit?tab=chain');
    await page.getByRole('button', { name: 'Look at the chain' }).click();
    await page.getByText(/^1 to \d+$/).waitFor();
    await close();
  });
});

it('gives an operator access that the owner approves and ends', async () => {
  await demo.command('tenants', 'policy', 'bank', '--set', 'operator_access=by_approval');
  const operator = await signedIn('operator');
  await open(operator.page, 'operator', '/tenants/bank/access-grants/new');
  await operator.page.getByLabel('Reason').fill('short');
  await operator.page.getByRole('button', { name: 'Ask the owners' }).click();
  await operator.page.locator('.mantine-InputWrapper-error').waitFor();
  await operator.page.getByLabel('Reason').fill('Alice cannot sign in since the import.');
  await operator.page.getByRole('button', { name: 'Ask the owners' }).click();
  await operator.page.getByText('An administrator of the tenant decides').waitFor();
  await operator.page.locator('button[aria-disabled=true]', { hasText: 'Approve' }).waitFor();
  await operator.close();
  const boss = await signedIn('boss');
  await open(boss.page, 'boss', '/');
  await boss.page.getByRole('link', { name: /asks for access/ }).click();
  await boss.page.getByRole('button', { name: 'Approve' }).click();
  await boss.page.getByText('The access has begun.').waitFor();
  await boss.page.getByRole('button', { name: 'End access' }).click();
  await boss.page.getByRole('dialog').getByRole('button', { name: 'End access' }).click();
  await boss.page.getByText('The access has ended.').waitFor();
  await boss.close();
});

it('shows hostile names as text, without a script, a picture or a page that grows to the side', async () => {
  const { page, close } = await signedIn('boss', 'phone');
  await makeWebhook(page, 'http://127.0.0.1:59999/hostile');
  await page.route(/\/console\/api\/(?!.*(stream|event-types))/, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: poisoned(await answer.json()) });
  });
  for (const path of ['/', '/tenant', '/webhooks', '/audit', '/access-grants']) {
    await open(page, 'boss', path);
    const found = await page.evaluate("[window.hit, document.querySelectorAll('main img').length]");
    expect({ path, found, overflow: await overflow(page) }).toEqual({ path, found: [undefined, 0], overflow: 0 });
  }
  await close();
});

it('leaves nothing in the storage after the sign-out', async () => {
  const { page, close } = await signedIn('boss');
  await open(page, 'boss', '/webhooks');
  await page.getByRole('button', { name: /Account of/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.waitForURL(/end-session/);
  expect(await page.evaluate('[localStorage.length, sessionStorage.length]')).toEqual([0, 0]);
  await close();
});

function poisoned(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => poisoned(one, name));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([member, inner]) => [member, poisoned(inner, member)]));
  return typeof value === 'string' && TEXTS.has(name) ? HOSTILE : value;
}
