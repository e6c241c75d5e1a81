import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../browser/chromium.js';
import { Controls } from './controls.js';
import { type Demo, type Slug, startDemo } from './demo.js';
import { type Device, Walker } from './walker.js';

/** A developer registers, changes and hands over a client on the pages, while an administrator decides. */

const PLACES: readonly (readonly [Slug, 'path' | 'host', Device])[] = [
  ['acme', 'path', { screen: 'desktop', locale: 'en', script: true }],
  ['acme', 'host', { screen: 'phone', locale: 'ar', script: true, scheme: 'dark' }],
  ['acme', 'path', { screen: 'phone', locale: 'fr', script: false }],
  ['globex', 'host', { screen: 'desktop', locale: 'de', script: true, scheme: 'dark' }],
  ['globex', 'path', { screen: 'phone', locale: 'es', script: false }],
];
const PAGES = /^\/account\/clients/;
const CALLBACK = 'https://shop.acme.example/auth/callback/tenantry';

let demo: Demo;
let browser: Browser;
beforeAll(async () => {
  [demo, browser] = await Promise.all([startDemo(), launchChromium()]);
  for (const slug of ['acme', 'globex']) {
    await demo.command(
      ...['tenants', 'policy', slug, '--set', 'developer_registration=with_approval'],
      ...['--set', 'developer_redirect_hosts=["*.acme.example"]'],
      ...['--set', 'developer_grant_types=["authorization_code","refresh_token","client_credentials"]'],
    );
  }
});
afterAll(async () => {
  await browser.close();
  await demo.stop();
});

describe.each(PLACES)('a developer at %s, by its %s, %j', (slug, kind, device) => {
  let issuer: string;
  let controls: Controls;
  beforeAll(() => {
    issuer = demo.issuer(slug, kind);
    controls = new Controls(issuer, PAGES, 'once');
  });
  const walkers: Walker[] = [];
  afterEach(async () => void (await Promise.all(walkers.splice(0).map((walker) => walker.abandon()))));

  async function newPerson(part: string) {
    const name = ['developer', slug, kind, device.screen, device.locale, part].join('-');
    const email = `${name}@people.example`;
    const { username, password } = JSON.parse(
      await demo.command('users', 'create', slug, name, '--email', email, '--name', 'Nora Quist', '--json'),
    ) as { username: string; password: string };
    const person = await Walker.start(browser, name, device, controls);
    walkers.push(person);
    const { page } = person;
    await page.goto(`${issuer}/sign-in`);
    await person.signIn(username, password);
    if (slug === 'globex') {
      await person.press('#enrol-totp', 'second-factor-required');
      await person.enrol();
    } else await person.press('#terms-accept', 'terms');
    await page.locator('.account-head').waitFor();
    const done = async (notice: string) => {
      await page.waitForURL((url) => url.searchParams.has(notice));
      await person.look(notice);
    };
    return { person, page, done, username };
  }

  it('registers an application, tries its redirect URI and finds code for it', async () => {
    const { person, page, done } = await newPerson('ada');
    await person.push('.account-nav a[href$="/account/clients"]');
    await person.look('none');
    await person.push('#new-client');
    await person.look('new');
    if (await page.locator('summary').isVisible()) await person.push('summary');
    await person.fill({ client_name: 'Harbour Shop', redirect_uris: 'https://elsewhere.example/cb' });
    await person.push('#client-submit');
    await page.locator('#notice-refused').waitFor();
    await person.look('refused');
    if (!(await page.locator('#client_uri').isVisible())) await person.push('summary');
    await person.fill({ redirect_uris: CALLBACK, client_uri: 'https://shop.acme.example/' });
    await person.push('#client-submit');
    await done('client_saved');

    await person.push('#redirects');
    await person.look('redirects');
    await page.fill('#redirect_uri', `${CALLBACK}/`);
    await person.press('#redirects-submit', 'redirects-entered');
    await page.locator('#comparisons').waitFor();
    await person.look('redirects-differ');
    await page.fill('#redirect_uri', CALLBACK);
    await person.push('#redirects-submit');
    await page.locator('#notice-tested[role=status]').waitFor();
    await person.look('redirects-match');
    await person.push('#back');

    await person.push('#snippets');
    await person.look('snippets');
    for (const link of ['authjs', 'passport-openidconnect', 'authlib', 'go-oidc', 'curl', 'openid-client']) {
      await person.push(`.libraries a[href$="library=${link}"]`);
      expect(await page.textContent('#code')).not.toBe('');
      await person.look(`snippet-${link}`);
    }
    await person.push('#back');

    await person.push('#submit-client');
    await done('client_submitted');
    await person.push('#withdraw-client');
    await done('client_withdrawn');
    await person.end();
  }, 300_000);

  it('has an application approved, makes its secret, and deletes it', async () => {
    const { person, page, done } = await newPerson('eli');
    await page.goto(`${issuer}/account/clients/new`);
    await person.fill({ client_name: 'Lock Keeper', redirect_uris: CALLBACK });
    await person.push('#client-submit');
    await done('client_saved');
    const [, id = ''] = /clients\/([0-9a-f-]{36})/.exec(page.url()) ?? [];
    await person.push('#submit-client');
    await done('client_submitted');

    await demo.command('client-registrations', 'approve', slug, id, '--yes');
    await page.goto(`${issuer}/account/clients/${id}`);
    await person.look('approved');
    await page.goto(`${issuer}/account/clients/${id}/secrets`);
    await person.press('#add-secret', 'no-secret-yet');
    await page.locator('#client-secret').waitFor();
    expect(await page.textContent('#client-secret')).toMatch(/\S{20}/);
    await person.look('secret-made');

    await page.goto(`${issuer}/account/clients/${id}`);
    await person.push('#delete-client');
    await person.press('#delete-client-submit', 'delete-approved');
    await done('client_deleted');
    expect(await page.content()).not.toContain('Lock Keeper');
    const gone = demo.command('client-registrations', 'show', slug, id);
    await expect(gone).rejects.toThrow(/Not found/);
    await person.end();
  }, 300_000);

  it('shares an application, hands it over, and leaves', async () => {
    const { person, page, done } = await newPerson('bea');
    const other = await newPerson('cyd');
    await page.goto(`${issuer}/account/clients/new`);
    await person.fill({ client_name: 'Tide Tables', redirect_uris: CALLBACK });
    await person.push('#client-submit');
    await done('client_saved');
    await person.push('#owners');
    await person.look('owners');
    const ask = async (isTransfer: boolean) => {
      await page.fill('#user', other.username);
      if (isTransfer) await page.check('#transfer');
      await person.push('#ask-submit');
      await done('owner_asked');
    };
    await ask(false);
    await person.push('#asked form button');
    await done('owner_not_asked');
    await ask(false);
    await other.page.goto(`${issuer}/account/clients`);
    await other.person.press('#asked form[action$="/decline-client"] button', 'asked');
    await other.done('client_declined');
    await ask(true);
    await other.page.reload();
    await other.page.goto(`${issuer}/account/clients`);
    await other.person.press('#asked form[action$="/accept-client"] button', 'asked-to-take-over');
    await other.done('client_accepted');
    await page.goto(`${issuer}/account/clients`);
    await person.look('handed-over');
    await other.person.end();
    await person.end();
  });
});
