import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { PasswordHasher } from '../../src/users/password-hasher.js';
import { TestBrowser, readForm } from '../support/browser.js';
import { changesHeard } from '../support/changes-heard.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { postForm, send } from '../support/http.js';
import { lastMailTo, mailsTo } from '../support/mails.js';
import { race, racingSubmit, times } from '../support/race.js';
import { StatementWatch } from '../support/statements.js';
import { ALICE_PASSWORD, pkce, redeem, responseOf } from '../support/tenant-fixture.js';
import {
  PASSWORD,
  faultsOf,
  messageOf,
  newAddress,
  openWithinRequest,
  signUp,
  submitSignUp,
} from './sign-up.fixture.js';

const OPEN = { sign_up: 'open', sign_up_attributes: { username: 'optional', given_name: 'required' } };
let watch: StatementWatch;
beforeAll(() => void (watch = new StatementWatch()));
afterAll(() => watch.restore());
const platform = givenPlatform();
const acme = givenTenant(platform, 'acme', OPEN);
const globex = givenTenant(platform, 'globex', OPEN);
const closed = givenTenant(platform, 'closed');
const invited = givenTenant(platform, 'invited', { sign_up: 'invitation' });
const given = { given_name: 'Ada' };

const users = async (email: string, at = 'acme') =>
  (
    await platform.operator.get<{ data: Record<string, unknown>[] }>(
      `/tenants/${at}/users?identifier=${encodeURIComponent(email)}`,
    )
  ).data;

