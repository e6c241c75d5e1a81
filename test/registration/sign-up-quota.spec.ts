import { beforeEach, describe, expect, it } from '@jest/globals';
import { listEvents } from '../support/audit.js';
import { TestBrowser } from '../support/browser.js';
import { changesHeard } from '../support/changes-heard.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { lastMailTo } from '../support/mails.js';
import { countStatuses, race, racingSubmit } from '../support/race.js';
import { PASSWORD, messageOf, newAddress, signUp, submitSignUp } from './sign-up.fixture.js';

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme', { sign_up: 'open' });

interface Quotas {
  readonly used: { readonly users: number };
}

const used = async () => (await platform.operator.get<Quotas>('/tenants/acme/quotas')).used.users;

async function leavePlacesFor(number: number): Promise<void> {
  await platform.operator.patch('/tenants/acme/quotas', { users: (await used()) + number });
  await changesHeard(platform);
}

beforeEach(async () => {
  await platform.operator.patch('/tenants/acme/quotas', { users: null });
  await changesHeard(platform);
});

describe('A tenant with as many accounts as it may have', () => {
  it.each([
    ['en', 'No more accounts can be created'],
    ['de', 'Es können keine weiteren Konten erstellt werden'],
  ])('says so before anybody fills in the form, in %s', async (language, title) => {
    await leavePlacesFor(0);
    const page = await new TestBrowser().open(`${acme.issuer}/sign-up`, { 'accept-language': language });
    expect([page.status, messageOf(page)]).toEqual([409, 'accountsFull']);
    expect(page.text).toContain(title);
    const event = (await listEvents(platform.operator, 'acme', 'tenant.quota_reached')).at(-1);
    expect(event).toMatchObject({ outcome: 'failure', details: { quota: 'users' } });
  });

  it('says so to who sends the form, and mails nothing', async () => {
    const browser = new TestBrowser();
    const form = await browser.open(`${acme.issuer}/sign-up`);
    await leavePlacesFor(0);
    const email = newAddress();
    const page = await submitSignUp(browser, form, { email });
    expect([page.status, messageOf(page)]).toEqual([409, 'accountsFull']);
    await expect(lastMailTo(platform, acme, email)).rejects.toThrow();
  });

  it('says the same to who has an account already', async () => {
    const browser = new TestBrowser();
    const form = await browser.open(`${acme.issuer}/sign-up`);
    await leavePlacesFor(0);
    expect(messageOf(await submitSignUp(browser, form, { email: 'alice@acme.test' }))).toBe('accountsFull');
  });

  it('gives the last place to one of two who prove their address at once, and the other keeps the code', async () => {
    const people = [new TestBrowser(), new TestBrowser()].map((browser) => ({ browser, email: newAddress() }));
    const waiting = [];
    for (const { browser, email } of people) {
      const page = await signUp(browser, acme.issuer, { email });
      const { code } = await lastMailTo(platform, acme, email);
      waiting.push({ browser, page, code: code ?? '' });
    }
    await leavePlacesFor(1);
    const before = await used();
    const requests = waiting.map(({ browser, page, code }) => racingSubmit(browser, page, 'code-form', { code }));
    const answers = await race([platform.config.listen.port], requests);
    expect(countStatuses(answers)).toEqual({ 303: 1, 409: 1 });
    expect(await used()).toBe(before + 1);

    // The code was not used up: with another place it works.
    const loser = waiting[answers.findIndex(({ status }) => status === 409)];
    if (!loser) throw new Error('Both won.');
    await leavePlacesFor(1);
    const account = await loser.browser.submit(loser.page, 'code-form', { code: loser.code });
    expect(account.url).toContain('/account');
  });
});

describe('An invitation to such a tenant', () => {
  it('is not used up, and says why', async () => {
    await platform.operator.patch('/tenants/acme', { policy: { sign_up: 'invitation' } });
    const email = newAddress();
    await platform.operator.create('/tenants/acme/invitations', { email });
    const browser = new TestBrowser();
    const form = await browser.open((await lastMailTo(platform, acme, email)).link);
    await leavePlacesFor(0);
    const filled = { new_password: PASSWORD, new_password_again: PASSWORD };
    const refused = await browser.submit(form, 'sign-up-form', filled);
    expect([refused.status, messageOf(refused)]).toEqual([409, 'accountsFull']);
    await leavePlacesFor(1);
    expect((await browser.submit(form, 'sign-up-form', filled)).url).toContain('/account');
  });
});
