import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { launchChromium } from '../browser/chromium.js';
import { type Visit, visit } from '../browser/visit.js';
import { type CopyWorld, startCopyWorld } from './copy-world.js';
import { fillForm } from './form-pilot.js';
import { type Recorded, isWrite } from './recorder.js';

/**
 * Every "copy as curl" and "copy as CLI" of the console. What was copied is pasted into a shell, and what it asks of the
 * API is compared with what the button asks: method, address, version and body. Nobody changes anything: a recorder
 * stands between.
 */

const SCREENS = 'console/src/screens';
const AT = '/tenants/acme';
const COPY_MS = 6000;

/** Presses what sends, where that is no form. */
type Press = (page: Page, copy: Locator) => Promise<void>;
const button = (page: Page | Locator, name: string) => page.getByRole('button', { name, exact: true }).first();
const dialog = (page: Page) => page.getByRole('dialog').last();
const click =
  (name: string): Press =>
  (page) =>
    button(page, name).click();
/** Asked again in a dialog, where large things are named. */
const confirmed =
  (name: string, confirm = name): Press =>
  async (page) => {
    if (!(await dialog(page).isVisible())) await button(page, name).click();
    const typed = dialog(page).locator('input[type=text], input:not([type])');
    const named = dialog(page).locator('label');
    if (await typed.count()) await typed.first().fill(nameIn(await named.first().innerText()));
    await button(dialog(page), confirm).click();
  };
/** Of `Type {name} to confirm`. */
function nameIn(label: string): string {
  return /^Type (.+) to confirm/.exec(label.trim())?.[1] ?? '';
}

/** By operation: what the copy stands beside. */
const PRESSES: Readonly<Record<string, Press>> = {
  endAccessGrant: confirmed('Refuse'),
  revertBranding: confirmed('Bring back'),
  deleteDomain: confirmed('Delete domain'),
  verifyDomain: click('Look now'),
  resendInvitation: click('Send again'),
  revokeKey: confirmed('Revoke'),
  revokeSetupLink: confirmed('Revoke'),
  rotateKeys: (page) => button(dialog(page), 'Rotate').click(),
  approveClientRegistration: click('Approve'),
  sendPasswordResetMail: click('Send mail'),
  testWebhook: async (page) => {
    await page.keyboard.press('Escape');
    await button(page, 'Send a test message').click();
  },
  rotateWebhookSecret: confirmed('Make a new secret'),
  createClientSecret: click('Add a secret'),
  bulkUsers: (page) => page.getByRole('button', { name: /^Make 2/ }).click(),
};

/** What cannot be pressed here, and why. The two copies are compared with each other. */
const UNPRESSED: Readonly<Record<string, string>> = {
  endUserSessions: 'the person is signed in nowhere',
};

interface Case {
  readonly path: string;
  /** Brings the copy into view. */
  readonly open?: (page: Page) => Promise<void>;
  /** Fills in what is no form. */
  readonly fill?: (page: Page) => Promise<void>;
  readonly press?: Press;
  /** Fields that need something else, by label. */
  readonly fields?: Readonly<Record<string, string>>;
}

let world: CopyWorld;
let browser: Browser;
let operator: Visit;
const ids: Record<string, string> = {};
const seen = new Set<string>();

beforeAll(async () => {
  [world, browser] = await Promise.all([startCopyWorld(), launchChromium()]);
  const { operator: api } = world;
  ids['acme'] = (await api.get<{ id: string }>(AT)).id;
  const idOf = async (path: string, body: object) => (await api.create<{ id: string }>(`${AT}${path}`, body)).id;
  const milton = { username: 'milton', email: 'milton@acme.example', email_verified: true };
  ids['milton'] = await idOf('/users', milton);
  ids['sales'] = await idOf('/groups', { name: 'sales' });
  await api.request('PUT', `${AT}/groups/${ids['sales']}/members/${ids['milton']}`);
  ids['invitation'] = await idOf('/invitations', { email: 'nora@acme.example' });
  await idOf('/roles', { name: 'helpdesk', display_name: 'Help desk', permissions: ['users:read'] });
  await idOf('/user-attributes', { name: 'department', type: 'string', labels: { en: 'Department' } });
  await idOf('/domains', { domain: 'login.acme.example' });
  await api.create('/policy-templates', { name: 'gold', display_name: 'Gold' });
  ids['api'] = (await api.get<{ data: { id: string }[] }>(`${AT}/apis`)).data[0]?.id ?? '';
  ids['role'] = await idOf('/api-roles', { api_id: ids['api'], name: 'clerk' });
  ids['webhook'] = await idOf('/webhooks', { url: 'https://hooks.acme.example/' });
  ids['setup'] = await idOf('/setup-links', { purposes: ['brand'] });
  ids['kid'] = (await api.get<{ data: { kid: string }[] }>(`${AT}/keys`)).data[0]?.kid ?? '';
  const draft = (color: string) =>
    api.request('PATCH', `${AT}/branding`, { branding: { primary_color: color } }, { 'if-match': '*' });
  await draft('#0a5a40');
  await api.create(`${AT}/branding/publish`, { correct_contrast: true });
  await draft('#0a5a80');
  operator = await visit(browser, { viewport: { width: 1400, height: 1000 }, locale: 'en', reducedMotion: 'reduce' });
  operator.context.setDefaultTimeout(9_000);
  const { page } = operator;
  // What is not saved is left behind.
  page.on('dialog', (asked) => void asked.accept());
  await page.goto(`${world.url}/console/tenants`);
  await page.fill('[name=username]', 'admin');
  await page.fill('[name=password]', world.secrets.bootstrapAdminPassword);
  await page.click('#login-submit');
  await isThere(page);
  world.recorder.holds = true;
}, 240_000);
afterAll(async () => {
  await browser.close();
  await world.stop();
});