describe('a person signs up', () => {
  it.each(['issuer', 'hostIssuer'] as const)('with the code of the mail, at the %s', async (address) => {
    const [browser, email] = [new TestBrowser(), newAddress()];
    const page = await signUp(browser, acme[address], { email, ...given });
    expect(page.text).toContain(email);
    // No account is there before the address is proven.
    expect(await users(email)).toEqual([]);

    const { code, link, template, locale } = await lastMailTo(platform, acme, email);
    expect([template, locale]).toEqual(['signUp', 'en']);
    expect(link).toMatch(new RegExp(`^${acme[address]}/sign-up-link\\?token=[\\w-]{43}$`));
    const account = await browser.submit(page, 'code-form', { code });
    expect(account.url).toContain('/account');
    expect(account.text).toContain(email);
    expect(await users(email)).toMatchObject([
      { username: email, email, email_verified: true, given_name: 'Ada', tenant_admin: false },
    ]);
  });

  it('within an authorization request, which goes on with what was proven', async () => {
    const [browser, email] = [new TestBrowser(), newAddress()];
    const page = await openWithinRequest(browser, acme.issuer, { scope: 'openid email', login_hint: email });
    expect(page.text).toContain(`value="${email}"`);
    const waiting = await submitSignUp(browser, page, { email, ...given });
    const { code } = await lastMailTo(platform, acme, email);
    const consent = await browser.submit(waiting, 'code-form', { code });
    const answer = responseOf(await browser.decide(consent, 'approve'));
    expect(answer).toMatchObject({ state: 's1', iss: acme.issuer });
    expect(answer['code']).toBeDefined();
  });

  it('with the link in the same browser, whose GET changes nothing', async () => {
    const [browser, email] = [new TestBrowser(), newAddress()];
    await signUp(browser, acme.issuer, { email, ...given });
    const { link } = await lastMailTo(platform, acme, email);
    await send(link); // a mail scanner
    const page = await browser.open(link);
    expect(page.text).toContain(email);
    expect(page.text).not.toContain('another browser');
    expect(await users(email)).toEqual([]);
    expect((await browser.submit(page, 'confirm-form')).url).toContain('/account');
    expect(await users(email)).toHaveLength(1);
  });

  it('with the link on another device, and goes on where it began', async () => {
    const [browser, phone, email] = [new TestBrowser(), new TestBrowser(), newAddress()];
    const page = await openWithinRequest(browser, acme.issuer);
    const waiting = await submitSignUp(browser, page, { email, ...given });
    const early = await browser.submit(waiting, '/sign-up-code/continue');
    expect(early.text).toContain('The link was not confirmed yet');

    const { link } = await lastMailTo(platform, acme, email);
    const confirm = await phone.open(link);
    expect(confirm.text).toContain('another browser');
    const done = await phone.submit(confirm, 'confirm-form');
    expect(messageOf(done)).toBe('doneElsewhere');
    // The other device proved the mail, and does not know the password.
    expect(phone.cookie('session')).toBe('');

    // A reload says that it can go on, once.
    const ready = await browser.open(early.url);
    expect(messageOf(ready)).toBe('accountReady');
    const consent = await browser.submit(ready, '/sign-up-code/continue');
    expect(readForm(consent, 'consent-approve').action).toContain('/consent');
    const again = await new TestBrowser().open(early.url);
    expect(messageOf(again)).toBe('spentSignUp');
    expect(messageOf(await browser.submit(ready, '/sign-up-code/continue'))).toBe('spentSignUp');
  });

  it('with a user name, and is asked for another one only when the address is proven', async () => {
    const [browser, email, other] = [new TestBrowser(), newAddress(), newAddress()];
    const page = await signUp(browser, acme.issuer, { email, ...given, username: 'ALICE' });
    const { code } = await lastMailTo(platform, acme, email);
    const taken = await browser.submit(page, 'code-form', { code });
    expect([taken.status, taken.text.includes('The username is taken')]).toEqual([409, true]);
    const still = await browser.submit(taken, 'code-form', { username: 'alice' });
    expect(faultsOf(still)).toEqual(['username']);
    expect((await browser.submit(still, 'code-form', { username: 'ada.l' })).url).toContain('/account');
    expect(await users(email)).toMatchObject([{ username: 'ada.l' }]);

    // The same by the link.
    await signUp(new TestBrowser(), acme.issuer, { email: other, ...given, username: 'ada.l' });
    const link = await browser.open((await lastMailTo(platform, acme, other)).link);
    const asked = await browser.submit(link, 'confirm-form');
    expect(faultsOf(await browser.submit(asked, 'confirm-form', { username: 'a@b.example' }))).toEqual(['username']);
    expect(messageOf(await browser.submit(asked, 'confirm-form', { username: 'ada.m' }))).toBe('doneElsewhere');
  });

  it('again by mail, when the mail did not arrive', async () => {
    const [browser, email] = [new TestBrowser(), newAddress()];
    const page = await signUp(browser, acme.issuer, { email, ...given });
    const resent = await browser.submit(page, '/sign-up-code/resend');
    const [first, second] = await mailsTo(platform, acme, email);
    expect(resent.text).toContain('sent again');
    expect((await browser.submit(resent, 'code-form', { code: first?.code ?? '' })).status).toBe(400);
    expect((await browser.submit(resent, 'code-form', { code: second?.code ?? '' })).url).toContain('/account');
    // The first mail's link leads on.
    const late = await new TestBrowser().open(first?.link ?? '');
    const phone = new TestBrowser();
    expect(messageOf(await phone.submit(await phone.open(late.url), 'confirm-form'))).toBe('addressTaken');
  });
});

