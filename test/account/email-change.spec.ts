import { beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { eventsOf } from '../support/audit.js';
import { type Page, TestBrowser, readForm } from '../support/browser.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { mailsTo } from '../support/mails.js';
import { countStatuses, isFault, race, racingSubmit, times } from '../support/race.js';

const PASSWORD = 'seven ravens over the harbour';

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');
const globex = givenTenant(platform, 'globex');
let name: string;
let userId: string;
let oldAddress: string;
let newAddress: string;
let here: TestBrowser;

beforeEach(async () => {
  await platform.database.query('DELETE FROM sign_in_attempts');
  await platform.database.query('DELETE FROM mail_limits');
  name = `user-${randomUUID()}`;
  [oldAddress, newAddress] = [`${name}@old.test`, `${name}@new.test`];
  const user = { username: name, password: PASSWORD, email: oldAddress, email_verified: true };
  ({ id: userId } = await platform.operator.create<{ id: string }>('/tenants/acme/users', user));
  here = new TestBrowser();
  await signIn(here);
});

const signIn = async (browser: TestBrowser, username = name): Promise<Page> =>
  browser.signIn(await browser.open(`${acme.issuer}/sign-in`), username, PASSWORD);
const open = (path: string, browser = here) => browser.open(`${acme.issuer}${path}`);
const begin = async (address = newAddress, browser = here) =>
  browser.submit(await open('/account/email', browser), 'email-form', { email: address });
const mailTo = async (address: string) => (await mailsTo(platform, acme, address)).at(-1);
const emailNow = async () => {
  const user = await platform.operator.get<Record<string, unknown>>(`/tenants/acme/users/${userId}`);
  return [user['email'], user['email_verified']];
};
const update = (body: object) => platform.operator.patch(`/tenants/acme/users/${userId}`, body);
const other = async () => {
  const username = `other-${name}`;
  await platform.operator.create('/tenants/acme/users', {
    username,
    password: PASSWORD,
    email: `${username}@old.test`,
  });
  return { username, address: `${username}@old.test` };
};

describe('a new e-mail address', () => {
  it('counts once its code was typed, and the old one is told', async () => {
    const events = await eventsOf(platform.operator, 'acme', async () => {
      const asked = await begin();
      expect([asked.status, asked.text.includes(newAddress)]).toEqual([200, true]);
      expect(await emailNow()).toEqual([oldAddress, true]);
      const code = (await mailTo(newAddress))?.code ?? '';
      const done = await here.submit(asked, 'email-code-form', { code });
      expect(done.url).toBe(`${acme.issuer}/account/profile?email_changed`);
    });
    expect(await emailNow()).toEqual([newAddress, true]);
    expect(events.map(({ type }) => type)).toEqual(['user.email_change_requested', 'user.email_changed']);
    expect(JSON.stringify(events)).not.toContain('@new.test');
    expect((await mailTo(oldAddress))?.template).toBe('email_changed');
    expect(await mailTo(newAddress)).toMatchObject({ template: 'email_added', values: { username: name } });
    expect((await signIn(new TestBrowser(), newAddress)).text).toContain('id="sessions"');
    expect((await signIn(new TestBrowser(), oldAddress)).text).toContain('id="login-form"');
  });

  it('counts once its link was confirmed, on another device, where nobody is signed in; a scanner changes nothing', async () => {
    await begin();
    const link = (await mailTo(newAddress))?.link ?? '';
    expect(link.startsWith(`${acme.issuer}/account/confirm-email?token=`)).toBe(true);
    const phone = new TestBrowser();
    const page = await phone.open(link);
    expect([page.status, page.text.includes(newAddress)]).toEqual([200, true]);
    expect(await emailNow()).toEqual([oldAddress, true]);
    const done = await phone.submit(page, 'confirm-email-form');
    expect([done.status, done.text.includes('has been changed')]).toEqual([200, true]);
    expect(await emailNow()).toEqual([newAddress, true]);
    // Once.
    expect((await phone.open(link)).status).toBe(400);
  });

  it('by fifty at once, by link and by code, is changed once', async () => {
    const asked = await begin();
    const { code = '', link = '' } = (await mailTo(newAddress)) ?? {};
    const phone = new TestBrowser();
    const page = await phone.open(link);
    const clicks = times(50, (index) =>
      index % 2 === 0
        ? racingSubmit(phone, page, 'confirm-email-form', {})
        : racingSubmit(here, asked, 'email-code-form', { code }),
    );
    const events = await eventsOf(platform.operator, 'acme', async () => {
      const answers = await race([platform.config.listen.port], clicks);
      expect(answers.filter(({ status }) => isFault(status))).toEqual([]);
      expect(countStatuses(answers)).not.toEqual({ 400: 50 });
    });
    expect(events.filter(({ type }) => type === 'user.email_changed')).toHaveLength(1);
    expect(await mailsTo(platform, acme, oldAddress)).toHaveLength(1);
    expect(await emailNow()).toEqual([newAddress, true]);
  });

  it('that is somebody else’s is answered like any other, and its holder is told', async () => {
    const { address } = await other();
    const [free, taken] = [await begin(), await begin(address)];
    const essence = (page: Page, own: string) =>
      page.text
        .replaceAll(own, '<address>')
        .replace(/[\w-]{43}/g, '<secret>')
        .replace(/[0-9a-f-]{36}/g, '<id>');
    expect([taken.status, essence(taken, address)]).toEqual([free.status, essence(free, newAddress)]);
    const told = await mailTo(address);
    expect([told?.template, told?.code, told?.link]).toEqual(['email_change_taken', '', '']);
    const guess = await here.submit(taken, 'email-code-form', { code: '12345678' });
    expect([guess.status, guess.text.includes('The code is not correct')]).toEqual([400, true]);
    expect(await emailNow()).toEqual([oldAddress, true]);
  });

  it('that somebody else got in between is refused to whoever proved it', async () => {
    const asked = await begin();
    const code = (await mailTo(newAddress))?.code ?? '';
    await platform.operator.create('/tenants/acme/users', { username: `late-${name}`, email: newAddress });
    const page = await here.submit(asked, 'email-code-form', { code });
    expect([page.status, page.text.includes('cannot be used')]).toEqual([409, true]);
    expect(await emailNow()).toEqual([oldAddress, true]);
  });

  it.each(['', 'nobody', 'a@b', 'a b@new.test', `${'x'.repeat(65)}@new.test`, 'a@new.test\u202e'])(
    'is no address: %j',
    async (address) => {
      const page = await begin(address);
      expect([page.status, page.text.includes('id="email-form"')]).toEqual([400, true]);
    },
  );

  it('is proven in the browser and by the person that asked', async () => {
    const asked = await begin();
    const code = (await mailTo(newAddress))?.code ?? '';
    const { verification = '' } = readForm(asked, 'email-code-form').fields;
    const { username, address } = await other();
    const theirs = new TestBrowser();
    await signIn(theirs, username);
    await begin(`x-${address}`, theirs);
    const own = await begin(`y-${address}`, theirs);
    const foreign = await theirs.submit(own, 'email-code-form', { verification, code });
    expect([foreign.status, foreign.text.includes('does not work any more')]).toEqual([400, true]);
    expect((await open(`/account/email?sent=${verification}`, theirs)).text).not.toContain(newAddress);
    // Another person in this browser.
    await here.submit(await open('/account/email'), '/end-session/confirm');
    await signIn(here, username);
    const shared = await here.submit(await begin(`z-${address}`), 'email-code-form', { verification, code });
    expect(shared.status).toBe(400);
    expect(await emailNow()).toEqual([oldAddress, true]);
  });

  it('needs a recent sign-in', async () => {
    const page = await open('/account/email');
    await platform.database.query(
      `UPDATE sessions SET auth_time = auth_time - interval '1 hour', factors = '[]' WHERE user_id = $1`,
      [userId],
    );
    for (const answer of [await open('/account/email'), await here.submit(page, 'email-form', { email: newAddress })]) {
      expect(answer.text).toContain('id="login-form"');
    }
    expect(await mailTo(newAddress)).toBeUndefined();
  });

  it('ends links of before: the last one asked for is the one that works', async () => {
    await begin();
    const first = (await mailTo(newAddress))?.link ?? '';
    await begin(`second-${newAddress}`);
    expect((await new TestBrowser().open(first)).status).toBe(400);
    const second = (await mailTo(`second-${newAddress}`))?.link ?? '';
    expect((await new TestBrowser().open(second)).status).toBe(200);
  });

  const ENDS: readonly [string, () => Promise<unknown>][] = [
    ['a password of an administrator', () => update({ password: 'eight ravens over the harbour' })],
    ['the account being disabled', async () => (await update({ enabled: false }), update({ enabled: true }))],
    [
      'another password of their own',
      async () =>
        here.submit(await open('/change-password'), 'password-form', {
          username: name,
          current_password: PASSWORD,
          new_password: 'eight ravens over the harbour',
          new_password_again: 'eight ravens over the harbour',
        }),
    ],
    [
      'a forgotten password, also where no session is ended',
      async () => {
        const someone = new TestBrowser();
        await someone.submit(await open('/forgot-password', someone), 'forgot-form', { identifier: name });
        const page = await someone.open((await mailTo(oldAddress))?.link ?? '');
        const password = 'eight ravens over the harbour';
        await someone.submit(page, 'new-password-form', { new_password: password, new_password_again: password });
      },
    ],
    [
      'the end of the session that asked',
      async () => {
        const owner = new TestBrowser();
        await signIn(owner);
        await owner.submit(await open('/account/sessions', owner), 'end-other-sessions');
      },
    ],
  ];

  it.each(ENDS)('that a thief of the session asked for is not given after %s', async (_, end) => {
    const asked = await begin();
    const mail = await mailTo(newAddress);
    const thief = new TestBrowser();
    const opened = await thief.open(mail?.link ?? '');
    await end();
    expect((await thief.submit(opened, 'confirm-email-form')).status).toBe(400);
    expect((await new TestBrowser().open(mail?.link ?? '')).status).toBe(400);
    await here.submit(asked, 'email-code-form', { code: mail?.code ?? '' });
    expect(await emailNow()).toEqual([oldAddress, true]);
  });

  it('of one tenant is nothing at another one', async () => {
    await begin();
    const token = new URL((await mailTo(newAddress))?.link ?? '').search;
    const there = await new TestBrowser().open(`${globex.issuer}/account/confirm-email${token}`);
    expect([there.status, there.text.includes(newAddress)]).toEqual([400, false]);
    for (const odd of ['', '?token=', '?token=x', '?token=a&token=b']) {
      expect((await open(`/account/confirm-email${odd}`, new TestBrowser())).status).toBe(400);
    }
  });
});