/** A heading is shown, and nothing is loading any more. */
async function isThere(page: Page): Promise<void> {
  await page.locator('main h1').first().waitFor();
  await page.locator('[aria-busy=true], .mantine-Skeleton-root').first().waitFor({ state: 'detached' });
}

const CASES: readonly (() => Case)[] = [
  ...['web', 'browser', 'native', 'machine', 'product'].map((kind) => () => ({
    path: `${AT}/applications/new?kind=${kind}`,
  })),
  ...['settings', 'grants', 'permissions', 'secrets', 'consents'].map((tab) => () => ({
    path: `${AT}/applications/web?tab=${tab}`,
    fields: { 'Public keys (JWK Set)': '{"keys":[{"kty":"EC","kid":"it\'s"}]}' },
  })),
  () => ({ path: `${AT}/applications/machine?tab=tokens` }),
  () => ({ path: `${AT}/applications` }),
  () => ({ path: `${AT}/apis` }),
  () => ({ path: `${AT}/apis/new` }),
  ...['scopes', 'roles', 'settings'].map((tab) => () => ({ path: `${AT}/apis/${ids['api']}?tab=${tab}` })),
  () => ({ path: `${AT}/apis/${ids['api']}/roles/new` }),
  ...['holders', 'settings'].map((tab) => () => ({ path: `${AT}/apis/${ids['api']}/roles/${ids['role']}?tab=${tab}` })),
  () => ({ path: `${AT}/reviews` }),
  () => ({ path: `${AT}/users` }),
  () => ({ path: `${AT}/users/new` }),
  () => ({
    path: `${AT}/users/import`,
    open: async (page) => {
      const file = join(world.folder, 'users.csv');
      writeFileSync(file, 'username,email\nana,ana@acme.example\nben,ben@acme.example\n');
      await page.locator('input[type=file]').setInputFiles(file);
    },
  }),
  ...['profile', 'sign-in', 'sessions', 'consents', 'access', 'events', 'danger'].map((tab) => () => ({
    path: `${AT}/users/${ids['milton']}?tab=${tab}`,
  })),
  () => ({ path: `${AT}/invitations` }),
  () => ({ path: `${AT}/invitations/new` }),
  () => ({ path: `${AT}/invitations/${ids['invitation']}` }),
  () => ({ path: `${AT}/groups` }),
  () => ({ path: `${AT}/groups/new` }),
  ...['members', 'roles', 'settings'].map((tab) => () => ({ path: `${AT}/groups/${ids['sales']}?tab=${tab}` })),
  () => ({ path: `${AT}/roles` }),
  () => ({ path: `${AT}/roles/new` }),
  ...['holders', 'permissions'].map((tab) => () => ({ path: `${AT}/roles/helpdesk?tab=${tab}` })),
  () => ({ path: `${AT}/attributes` }),
  () => ({ path: `${AT}/attributes/new` }),
  () => ({ path: `${AT}/attributes/department` }),
  () => ({
    path: `${AT}/branding`,
    fill: (page) => page.locator('main input:visible:not([type=checkbox]):not([type=radio])').first().fill('#123456'),
    press: () => Promise.resolve(),
  }),
  () => ({ path: `${AT}/branding?tab=history` }),
  () => ({ path: `${AT}/branding?tab=history`, open: (page) => button(page, 'Bring back').click() }),
  () => ({ path: `${AT}/branding`, open: (page) => button(page, 'Publish').click() }),
  () => ({
    path: `${AT}/keys`,
    open: (page) =>
      page
        .getByRole('button', { name: /^Rotate/ })
        .first()
        .click(),
  }),
  () => ({ path: `${AT}/keys/${ids['kid']}` }),
  () => ({ path: `${AT}/domains` }),
  () => ({ path: `${AT}/domains/new` }),
  () => ({ path: `${AT}/domains/of/login.acme.example` }),
  () => ({ path: `${AT}/setup-links` }),
  () => ({ path: `${AT}/setup-links/new` }),
  () => ({ path: `${AT}/setup-links/${ids['setup']}` }),
  () => ({ path: `${AT}/webhooks` }),
  () => ({ path: `${AT}/webhooks/new` }),
  ...['deliveries', 'settings', 'secret', 'about'].map((tab) => () => ({
    path: `${AT}/webhooks/${ids['webhook']}?tab=${tab}`,
  })),
  () => ({
    path: `${AT}/webhooks/${ids['webhook']}?tab=deliveries`,
    open: (page) => button(page, 'Send again what was missed').click(),
  }),
  () => ({
    path: `${AT}/webhooks/${ids['webhook']}`,
    open: (page) => button(page, 'Send a test message').click(),
  }),
  () => ({ path: `${AT}/mail` }),
  () => ({ path: `${AT}/audit` }),
  ...['live', 'chain'].map((tab) => () => ({ path: `${AT}/audit?tab=${tab}` })),
  () => ({ path: `${AT}/access-grants` }),
  () => ({ path: `${AT}/access-grants/new` }),
  () => ({ path: `${AT}/tenant?tab=settings` }),
  () => ({ path: `${AT}?tab=usage` }),
  () => ({ path: '/tenants' }),
  () => ({ path: '/platform' }),
  () => ({ path: '/templates' }),
  () => ({ path: '/templates/new' }),
  ...['tenants', 'settings'].map((tab) => () => ({ path: `/templates/of/gold?tab=${tab}` })),
];