describe('what is typed', () => {
  it.each([
    [{ email: '' }, 'email'],
    [{ email: 'no address' }, 'email'],
    [{ email: '"a b"@mail.example' }, 'email'],
    [{ email: 'ada@mail.example.' }, 'email'],
    [{ email: 'ada@[127.0.0.1]' }, 'email'],
    [{ given_name: '' }, 'given_name'],
    [{ given_name: 'Ada\u202E' }, 'given_name'],
    [{ given_name: 'x'.repeat(101) }, 'given_name'],
    [{ username: 'someone@mail.example' }, 'username'],
    [{ username: 'someone\uFF20mail.example' }, 'username'],
    [{ new_password: 'short', new_password_again: 'short' }, 'new_password'],
    [{ new_password: undefined }, 'new_password'],
    [{ new_password_again: 'another one entirely' }, 'new_password_again'],
  ])('%j is refused, and nothing is sent', async (typed, field) => {
    const [browser, email] = [new TestBrowser(), newAddress()];
    const page = await signUp(browser, acme.issuer, { email, ...given, ...typed });
    expect([page.status, faultsOf(page)]).toEqual([400, [field]]);
    expect(await mailsTo(platform, acme, email)).toEqual([]);
    // What was typed is there, but for the passwords.
    expect(page.text).not.toContain(PASSWORD);
  });

  it('has no line break, which would be a header of the mail', async () => {
    const page = await signUp(new TestBrowser(), acme.issuer, {
      email: 'ada@mail.example\r\nBcc: eve@evil.example',
      ...given,
    });
    expect(page.status).toBe(400);
    expect(await mailsTo(platform, acme, 'eve@evil.example')).toEqual([]);
  });

  it('makes a link to the tenant’s own address, whatever headers say', async () => {
    const [browser, email] = [new TestBrowser(), newAddress()];
    const form = readForm(await browser.open(`${acme.issuer}/sign-up`), 'sign-up-form');
    const url = new URL(form.action, acme.issuer).href;
    const passwords = { new_password: PASSWORD, new_password_again: PASSWORD };
    await postForm(
      url,
      { ...form.fields, email, ...given, ...passwords },
      {
        ...{ accept: 'text/html', cookie: browser.cookieHeader(url), 'sec-fetch-site': 'same-origin' },
        ...{ 'x-forwarded-host': 'evil.test', 'x-forwarded-proto': 'ftp', forwarded: 'host=evil.test;proto=ftp' },
        ...{ 'x-host': 'evil.test', 'x-original-url': '/evil', 'x-rewrite-url': '/evil' },
      },
    );
    const [mail, ...others] = await mailsTo(platform, acme, email);
    expect([mail?.link.startsWith(`${acme.issuer}/sign-up-link?token=`), others]).toEqual([true, []]);
  });

  it('is read as it is written to', async () => {
    const [browser, email] = [new TestBrowser(), newAddress()];
    await signUp(browser, acme.issuer, {
      email: ` ${email.replace('a', 'ａ').replace('mail.example', 'MAIL.EXAMPLE')} `,
      ...given,
    });
    expect(await mailsTo(platform, acme, email)).toHaveLength(1);
  });
});

describe('nothing tells whether an address has an account', () => {
  it('the page, the statements and the hashes are the same; only the mail says it', async () => {
    const [known, unknown] = ['alice@acme.test', newAddress('acme.test')];
    const [one, other] = [new TestBrowser(), new TestBrowser()];
    const [first, second] = [await one.open(`${acme.issuer}/sign-up`), await other.open(`${acme.issuer}/sign-up`)];
    await changesHeard(platform);
    const pages = new Map<string, string>();
    const statements: string[][] = [];
    const hashes: number[] = [];
    const hash = jest.spyOn(platform.application.nest.get(PasswordHasher), 'hash');
    for (const [browser, page, email] of [
      [one, first, known],
      [other, second, unknown],
    ] as const) {
      hash.mockClear();
      statements.push(
        await watch.during(async () => {
          const answer = await submitSignUp(browser, page, { email, ...given });
          const variable = /value="[^"]*"|nonce="[^"]*"|[\w-]+(?:%40|@)[\w.]+|id=[0-9a-f-]{36}/g;
          pages.set(email, `${answer.status} ${answer.text.replace(variable, '')}`);
        }),
      );
      hashes.push(hash.mock.calls.length);
    }
    hash.mockRestore();
    expect(hashes).toEqual([1, 1]);
    expect(pages.get(known)).toBe(pages.get(unknown));
    expect(statements[0]).toEqual(statements[1]);
    expect((await lastMailTo(platform, acme, known)).template).toBe('accountExists');
    expect((await lastMailTo(platform, acme, unknown)).template).toBe('signUp');
  });

  it('and the mail goes to the address as it is stored', async () => {
    const before = (await mailsTo(platform, acme, 'alice@acme.test')).length;
    await signUp(new TestBrowser(), acme.issuer, { email: 'ALICE@ACME.TEST', ...given });
    await signUp(new TestBrowser(), acme.issuer, { email: '\uFF41lice@acme.test', ...given });
    expect(await mailsTo(platform, acme, 'alice@acme.test')).toHaveLength(before + 2);
    const { link, code } = await lastMailTo(platform, acme, 'alice@acme.test');
    expect([link, code]).toEqual([`${acme.issuer}/sign-in`, '']);
  });

  it('and Alice signs in as before', async () => {
    const browser = new TestBrowser();
    const page = await browser.signIn(await browser.open(`${acme.issuer}/sign-in`), 'alice', ALICE_PASSWORD);
    expect(page.url).toContain('/account');
  });
});

