import { describe, expect, it } from '@jest/globals';
import { type Page, TestBrowser, readForm } from '../support/browser.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { send } from '../support/http.js';
import { race, racingSubmit, times } from '../support/race.js';
import { lastMailTo, mailsTo } from '../support/mails.js';
import { authorizeUrl, pkce, responseOf } from '../support/tenant-fixture.js';
import { PASSWORD, faultsOf, messageOf, newAddress, submitSignUp } from './sign-up.fixture.js';

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme', { require_verified_email: true });
const globex = givenTenant(platform, 'globex', { require_verified_email: true });
const lawyers = givenTenant(platform, 'lawyers', { terms_version: '1' });
const domains = givenTenant(platform, 'domains', {
  sign_up: 'domains',
  sign_up_domains: ['corp.example', 'BÜCHER.example'],
  sign_up_attributes: { name: null },
});

const PKCE = { code_challenge: pkce().challenge, code_challenge_method: 'S256' };

async function makeUser(slug: string, more: object = {}) {
  const username = newAddress();
  await platform.operator.create(`/tenants/${slug}/users`, { username, password: PASSWORD, ...more });
  return username;
}

async function signIn(issuer: string, username: string, params: object = {}): Promise<[TestBrowser, Page]> {
  const browser = new TestBrowser();
  const page = await browser.open(authorizeUrl(issuer, { ...PKCE, ...params }));
  return [browser, await browser.signIn(page, username, PASSWORD)];
}

