import { describe, expect, it } from '@jest/globals';
import { TestBrowser } from '../support/browser.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { lastMailTo, mailsTo } from '../support/mails.js';
import { operatorWith } from '../support/management-access.js';
import { expectProblem } from '../support/problems.js';
import { isFault, race, racingSubmit, times } from '../support/race.js';
import { PASSWORD, faultsOf, messageOf, newAddress } from './sign-up.fixture.js';

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme', {
  sign_up: 'invitation',
  sign_up_attributes: { username: 'optional', name: 'required' },
  terms_version: '2026-01',
});
const globex = givenTenant(platform, 'globex', { sign_up: 'invitation' });
const closed = givenTenant(platform, 'closed');

interface Invitation {
  readonly id: string;
  readonly status: string;
  readonly user_id: string | null;
}

const invite = (email: string, more: object = {}, at = 'acme') =>
  platform.operator.create<Invitation>(`/tenants/${at}/invitations`, { email, ...more });
const get = (id: string) => platform.operator.get<Invitation>(`/tenants/acme/invitations/${id}`);
const filled = { new_password: PASSWORD, new_password_again: PASSWORD, terms: '2026-01' };

describe('an invitation', () => {
  it('leads to an account with the address, the attributes and the terms, which is signed in', async () => {
    const [email, browser] = [newAddress(), new TestBrowser()];
    const { id } = await invite(email, { name: 'Ada Lovelace', locale: 'de' });
    const mail = await lastMailTo(platform, acme, email);
    expect([mail.template, mail.locale]).toEqual(['invitation', 'de']);
    const page = await browser.open(mail.link);
    expect(page.text).toContain('value="Ada Lovelace"');
    expect((await get(id)).status).toBe('pending');

    const refused = await browser.submit(page, 'sign-up-form', { ...filled, name: '', terms: '' });
    expect(faultsOf(refused)).toEqual(['name', 'terms']);
    const taken = await browser.submit(refused, 'sign-up-form', { ...filled, name: 'Ada', username: 'alice' });
    expect([taken.status, faultsOf(taken)]).toEqual([409, ['username']]);
    const account = await browser.submit(taken, 'sign-up-form', { ...filled, name: 'Ada L.', username: 'ada' });
    expect(account.url).toContain('/account');

    const { status, user_id: userId } = await get(id);
    expect(status).toBe('accepted');
    expect(await platform.operator.get(`/tenants/acme/users/${userId}`)).toMatchObject({
      ...{ username: 'ada', email, email_verified: true, name: 'Ada L.', tenant_admin: false },
      terms_version: '2026-01',
    });
    expect(messageOf(await new TestBrowser().open(mail.link))).toBe('spentInvitation');
  });

  it('is accepted once among fifty', async () => {
    const [email, browser] = [newAddress(), new TestBrowser()];
    const { id } = await invite(email, { name: 'Ada', username: 'once' });
    const page = await browser.open((await lastMailTo(platform, acme, email)).link);
    const { port } = new URL(platform.url);
    const answers = await race(
      [Number(port)],
      times(50, () => racingSubmit(browser, page, 'sign-up-form', { ...filled, name: 'Ada' })),
    );
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 500)).toEqual([]);
    expect((await get(id)).status).toBe('accepted');
  });

  it('ends when it is withdrawn, sent again, expired, or the tenant closes', async () => {
    const [email, browser] = [newAddress(), new TestBrowser()];
    const { id } = await invite(email);
    const page = await browser.open((await lastMailTo(platform, acme, email)).link);
    expect((await platform.operator.request('POST', `/tenants/acme/invitations/${id}/resend`)).status).toBe(200);
    const [first, second] = await mailsTo(platform, acme, email);
    expect(messageOf(await browser.open(first?.link ?? ''))).toBe('spentInvitation');
    expect(messageOf(await browser.submit(page, 'sign-up-form', { ...filled, name: 'Ada' }))).toBe('spentInvitation');
    const again = await browser.open(second?.link ?? '');
    expect(again.text).toContain('sign-up-form');

    await platform.operator.patch('/tenants/acme', { policy: { sign_up: 'closed' } });
    expect(messageOf(await browser.submit(again, 'sign-up-form', { ...filled, name: 'Ada' }))).toBe('signUpClosed');
    await platform.operator.patch('/tenants/acme', { policy: { sign_up: 'invitation' } });

    await platform.database.query(`UPDATE invitations SET expires_at = now() WHERE id = $1`, [id]);
    expect((await get(id)).status).toBe('expired');
    expect(messageOf(await browser.open(again.url))).toBe('spentInvitation');
    expect((await platform.operator.request('POST', `/tenants/acme/invitations/${id}/resend`)).status).toBe(200);
    expect((await platform.operator.request('DELETE', `/tenants/acme/invitations/${id}`)).status).toBe(204);
    const last = await lastMailTo(platform, acme, email);
    expect(messageOf(await browser.open(last.link))).toBe('spentInvitation');
    expectProblem(await platform.operator.request('DELETE', `/tenants/acme/invitations/${id}`), 409, 'conflict');
  });

  it('is nothing at another tenant, opened or sent with a form of that tenant', async () => {
    const [email, ofGlobex] = [newAddress(), newAddress()];
    await invite(email);
    await invite(ofGlobex, {}, 'globex');
    const { link } = await lastMailTo(platform, acme, email);
    const there = link.replace(acme.issuer, globex.issuer);
    const browser = new TestBrowser();
    expect(messageOf(await browser.open(there))).toBe('spentInvitation');
    const own = await browser.open((await lastMailTo(platform, globex, ofGlobex)).link);
    const token = new URL(link).searchParams.get('token') ?? '';
    expect(messageOf(await browser.submit(own, 'sign-up-form', { ...filled, token }))).toBe('spentInvitation');
    expect((await browser.open(link)).text).toContain('sign-up-form');
  });

  it('makes an administrator only by who may', async () => {
    const weak = await operatorWith(platform, 'users:write users:read');
    const body = { email: newAddress(), tenant_admin: true };
    expectProblem(await weak.request('POST', '/tenants/acme/invitations', body), 403, 'permission-denied');
    const { id } = await invite(newAddress(), { tenant_admin: true });
    for (const [method, path] of [
      ['POST', `/${id}/resend`],
      ['DELETE', `/${id}`],
    ] as const) {
      const answer = await weak.request(method, `/tenants/acme/invitations${path}`);
      expectProblem(answer, 403, 'permission-denied');
    }
  });

  it('is refused with what to change', async () => {
    const post = (body: object, at = 'acme') => platform.operator.request('POST', `/tenants/${at}/invitations`, body);
    const refused = await post({ email: newAddress() }, closed.slug);
    expectProblem(refused, 409, 'conflict');
    expect(refused.text).toContain('sign_up');
    expectProblem(await post({ email: 'alice@acme.test' }), 409, 'conflict');
    expectProblem(await post({ email: newAddress(), username: 'ALICE' }), 409, 'conflict');
    for (const body of [
      { email: 'nobody' },
      // Mail is sent to no route.
      { email: 'nobody%elsewhere.test@acme.test' },
      { email: newAddress(), expires_in_seconds: 10 },
      { email: newAddress(), username: 'a\u202Eb' },
      { email: `x@y.example\r\nBcc: a@b.example` },
    ]) {
      expect((await post(body)).status).toBe(400);
    }
  });
});