describe('an address or a user name that looks like another one', () => {
  const JOSE = 'jos\u00E9@mail.example';

  it('is the same one where only its spelling differs, and its holder is told', async () => {
    const user = { username: 'jos\u00E9', password: PASSWORD, email: JOSE };
    await platform.operator.create('/tenants/acme/users', user);
    for (const email of [JOSE.normalize('NFD'), JOSE.toUpperCase(), '\uFF4Aos\u00E9@MAIL.example']) {
      await signUp(new TestBrowser(), acme.issuer, { email, ...given });
    }
    const told = (await mailsTo(platform, acme, JOSE)).map(({ template }) => template);
    expect(told).toEqual(['accountExists', 'accountExists', 'accountExists']);
  });

  it.each(['al\u200Bice@acme.test', 'alice\u2060@acme.test', 'alice@acme.test.', 'alice@\u202Eacme.test'])(
    'is no address where signs are hidden or too many: %j',
    async (email) => {
      const page = await signUp(new TestBrowser(), acme.issuer, { email, ...given });
      expect([page.status, faultsOf(page)]).toEqual([400, ['email']]);
    },
  );

  it('is another one where its letters are: each signs in with their own password', async () => {
    const [browser, email, username] = [new TestBrowser(), '\u0430lice@acme.test', '\u0430lice'];
    const before = (await mailsTo(platform, acme, 'alice@acme.test')).length;
    const page = await signUp(browser, acme.issuer, { email, ...given, username });
    const { code, template } = await lastMailTo(platform, acme, email);
    expect([template, (await mailsTo(platform, acme, 'alice@acme.test')).length]).toEqual(['signUp', before]);
    expect((await browser.submit(page, 'code-form', { code })).url).toContain('/account');
    expect(await users(email)).toMatchObject([{ username, email }]);
    expect((await users('alice')).map(({ id }) => id)).toEqual([acme.aliceId]);
    for (const [name, password, isRight] of [
      [username, PASSWORD, true],
      [username, ALICE_PASSWORD, false],
      ['alice', PASSWORD, false],
    ] as const) {
      const person = new TestBrowser();
      const after = await person.signIn(await person.open(`${acme.issuer}/sign-in`), name, password);
      expect([name, after.url.endsWith('/account')]).toEqual([name, isRight]);
    }
  });

  it('is nobody’s user name where it could be an address, and is taken where only its spelling differs', async () => {
    for (const username of ['alice@acme.test', 'alice\uFF20acme.test', 'al\u200Bice']) {
      const page = await signUp(new TestBrowser(), acme.issuer, { email: newAddress(), ...given, username });
      expect([username, page.status, faultsOf(page)]).toEqual([username, 400, ['username']]);
    }
    const [browser, email] = [new TestBrowser(), newAddress()];
    const page = await signUp(browser, acme.issuer, { email, ...given, username: '\uFF41LICE' });
    expect(
      (await browser.submit(page, 'code-form', { code: (await lastMailTo(platform, acme, email)).code })).status,
    ).toBe(409);
  });
});

it('a megabyte for a password, fifty times at once, is refused unread wherever one is typed', async () => {
  const hasher = platform.application.nest.get(PasswordHasher);
  const spies = [jest.spyOn(hasher, 'hash'), jest.spyOn(hasher, 'verify')];
  const password = 'x'.repeat(1_048_576);
  const typed = { email: newAddress(), ...given, new_password: password, new_password_again: password, password };
  const answers = await Promise.all(
    times(50, (index) => {
      const path = ['/sign-up', '/reset-password', '/set-password', '/change-password', '/sign-in'][index % 5] ?? '';
      return postForm(`${acme.issuer}${path}`, typed, { accept: 'text/html', 'sec-fetch-site': 'same-origin' });
    }),
  );
  expect([...new Set(answers.map(({ status }) => status))]).toEqual([413]);
  expect(spies.map(({ mock }) => mock.calls.length)).toEqual([0, 0]);
  for (const spy of spies) spy.mockRestore();
});