describe('policy require_verified_email', () => {
  it('lets nobody on before the code of the mail is typed', async () => {
    const email = newAddress();
    const username = await makeUser('acme', { email });
    const [browser, page] = await signIn(acme.issuer, username);
    expect(page.url).toContain('/verify-address?request=');
    expect(await mailsTo(platform, acme, email)).toEqual([]);
    const waiting = await browser.submit(page, 'prove-form');
    const { code } = await lastMailTo(platform, acme, email);
    const wrong = String((Number(code) + 1) % 10 ** 8).padStart(8, '0');
    expect((await browser.submit(waiting, 'code-form', { code: wrong })).status).toBe(400);
    const consent = await browser.submit(waiting, 'code-form', { code });
    expect(responseOf(await browser.decide(consent, 'approve'))['code']).toBeDefined();
    // And is asked once.
    const [again, next] = await signIn(acme.issuer, username, { prompt: 'consent' });
    expect(readForm(next, 'consent-approve').action).toContain('/consent');
    expect((await again.open(`${acme.issuer}/verify-address`)).url).toContain('/account');
  });

  it('takes the link on another device, and the first browser goes on', async () => {
    const email = newAddress();
    const [browser, page] = await signIn(acme.issuer, await makeUser('acme', { email }));
    const waiting = await browser.submit(page, 'prove-form');
    expect((await browser.submit(waiting, '/verify-address/continue')).text).toContain(
      'The link was not confirmed yet',
    );
    const [phone, { link }] = [new TestBrowser(), await lastMailTo(platform, acme, email)];
    await send(link);
    expect(messageOf(await phone.open(link.replace(acme.issuer, globex.issuer)))).toBe('spentVerify');
    const confirm = await phone.open(link);
    expect(messageOf(await phone.submit(confirm, 'confirm-form'))).toBe('verifiedElsewhere');
    expect(messageOf(await phone.submit(confirm, 'confirm-form'))).toBe('spentVerify');
    const consent = await browser.submit(waiting, '/verify-address/continue');
    expect(readForm(consent, 'consent-approve').action).toContain('/consent');
  });

  it('is met once by fifty at once, by code and by link', async () => {
    const email = newAddress();
    const [browser, page] = await signIn(acme.issuer, await makeUser('acme', { email }));
    const waiting = await browser.submit(page, 'prove-form');
    const [phone, { code, link }] = [new TestBrowser(), await lastMailTo(platform, acme, email)];
    const confirm = await phone.open(link);
    const answers = await race(
      [platform.config.listen.port],
      times(50, (index) =>
        index % 2
          ? racingSubmit(phone, confirm, 'confirm-form')
          : racingSubmit(browser, waiting, 'code-form', { code }),
      ),
    );
    expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    const { data } = await platform.operator.get<{ data: object[] }>(
      `/tenants/acme/audit-events?type=user.email_verified&outcome=success&limit=200`,
    );
    const [user] = (await platform.operator.get<{ data: { id: string }[] }>(`/tenants/acme/users?identifier=${email}`))
      .data;
    expect(data.filter((event) => 'user_id' in event && event.user_id === user?.id)).toHaveLength(1);
  });

  it('is not met by codes that are guessed fifty at once, from as many addresses as anybody names', async () => {
    const email = newAddress();
    const [browser, page] = await signIn(acme.issuer, await makeUser('acme', { email }));
    const waiting = await browser.submit(page, 'prove-form');
    const { code } = await lastMailTo(platform, acme, email);
    const wrong = (index: number) => String((Number(code) + 1 + index) % 10 ** 8).padStart(8, '0');
    const answers = await race(
      [platform.config.listen.port],
      times(50, (index) => {
        const request = racingSubmit(browser, waiting, 'code-form', { code: wrong(index) });
        return { ...request, headers: { ...request.headers, 'x-forwarded-for': `198.51.100.${index}` } };
      }),
    );
    expect(answers.filter(({ status }) => status === 303 || status >= 500)).toEqual([]);
    const guesses = await platform.database.query<{ guesses: number }>(
      `SELECT guesses FROM verifications WHERE address = $1 AND purpose = 'verify_email'`,
      [email],
    );
    expect(guesses).toEqual([{ guesses: 5 }]);
    expect((await browser.submit(waiting, 'code-form', { code })).url).not.toContain('/consent');
  });

  it('asks a user without address for one, and does not tell of another account that has it', async () => {
    const username = await makeUser('acme');
    const [browser, page] = await signIn(acme.issuer, username);
    expect(faultsOf(await browser.submit(page, 'prove-form', { email: 'no address' }))).toEqual(['email']);
    const taken = await browser.submit(page, 'prove-form', { email: 'alice@acme.test' });
    const email = newAddress();
    const free = await browser.submit(page, 'prove-form', { email });
    const plain = ({ text }: Page) =>
      text.replace(/value="[^"]*"|nonce="[^"]*"|<bdi>[^<]*<\/bdi>|id=[0-9a-f-]{36}/g, '');
    expect(plain(taken)).toBe(plain(free));
    expect((await lastMailTo(platform, acme, 'alice@acme.test')).template).toBe('accountExists');
    const { code } = await lastMailTo(platform, acme, email);
    await browser.submit(free, 'code-form', { code });
    const { data } = await platform.operator.get<{ data: object[] }>(`/tenants/acme/users?identifier=${email}`);
    expect(data).toMatchObject([{ username, email, email_verified: true }]);
  });

  it('does not take the proof of an address that is not the user’s any more', async () => {
    const email = newAddress();
    const username = await makeUser('acme', { email });
    const [browser, page] = await signIn(acme.issuer, username);
    await browser.submit(page, 'prove-form');
    const { link } = await lastMailTo(platform, acme, email);
    const { data } = await platform.operator.get<{ data: { id: string }[] }>(`/tenants/acme/users?identifier=${email}`);
    await platform.operator.patch(`/tenants/acme/users/${data[0]?.id}`, { email: newAddress() });
    const confirm = await browser.open(link);
    expect(messageOf(await browser.submit(confirm, 'confirm-form'))).toBe('spentVerify');
  });

  it('is an error for prompt=none, and guards the account pages', async () => {
    const [browser] = await signIn(acme.issuer, await makeUser('acme', { email: newAddress() }));
    const silent = await browser.open(authorizeUrl(acme.issuer, { ...PKCE, prompt: 'none' }));
    expect(responseOf(silent)['error']).toBe('interaction_required');
    expect((await browser.open(`${acme.issuer}/account`)).url).toContain('/verify-address');
  });
});