describe('a user that an administrator made', () => {
  const make = async () => {
    const email = newAddress();
    const { id } = await platform.operator.create<{ id: string }>('/tenants/globex/users', { username: email, email });
    return { id, email };
  };
  const mail = (id: string) => platform.operator.request('POST', `/tenants/globex/users/${id}/set-password-mail`);

  it('sets a password by a link, which proves the address, and signs in with it', async () => {
    const { id, email } = await make();
    expect((await mail(id)).status).toBe(200);
    const browser = new TestBrowser();
    const page = await browser.open((await lastMailTo(platform, globex, email)).link);
    const short = await browser.submit(page, 'sign-up-form', { new_password: 'short', new_password_again: 'short' });
    expect(faultsOf(short)).toEqual(['new_password']);
    const unlike = { new_password: PASSWORD, new_password_again: 'another' };
    expect(faultsOf(await browser.submit(page, 'sign-up-form', unlike))).toEqual(['new_password_again']);
    const set = await browser.submit(short, 'sign-up-form', { new_password: PASSWORD, new_password_again: PASSWORD });
    expect(messageOf(set)).toBe('passwordSet');
    expect(await platform.operator.get(`/tenants/globex/users/${id}`)).toMatchObject({ email_verified: true });
    expect(messageOf(await browser.submit(short, 'sign-up-form', { ...filled }))).toBe('spentPassword');
    const signIn = await browser.open(`${globex.issuer}/sign-in`);
    expect((await browser.signIn(signIn, email, PASSWORD)).url).toContain('/account');
  });

  it('sets one password with a link that is sent fifty times at once', async () => {
    const { id, email } = await make();
    await mail(id);
    const browser = new TestBrowser();
    const page = await browser.open((await lastMailTo(platform, globex, email)).link);
    const chosen = (index: number) => `${PASSWORD} ${index}`;
    const answers = await race(
      [platform.config.listen.port],
      times(50, (index) =>
        racingSubmit(browser, page, 'sign-up-form', { new_password: chosen(index), new_password_again: chosen(index) }),
      ),
    );
    expect(answers.filter(({ status }) => isFault(status))).toEqual([]);
    const won = answers.flatMap(({ text }, index) => (text.includes('data-message="passwordSet"') ? [index] : []));
    expect(won).toHaveLength(1);
    const signIn = await browser.open(`${globex.issuer}/sign-in`);
    expect((await browser.signIn(signIn, email, chosen(won[0] ?? 0))).url).toContain('/account');
  });

  it('has one link at a time, which ends with the account and is nothing at another tenant', async () => {
    const { id, email } = await make();
    await mail(id);
    await mail(id);
    const [first, second] = await mailsTo(platform, globex, email);
    const browser = new TestBrowser();
    expect(messageOf(await browser.open(first?.link ?? ''))).toBe('spentPassword');
    const there = (second?.link ?? '').replace(globex.issuer, acme.issuer);
    expect(messageOf(await browser.open(there))).toBe('spentPassword');
    await platform.operator.patch(`/tenants/globex/users/${id}`, { enabled: false });
    expect(messageOf(await browser.open(second?.link ?? ''))).toBe('spentPassword');
    expectProblem(await mail(id), 409, 'conflict');
  });

  it('that has a password by now keeps it, whoever finds the mail of before', async () => {
    const { id, email } = await make();
    await mail(id);
    const { link } = await lastMailTo(platform, globex, email);
    await platform.operator.patch(`/tenants/globex/users/${id}`, { password: 'seven ravens over the harbour' });
    const finder = new TestBrowser();
    expect(messageOf(await finder.open(link))).toBe('spentPassword');
    const chosen = { new_password: PASSWORD, new_password_again: PASSWORD };
    await mail(id);
    const newer = await finder.open((await lastMailTo(platform, globex, email)).link);
    const old = new URL(link).searchParams.get('token') ?? '';
    expect(messageOf(await finder.submit(newer, 'sign-up-form', { ...chosen, token: old }))).toBe('spentPassword');
    expect(messageOf(await finder.submit(newer, 'sign-up-form', chosen))).toBe('passwordSet');
  });

  it('that has another address by now is not reached by the mail to the address of before', async () => {
    const { id, email } = await make();
    await mail(id);
    const { link } = await lastMailTo(platform, globex, email);
    const browser = new TestBrowser();
    const page = await browser.open(link);
    await platform.operator.patch(`/tenants/globex/users/${id}`, { email: newAddress() });
    expect(messageOf(await browser.open(link))).toBe('spentPassword');
    const chosen = { new_password: PASSWORD, new_password_again: PASSWORD };
    expect(messageOf(await browser.submit(page, 'sign-up-form', chosen))).toBe('spentPassword');
  });

  it('who is an administrator is mailed only by who may', async () => {
    const weak = await operatorWith(platform, 'users:write users:read');
    const body = { username: newAddress(), email: newAddress(), tenant_admin: true };
    const { id } = await platform.operator.create<{ id: string }>('/tenants/globex/users', body);
    const answer = await weak.request('POST', `/tenants/globex/users/${id}/set-password-mail`);
    expectProblem(answer, 403, 'permission-denied');
  });
});