interface Copied {
  readonly operation: string;
  readonly curl: string;
  readonly cli: string | undefined;
}

async function read(page: Page, copy: Locator): Promise<Copied> {
  const operation = (await copy.getAttribute('data-copy')) ?? '';
  await copy.click();
  const shown = page.getByRole('dialog', { name: 'Copy as command' });
  const both = shown.locator('.mantine-SegmentedControl-root');
  const pre = shown.locator('pre');
  const first = await pre.innerText();
  if (!(await both.isVisible())) {
    await close(shown);
    return { operation, curl: first, cli: undefined };
  }
  await both.getByText('curl', { exact: true }).click();
  const curl = await pre.innerText();
  await close(shown);
  return { operation, curl, cli: first };
}

async function close(shown: Locator): Promise<void> {
  await shown.getByRole('button', { name: 'Close' }).first().click();
  await shown.waitFor({ state: 'detached' });
}

/** A tenant has two addresses: by slug and by id. */
function bySlug(path: string): string {
  return path.replace(ids['acme'] ?? 'acme', 'acme');
}

/** A request as it counts: who asks twice for the same thing asks the same. */
function essence({ method, path, query, ifMatch, contentType, body }: Recorded) {
  return { method, path: bySlug(path), query, ifMatch, contentType, body };
}
/** A command reads the version itself, and may ask for another page than the screen. */
function essenceOfCommand(request: Recorded) {
  const { method, path, body, query } = request;
  const { limit: _, total: __, ...filters } = query;
  return { method, path: bySlug(path), body, query: filters };
}

