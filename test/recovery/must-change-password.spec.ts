import { beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { TestBrowser, type Page } from '../support/browser.js';
import { givenPlatform, givenTenant } from '../support/given.js';
import { basic, postForm } from '../support/http.js';
import { adminOf, operatorWith } from '../support/management-access.js';
import { lastMailTo, mailsTo } from '../support/mails.js';
import { expectInvalid, expectProblem } from '../support/problems.js';
import { authorizeUrl, responseOf } from '../support/tenant-fixture.js';

const OLD = 'seven ravens over the harbour';
const NEW = 'nine lanterns under the bridge';

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme', { allow_password_grant: true });
const globex = givenTenant(platform, 'globex', { temporary_password: true });
let username: string;
let email: string;
let userId: string;
let here: TestBrowser;

beforeEach(async () => {
  await platform.database.query('DELETE FROM sign_in_attempts');
  username = `user-${randomUUID()}`;
  email = `${username}@acme.test`;
  userId = await newUser('acme', {});
  here = new TestBrowser();
});

async function newUser(tenant: string, more: object): Promise<string> {
  const user = { username, password: OLD, email, email_verified: true, ...more };
  return (await platform.operator.create<{ id: string }>(`/tenants/${tenant}/users`, user)).id;
}
const patch = (body: object, tenant = 'acme', id = userId) =>
  platform.operator.patch(`/tenants/${tenant}/users/${id}`, body);
const mustChange = () => patch({ must_change_password: true });
const begin = async (issuer = acme.issuer) => here.open(`${issuer}/sign-in`);
const choose = (page: Page, current: string, next: string) =>
  here.submit(page, 'password-form', {
    username,
    current_password: current,
    new_password: next,
    new_password_again: next,
  });

describe('a user who has to change the password', () => {
  it('does so before the application is answered, and then goes on', async () => {
    await mustChange();
    const page = await here.open(authorizeUrl(acme.issuer, { client_id: 'legacy' }));
    const asked = await here.signIn(page, username, OLD);
    expect([asked.status, asked.text.includes('asks you to choose a new password before you go on')]).toEqual([
      200,
      true,
    ]);
    expect(asked.text).not.toContain('/t/acme/account"');
    const same = await choose(asked, OLD, OLD);
    expect([same.status, same.text.includes('is the one you have now')]).toEqual([400, true]);
    const consent = await choose(same, OLD, NEW);
    const { code } = responseOf(await here.decide(consent, 'approve'));
    expect(code).toBeDefined();
    // Not asked again.
    expect((await here.open(`${acme.issuer}/account`)).url).toBe(`${acme.issuer}/account`);
    expect(await patch({})).toMatchObject({ must_change_password: false, password_changed_at: expect.any(String) });
  });

  it('sees none of the account pages before', async () => {
    await mustChange();
    expect((await here.signIn(await begin(), username, OLD)).url).toContain('/change-password');
    for (const path of ['/account', '/account/sessions', '/account/applications']) {
      expect((await here.open(`${acme.issuer}${path}`)).url).toContain('/change-password');
    }
    const done = await choose(await here.open(`${acme.issuer}/account/sessions`), OLD, NEW);
    expect(done.url).toBe(`${acme.issuer}/account/sessions`);
  });

  it('is not answered silently, nor by an older session', async () => {
    const request = { client_id: 'legacy' };
    const page = await here.open(authorizeUrl(acme.issuer, request));
    await here.decide(await here.signIn(page, username, OLD), 'approve');
    expect(responseOf(await here.open(authorizeUrl(acme.issuer, request)))).toHaveProperty('code');
    await mustChange();
    const silent = responseOf(await here.open(authorizeUrl(acme.issuer, { ...request, prompt: 'none' })));
    expect(silent).toMatchObject({ error: 'interaction_required' });
    expect((await here.open(authorizeUrl(acme.issuer, request))).url).toContain('/change-password?request=');
  });

  it('cannot use the password grant, and is told why', async () => {
    const client = await platform.operator.create<{ client_id: string; client_secret: string }>(
      '/tenants/acme/clients',
      {
        grant_types: ['password'],
        scope: 'openid',
      },
    );
    const grant = (password: string) =>
      postForm(
        `${acme.issuer}/token`,
        { grant_type: 'password', username, password, scope: 'openid' },
        { authorization: basic(client.client_id, client.client_secret) },
      );
    expect((await grant(OLD)).status).toBe(200);
    await mustChange();
    const refused = await grant(OLD);
    expect([refused.status, refused.json()]).toEqual([
      400,
      {
        error: 'invalid_grant',
        error_description: 'The user has to choose a new password first, by signing in with a browser.',
      },
    ]);
    expect((await grant('not the password')).json()).toMatchObject({
      error_description: expect.not.stringContaining('choose'),
    });
  });
});

describe('the policy temporary_password', () => {
  it('asks for a change of whatever an administrator has typed', async () => {
    const id = await newUser('globex', {});
    const answer = await here.signIn(await begin(globex.issuer), username, OLD);
    expect(answer.url).toContain('/change-password');
    await choose(answer, OLD, NEW);
    expect((await here.open(`${globex.issuer}/account`)).url).toBe(`${globex.issuer}/account`);
    expect(await patch({ password: 'eleven candles on the staircase' }, 'globex', id)).toMatchObject({
      must_change_password: true,
    });
    expect(await patch({ name: 'Ada' }, 'globex', id)).toMatchObject({ must_change_password: true });
    const refused = await platform.operator.request('PATCH', `/tenants/globex/users/${id}`, {
      password: OLD,
      must_change_password: false,
    });
    expectInvalid(refused, '/must_change_password');
  });
});

describe('notices', () => {
  const templates = async (to = email) => (await mailsTo(platform, acme, to)).map(({ template }) => template);

  it('tell of a changed password, from where', async () => {
    await here.signIn(await begin(), username, OLD);
    await choose(await here.open(`${acme.issuer}/change-password`), OLD, NEW);
    expect(await lastMailTo(platform, acme, email)).toMatchObject({
      template: 'password_changed',
      locale: 'en',
      values: { username, address: '127.0.0.1' },
    });
  });

  it('tell of what an administrator changed: a password, an address to the old one too, a number', async () => {
    const next = `new-${email}`;
    await patch({ password: NEW });
    await patch({ email: next, email_verified: true });
    await patch({ phone_number: '+41441234567' });
    await patch({ name: 'Ada' });
    expect(await templates()).toEqual(['password_set', 'email_set']);
    expect(await templates(next)).toEqual(['email_set', 'phone_changed']);
    const [, changed] = await mailsTo(platform, acme, email);
    expect(changed?.values).toMatchObject({ email: `n…${username.at(-1)}@acme.test`, address: 'none' });
  });

  it('go to no address that is not verified', async () => {
    await patch({ email_verified: false });
    await patch({ password: NEW });
    await patch({ email: `other-${email}` });
    expect([await templates(), await templates(`other-${email}`)]).toEqual([[], []]);
  });

  it('are in the language that the person has chosen', async () => {
    await patch({ locale: 'de-CH' });
    await patch({ password: NEW });
    expect(await lastMailTo(platform, acme, email)).toMatchObject({ template: 'password_set', locale: 'de' });
  });
});

describe('POST /users/{user_id}/password-reset-mail', () => {
  const ask = (id = userId, client = platform.operator) =>
    client.request('POST', `/tenants/acme/users/${id}/password-reset-mail`);

  it('mails a link; the present password works until it is used', async () => {
    expect((await ask()).status).toBe(204);
    const mail = await lastMailTo(platform, acme, email);
    expect(mail).toMatchObject({ template: 'password_reset_by_administrator', values: { username, minutes: 60 } });
    expect(mail.code).toBe('');
    expect((await here.signIn(await begin(), username, OLD)).url).toContain('/account');
    const page = await here.open(mail.link ?? '');
    await here.submit(page, 'new-password-form', { new_password: NEW, new_password_again: NEW });
    const other = new TestBrowser();
    expect((await other.signIn(await other.open(`${acme.issuer}/sign-in`), username, NEW)).url).toContain('/account');
  });

  it.each<[string, object, string]>([
    ['disabled', { enabled: false }, 'enable the account first'],
    ['without an address', { email: null }, 'set email and email_verified first'],
    ['whose address is not verified', { email_verified: false }, 'set email_verified when'],
  ])('is refused for somebody %s', async (_, change, text) => {
    await patch(change);
    expect(expectProblem(await ask(), 409, 'conflict')).toMatchObject({ detail: expect.stringContaining(text) });
    expect(
      (await mailsTo(platform, acme, email)).filter(({ template }) => template.startsWith('password_reset')),
    ).toEqual([]);
  });

  it('needs the scope to change users, and power over administrators for one', async () => {
    const reader = await operatorWith(platform, 'users:read tenants:read');
    expectProblem(await ask(userId, reader), 403, 'permission-denied');
    const id = await newUser('acme', { username: `admin-${username}`, email: `admin-${email}`, tenant_admin: true });
    const helper = await adminOf(platform, 'acme', 'users:read users:write');
    expectProblem(await ask(id, helper), 403, 'permission-denied');
    expect((await ask(id)).status).toBe(204);
    expect((await ask(randomUUID())).status).toBe(404);
  });
});