describe('one account comes of it', () => {
  it('when the code is sent fifty times at once', async () => {
    const [browser, email] = [new TestBrowser(), newAddress()];
    const page = await signUp(browser, acme.issuer, { email, ...given });
    const { code } = await lastMailTo(platform, acme, email);
    const { port } = new URL(platform.url);
    const answers = await race(
      [Number(port)],
      times(50, () => racingSubmit(browser, page, 'code-form', { code })),
    );
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 500)).toEqual([]);
    expect(await users(email)).toHaveLength(1);
  });

  it('when the link is confirmed fifty times at once, by a device and by the browser', async () => {
    const [browser, phone, email] = [new TestBrowser(), new TestBrowser(), newAddress()];
    await signUp(browser, acme.issuer, { email, ...given });
    const { link } = await lastMailTo(platform, acme, email);
    const [one, other] = [await browser.open(link), await phone.open(link)];
    const { port } = new URL(platform.url);
    const answers = await race(
      [Number(port)],
      times(50, (index) =>
        index % 2 ? racingSubmit(phone, other, 'confirm-form') : racingSubmit(browser, one, 'confirm-form'),
      ),
    );
    expect(answers.filter(({ status }) => status === 303 || status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 500)).toEqual([]);
    expect(await users(email)).toHaveLength(1);
  });

  it('when two people ask for the same address: of whoever reads its mail', async () => {
    const [stranger, owner, email] = [new TestBrowser(), new TestBrowser(), newAddress()];
    const waiting = await signUp(stranger, acme.issuer, {
      email,
      ...given,
      new_password: `${PASSWORD} stranger`,
      new_password_again: `${PASSWORD} stranger`,
    });
    const page = await signUp(owner, acme.issuer, { email, ...given });
    const { code } = await lastMailTo(platform, acme, email);
    expect((await owner.submit(page, 'code-form', { code })).url).toContain('/account');
    // The stranger gets nowhere, by code, by going on, or with their password.
    expect((await stranger.submit(waiting, 'code-form', { code })).status).toBe(400);
    expect((await stranger.submit(waiting, '/sign-up-code/continue')).url).toContain('notYet');
    const signIn = await stranger.open(`${acme.issuer}/sign-in`);
    expect((await stranger.signIn(signIn, email, `${PASSWORD} stranger`)).status).toBe(400);
  });

  it('and codes cannot be guessed, also fifty at once', async () => {
    const [browser, email] = [new TestBrowser(), newAddress()];
    const page = await signUp(browser, acme.issuer, { email, ...given });
    const { code } = await lastMailTo(platform, acme, email);
    const wrong = (index: number) => String((Number(code) + 1 + index) % 10 ** 8).padStart(8, '0');
    const { port } = new URL(platform.url);
    const answers = await race(
      [Number(port)],
      times(50, (index) => racingSubmit(browser, page, 'code-form', { code: wrong(index) })),
    );
    expect(answers.filter(({ text }) => text.includes('id="code-form"')).length).toBeLessThanOrEqual(5);
    for (let index = 0; index < 5; index += 1) await browser.submit(page, 'code-form', { code: wrong(index) });
    expect(messageOf(await browser.submit(page, 'code-form', { code }))).toBe('spentSignUp');
    expect(await users(email)).toEqual([]);
    // The link in the mail still works.
    const link = await browser.open((await lastMailTo(platform, acme, email)).link);
    expect((await browser.submit(link, 'confirm-form')).url).toContain('/account');
  });
});