describe('policy terms_version', () => {
  const at = '/tenants/lawyers';

  it('is asked once for each version, and stored', async () => {
    const username = await makeUser('lawyers');
    const [browser, page] = await signIn(lawyers.issuer, username);
    expect(page.url).toContain('/accept-terms?request=');
    const consent = await browser.submit(page, 'terms-form', { decision: 'accept' });
    expect(readForm(consent, 'consent-approve').action).toContain('/consent');
    const { data } = await platform.operator.get<{ data: Record<string, unknown>[] }>(
      `${at}/users?identifier=${username}`,
    );
    expect(data[0]).toMatchObject({ terms_version: '1' });
    expect(Date.parse(String(data[0]?.['terms_accepted_at']))).toBeGreaterThan(0);
    const [, again] = await signIn(lawyers.issuer, username);
    expect(again.url).toContain('/consent');

    await platform.operator.patch(at, { policy: { terms_version: '2' } });
    const [third, next] = await signIn(lawyers.issuer, username);
    expect(next.url).toContain('/accept-terms');
    // The version of a page that is too old is not accepted.
    await platform.operator.patch(at, { policy: { terms_version: '3' } });
    const newer = await third.submit(next, 'terms-form', { decision: 'accept' });
    expect(readForm(newer, 'terms-form').fields['version']).toBe('3');
    await platform.operator.patch(at, { policy: { terms_version: '1' } });
  });

  it('can be declined, and the application is told', async () => {
    const [browser, page] = await signIn(lawyers.issuer, await makeUser('lawyers'));
    expect(responseOf(await browser.submit(page, 'terms-form', { decision: 'decline' }))['error']).toBe(
      'access_denied',
    );
    const account = await browser.open(`${lawyers.issuer}/account`);
    expect(account.url).toContain('/accept-terms');
    expect(messageOf(await browser.submit(account, 'terms-form', { decision: 'decline' }))).toBe('termsDeclined');
    expect((await browser.submit(account, 'terms-form', { decision: 'accept' })).url).toContain('/account');
  });
});

describe('policy sign_up: domains', () => {
  it.each([
    ['ada@corp.example', true],
    ['ada+tag@CORP.example', true],
    ['ada@bücher.example', true],
    ['ada@xn--bcher-kva.example', true],
    ['ada@sub.corp.example', false],
    ['ada@corp.example.evil.example', false],
    ['ada@evilcorp.example', false],
    ['ada@corp.example.', false],
    ['ada@c\u043Erp.example', false],
    ['ada@corp.example@evil.example', false],
    ['"ada@corp.example"@evil.example', false],
    ['ada@evil.example,ada@corp.example', false],
    ['ada@evil.example ada@corp.example', false],
    ['<ada@corp.example>', false],
    ['ada@corp.example%00.evil.example', false],
  ])('%s is let in: %s', async (email, isAllowed) => {
    const browser = new TestBrowser();
    const page = await submitSignUp(browser, await browser.open(`${domains.issuer}/sign-up`), { email });
    expect([page.status, faultsOf(page)]).toEqual(isAllowed ? [200, []] : [400, ['email']]);
  });
});

describe('OpenID Connect Prompt Create 1.0', () => {
  const metadata = async (issuer: string) =>
    (await send(`${issuer}/.well-known/openid-configuration`)).json<{ prompt_values_supported: string[] }>()
      .prompt_values_supported;

  it('is advertised and taken where people can sign up, also by whoever is signed in', async () => {
    expect(await metadata(domains.issuer)).toContain('create');
    const browser = new TestBrowser();
    await browser.signIn(await browser.open(`${domains.issuer}/sign-in`), 'alice', 'correct horse battery staple');
    const page = await browser.open(authorizeUrl(domains.issuer, { ...PKCE, prompt: 'create' }));
    expect(page.url).toContain('/sign-up?request=');
    const email = newAddress('corp.example');
    const waiting = await submitSignUp(browser, page, { email });
    const { code } = await lastMailTo(platform, domains, email);
    const consent = await browser.submit(waiting, 'code-form', { code });
    expect(consent.text).toContain(email);
    expect(responseOf(await browser.decide(consent, 'approve'))['code']).toBeDefined();
  });

  it('is unknown elsewhere, and the error says what to change', async () => {
    expect(await metadata(acme.issuer)).not.toContain('create');
    const answer = responseOf(await new TestBrowser().open(authorizeUrl(acme.issuer, { ...PKCE, prompt: 'create' })));
    expect(answer['error']).toBe('invalid_request');
    expect(answer['error_description']).toContain('sign_up');
  });
});