async function untilSent(mark: number, from: Recorded['from']): Promise<Recorded> {
  const deadline = Date.now() + 8_000;
  for (;;) {
    const found = world.recorder.since(mark, from, (one) => isWrite(one) && one.query['dry_run'] !== 'true').at(-1);
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`Nothing was sent from the ${from}.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** What a pasted text asks of the API. */
async function pasted(text: string, of: Pick<Recorded, 'method' | 'path'>): Promise<Recorded> {
  const { recorder, shell } = world;
  const mark = recorder.requests.length;
  const { said } = await shell(text, of.path.endsWith('/stream') ? 10 : 60);
  const sent = recorder.since(mark, 'script', (one) => (of.method === 'GET' ? true : isWrite(one)));
  const found = of.method === 'GET' ? sent.findLast(({ path }) => bySlug(path) === bySlug(of.path)) : sent.at(0);
  if (!found) throw new Error(`Nothing like ${of.method} ${of.path} was asked for by\n${text}\n${said}`);
  return found;
}

const SEGMENTS: Readonly<Record<string, string>> = { 'access-grants': 'access', tenant: 'tenants', '': 'home' };
function folderOf(path: string): string {
  const [first = '', , segment] = path.split('?')[0]?.split('/').slice(1) ?? [];
  const name = first === 'tenants' && segment !== undefined ? segment : first;
  return SEGMENTS[name] ?? name;
}

describe('what is copied asks the same as the button', () => {
  it.each(CASES.map((_, index) => index))('case %i', run, 180_000);

  async function run(index: number): Promise<void> {
    const { path, open, fill, press, fields } = CASES[index]?.() ?? { path: '' };
    const { page } = operator;
    const { recorder } = world;
    const copies = page.locator('[data-copy]:visible');
    const count = await arrive();
    for (let at = 0; at < count; at++) {
      if (at > 0) await arrive();
      const inDialog = page.getByRole('dialog').locator('[data-copy]:visible');
      const copy = (await inDialog.count()) > 0 ? inDialog.first() : copies.nth(at);
      const operation = (await copy.getAttribute('data-copy')) ?? '';
      const form = copy.locator('xpath=ancestor::form[1]');
      const isForm = (await form.count()) > 0;
      const mark = recorder.requests.length;
      if (fill) await fill(page);
      else if (isForm) await fillForm(page, form.last(), fields);
      const copied = await read(page, copy);
      seen.add(`${folderOf(path)}/${operation}`);
      const isRead = !/ -X (POST|PUT|PATCH|DELETE)/.test(copied.curl);
      let sent: Recorded | undefined;
      if (!isRead && !(operation in UNPRESSED)) {
        if (press) await press(page, copy);
        else if (isForm) await form.last().locator('button[type=submit]').last().click();
        else await (PRESSES[operation] ?? click('Save changes'))(page, copy);
        sent = await untilSent(mark, 'console');
      }
      const address = /(https?:\/\/[^\s'"\\]+)/.exec(copied.curl)?.[1] ?? '';
      const method = / -X (\w+)/.exec(copied.curl)?.[1] ?? 'GET';
      const of = sent ?? { method, path: decodeURIComponent(new URL(address).pathname) };
      const curl = await pasted(copied.curl, of);
      if (sent) expect({ at: path, operation, ...essence(curl) }).toEqual({ at: path, operation, ...essence(sent) });
      if (copied.cli !== undefined) {
        const cli = await pasted(copied.cli, of);
        const expected = essenceOfCommand(sent ?? curl);
        expect({ at: path, cli: copied.cli, ...essenceOfCommand(cli) }).toEqual({
          at: path,
          cli: copied.cli,
          ...expected,
        });
      }
      if ((await inDialog.count()) > 0) break;
    }

    async function arrive(): Promise<number> {
      await page.goto('about:blank');
      await page.goto(`${world.url}/console${path}`);
      await isThere(page);
      // What a list offers it takes back when its answer is that it is empty. A stream does not end.
      await page.waitForLoadState('networkidle', { timeout: COPY_MS }).catch(() => undefined);
      await isThere(page);
      if (open) await open(page);
      // An empty list offers none.
      await copies
        .last()
        .waitFor({ timeout: COPY_MS })
        .catch(() => undefined);
      return copies.count();
    }
  }
});

/** Not reached here, and why. */
const UNREACHED: Readonly<Record<string, string>> = {
  'domains/updateDomain': 'a domain is made primary when its proof was found in DNS',
  'access/endAccessGrant': 'a grant is asked for where the policy wants one',
  'reviews/approveClientRegistration': 'a developer hands something in on the pages of the tenant',
  'policies/updateTenant': 'the walk changes no policy yet',
  'templates/updatePlatformPolicy': 'the walk changes no policy yet',
  'audit/streamAuditEvents': 'a stream does not end',
  ...Object.fromEntries(
    [
      ...['access/listAccessGrants', 'apis/listApiRoleAssignments', 'applications/listConsents', 'users/listConsents'],
      ...['reviews/listClientRegistrations', 'roles/listUsers', 'templates/listTenants'],
    ].map((list) => [list, 'the list is empty here, and an empty list offers no copy']),
  ),
};

it('has a case for every copy of the console', () => {
  const offered = readdirSync(SCREENS, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.tsx'))
    .flatMap((name) => {
      const [folder = ''] = name.split('/');
      const source = readFileSync(join(SCREENS, name), 'utf8');
      const tags = source.matchAll(
        /<(?:CodeCopy|ResourceForm|ResourceList|HolderList|PolicyEditor)\b[^>]*?operation="(\w+)"/g,
      );
      return [...tags].map(([, operation = '']) => `${folder}/${operation}`);
    });
  const missing = [...new Set(offered)].filter((one) => !seen.has(one) && !(one in UNREACHED));
  expect(missing).toEqual([]);
});