describe('at another tenant, or in another browser', () => {
  it('links, codes and pages of one are nothing', async () => {
    const [browser, email] = [new TestBrowser(), newAddress()];
    const page = await signUp(browser, acme.issuer, { email, ...given });
    const own = await signUp(browser, globex.issuer, { email: newAddress(), ...given });
    const { code, link } = await lastMailTo(platform, acme, email);
    const token = new URL(link).searchParams.get('token') ?? '';
    const { id } = readForm(page, 'code-form').fields;
    for (const path of [`/sign-up-link?token=${token}`, `/sign-up-code?id=${id}`]) {
      expect(messageOf(await browser.open(`${globex.issuer}${path}`))).toBe('spentSignUp');
    }
    expect(messageOf(await browser.submit(own, 'code-form', { id: id ?? '', code }))).toBe('spentSignUp');
    expect(messageOf(await browser.submit(own, '/sign-up-code/resend', { id: id ?? '' }))).toBe('spentSignUp');
    expect(messageOf(await browser.submit(own, '/sign-up-code/continue', { id: id ?? '' }))).not.toBe('accountReady');
    const theirs = await browser.open((await lastMailTo(platform, globex, await globexAddress())).link);
    expect(messageOf(await browser.submit(theirs, 'confirm-form', { token }))).toBe('spentSignUp');
    expect(await users(email)).toEqual([]);
    expect(await users(email, 'globex')).toEqual([]);

    async function globexAddress() {
      const [, address = ''] = /<bdi>(ada-[^<]+)<\/bdi>/.exec(own.text) ?? [];
      return address;
    }
  });

  it('the code of one browser is nothing', async () => {
    const [browser, thief, email] = [new TestBrowser(), new TestBrowser(), newAddress()];
    const page = await signUp(browser, acme.issuer, { email, ...given });
    const other = await signUp(thief, acme.issuer, { email: newAddress(), ...given });
    const { id } = readForm(page, 'code-form').fields;
    const { code } = await lastMailTo(platform, acme, email);
    expect(messageOf(await thief.submit(other, 'code-form', { id: id ?? '', code }))).toBe('spentSignUp');
    expect((await browser.submit(page, 'code-form', { code })).url).toContain('/account');
  });

  it('the authorization request of another browser is not gone on with', async () => {
    const [browser, thief] = [new TestBrowser(), new TestBrowser()];
    const page = await openWithinRequest(browser, acme.issuer);
    const { request } = readForm(page, 'sign-up-form').fields;
    const refused = await thief.open(`${acme.issuer}/sign-up?request=${request}`);
    expect([refused.status, refused.text.includes('request_gone') || refused.text.includes('error-page')]).toEqual([
      400,
      true,
    ]);
    const own = await thief.open(`${acme.issuer}/sign-up`);
    const email = newAddress();
    expect(
      (
        await thief.submit(own, 'sign-up-form', {
          request: request ?? '',
          email,
          new_password: PASSWORD,
          new_password_again: PASSWORD,
          ...given,
        })
      ).status,
    ).toBe(400);
    expect(await mailsTo(platform, acme, email)).toEqual([]);
  });
});

describe('a tenant that is not open', () => {
  it('has no form, no link to it, and takes none', async () => {
    const browser = new TestBrowser();
    expect((await browser.open(`${closed.issuer}/sign-in`)).text).not.toContain('sign-up-link');
    const page = await browser.open(`${closed.issuer}/sign-up`);
    expect([page.status, messageOf(page)]).toEqual([403, 'signUpClosed']);
    expect(page.text).toContain('/t/closed/sign-in');
    expect(messageOf(await browser.open(`${invited.issuer}/sign-up`))).toBe('byInvitation');
  });

  it('or was closed meanwhile makes no account', async () => {
    const [browser, email] = [new TestBrowser(), newAddress()];
    await platform.operator.patch('/tenants/invited', { policy: { sign_up: 'open' } });
    const page = await signUp(browser, invited.issuer, { email });
    const { code } = await lastMailTo(platform, invited, email);
    await platform.operator.patch('/tenants/invited', { policy: { sign_up: 'invitation' } });
    expect(messageOf(await browser.submit(page, 'code-form', { code }))).toBe('byInvitation');
    expect(await users(email, 'invited')).toEqual([]);
  });
});

it('gives tokens that say what was proven', async () => {
  const [browser, email] = [new TestBrowser(), newAddress()];
  const { verifier, challenge } = pkce();
  const page = await openWithinRequest(browser, acme.issuer, { code_challenge: challenge });
  const waiting = await submitSignUp(browser, page, { email, ...given });
  const consent = await browser.submit(waiting, 'code-form', { code: (await lastMailTo(platform, acme, email)).code });
  const { code } = responseOf(await browser.decide(consent, 'approve'));
  const tokens = (await redeem(acme, { code: code ?? '', code_verifier: verifier })).json<{ id_token: string }>();
  const claims = JSON.parse(Buffer.from(tokens.id_token.split('.')[1] ?? '', 'base64url').toString()) as object;
  expect(claims).toMatchObject({ acr: '1', amr: ['pwd'] });
});
