import { randomUUID } from 'node:crypto';
import type { TenantId } from '../../src/database/tenant-id.js';
import { csrfToken, type FormPurpose } from '../../src/pages/browser/csrf.js';
import { basic, type HttpAnswer, postForm, send } from '../support/http.js';
import { ALICE_PASSWORD, authorizeUrl, pkce, SPA_REDIRECT, WEB_REDIRECT } from '../support/tenant-fixture.js';
import type { Belongings } from './belongings.js';
import type { BrowserBelongings } from './browser-belongings.js';

/** Where a request is sent. */
export interface Target {
  readonly issuer: string;
  readonly tenantId: TenantId;
  /** At its path the tenant's name is part of its cookies'. */
  readonly cookiePrefix: string;
  readonly secrets: { readonly web: string; readonly machine: string };
}

/** One request with somebody's belongings. */
type Whose = 'guest' | 'person' | 'halfway' | 'secured';

export type RouteCase = (at: Target, own: Belongings) => Promise<HttpAnswer>;

const PUBLIC = { client_id: 'spa' };
const HTML = { accept: 'text/html' };

async function cookies({ cookiePrefix }: Target, { session, browser }: BrowserBelongings): Promise<{ cookie: string }> {
  return { cookie: `${cookiePrefix}session=${await session()}; ${cookiePrefix}browser=${await browser()}` };
}

type Of<Value> = (own: Belongings) => Value | Promise<Value>;

const page =
  (path: Of<string>, whose: Whose = 'person'): RouteCase =>
  async (at, own) => {
    const target = `${at.issuer}${await path(own)}`;
    return send(target, { headers: { ...HTML, ...(await cookies(at, own[whose])) } });
  };

/** A page whose path ends with something of acme's. */
const pageFor = (path: string, what: Of<string>, whose: Whose = 'person') =>
  page(async (own) => `${path}${await what(own)}`, whose);

const post = async (at: Target, path: string, of: BrowserBelongings, fields: Record<string, string>) => {
  const headers = { ...HTML, ...(await cookies(at, of)), 'sec-fetch-site': 'same-origin' };
  return postForm(`${at.issuer}/${path}`, fields, headers);
};

const form =
  (name: string, whose: Whose, more: Record<string, string> = {}, path = name): RouteCase =>
  async (at, own) =>
    post(at, path, own[whose], { ...(await own[whose].forms[name]?.()), ...more });

/** A form with a token that the page would have at this address, so that only what it proves is acme's. */
const ownForm =
  (name: string, purpose: FormPurpose, fields: Of<Record<string, string>>): RouteCase =>
  async (at, own) => {
    const csrf = csrfToken(at.tenantId, { secret: await own.guest.browser(), session: undefined }, purpose);
    return post(at, name, own.guest, { csrf, ...(await fields(own)) });
  };

const as =
  (client: 'web' | 'machine') =>
  (path: string, fields: Of<Record<string, string>>): RouteCase =>
  async (at, own) =>
    postForm(`${at.issuer}${path}`, await fields(own), { authorization: basic(client, at.secrets[client]) });
const asWeb = as('web');
const asMachine = as('machine');

const requestOf = (name: string, whose: Whose) => async (own: Belongings) =>
  (await own[whose].forms[name]?.())?.['request'] ?? '';

const codeRequest = requestOf('second-factor/totp', 'halfway');

const authorizeParams = async ({ clientId }: Belongings) => ({
  client_id: await clientId(),
  redirect_uri: WEB_REDIRECT,
  response_type: 'code',
  scope: 'openid',
  code_challenge: pkce().challenge,
  code_challenge_method: 'S256',
});

/** The page that the link of a mail leads to. */
const confirmPage: RouteCase = async (at, own) => {
  const path = `/account/confirm-email?token=${await own.emailToken()}`;
  return send(`${at.issuer}${path}`, { headers: { ...HTML, ...(await cookies(at, own.person)) } });
};

/** Its form, when it has one. */
const confirmEmail: RouteCase = async (at, own) => {
  const { text } = await confirmPage(at, own);
  const csrf = /name="csrf" value="([^"]*)"/.exec(text)?.[1] ?? '';
  return post(at, 'account/confirm-email', own.person, { token: await own.emailToken(), csrf });
};

/** Every operation of the account API, with a path that has what acme's Alice has. */
const ACCOUNT_API: readonly (readonly [method: string, path: string, body?: object])[] = [
  ['GET', '/profile'],
  ['PATCH', '/profile', { name: 'Taken over' }],
  ['GET', '/sessions'],
  ['DELETE', '/sessions'],
  ['DELETE', '/sessions/:session_id'],
  ['GET', '/applications'],
  ['DELETE', '/applications/:client_id'],
  ['GET', '/events'],
  ['POST', '/email-change', { email: 'eve@evil.test' }],
  ['POST', '/email-change/confirm', { change: 'x', code: '12345678' }],
  ['GET', '/clients'],
  ['POST', '/clients', { redirect_uris: ['https://evil.test/cb'] }],
  ['GET', '/clients/:registration_id'],
  ['PATCH', '/clients/:registration_id', {}],
  ['DELETE', '/clients/:registration_id'],
  ['POST', '/clients/:registration_id/submission'],
  ['DELETE', '/clients/:registration_id/submission'],
  ['POST', '/clients/:registration_id/secrets'],
  ['DELETE', '/clients/:registration_id/secrets/:secret_id'],
  ['GET', '/clients/:registration_id/redirect-test'],
  ['GET', '/clients/:registration_id/snippets'],
  ['GET', '/clients/:registration_id/snippets/:library'],
  ['POST', '/clients/:registration_id/owner-invitations', { user: 'mallory' }],
  ['DELETE', '/clients/:registration_id/owner-invitations/:invitation_id'],
  ['DELETE', '/clients/:registration_id/owners/:user_id'],
  ['GET', '/client-invitations'],
  ['POST', '/client-invitations/:invitation_id/acceptance'],
  ['DELETE', '/client-invitations/:invitation_id'],
  ['GET', '/deletion'],
  ['POST', '/deletion', {}],
  ['DELETE', '/deletion'],
  ['GET', '/data'],
];

const accountApi =
  (method: string, path: string, body?: object): RouteCase =>
  async (at, own) =>
    send(`${at.issuer}/account/api${path.replace(':client_id', 'web').replace(/:\w+_id/g, () => randomUUID())}`, {
      method,
      headers: {
        authorization: `Bearer ${await own.accountToken()}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });

/** The pages on which people register clients, with the client of nobody. */
const CLIENT_PAGES = ['', '/edit', '/secrets', '/owners', '/redirects', '/snippets', '/delete'];
const CLIENT_FORMS = [
  ...['/edit', '/submit', '/withdraw', '/delete', '/secrets', '/end-secret'],
  ...['/owners', '/ask-no-longer', '/remove-owner'],
];
const clientPages = (): Record<string, Record<string, RouteCase>> => {
  const nobodys = `account/clients/${randomUUID()}`;
  const formAt = (path: string) => form('account/clients', 'person', { client_name: 'Taken over' }, path);
  return {
    'GET /account/clients': { session: page(() => '/account/clients') },
    'GET /account/clients/new': { session: page(() => '/account/clients/new') },
    'POST /account/clients/new': { 'session and CSRF token': formAt('account/clients/new') },
    'POST /account/accept-client': { 'session and CSRF token': formAt('account/accept-client') },
    'POST /account/decline-client': { 'session and CSRF token': formAt('account/decline-client') },
    ...Object.fromEntries(
      CLIENT_PAGES.map((path) => [
        `GET /account/clients/:client${path}`,
        { session: page(() => `/${nobodys}${path}`) },
      ]),
    ),
    ...Object.fromEntries(
      CLIENT_FORMS.map((path) => [
        `POST /account/clients/:client${path}`,
        { 'session and CSRF token': formAt(`${nobodys}${path}`) },
      ]),
    ),
  };
};

/** A form for people who forgot something, with the guest's token and cookie. */
const recovery =
  (name: string, fields: Of<Record<string, string>>): RouteCase =>
  async (at, own) =>
    post(at, name, own.guest, { ...(await own.guest.forms['recovery']?.()), ...(await fields(own)) });

const resetLink = async ({ reset }: Belongings) => (await reset()).link;

const sentCode = async ({ reset }: Belongings) => {
  const { id: sent, code } = await reset();
  return { sent, code };
};

const newPassword = async (own: Belongings) => ({
  token: await resetLink(own),
  new_password: ALICE_PASSWORD,
  new_password_again: ALICE_PASSWORD,
});

/** The form that the link of a mail leads to. */
const linkForm = (name: string, what: Parameters<Belongings['link']>[0]) =>
  ownForm(name, 'mail-link', async ({ link }) => ({ token: await link(what) }));

const signUpForm = (name: string) =>
  ownForm(name, 'sign-up', async ({ guest }) => {
    const { id = '', code = '' } = (await guest.forms[name]?.()) ?? {};
    return { id, code };
  });

const refreshing = async ({ refreshToken }: Belongings) => ({
  grant_type: 'refresh_token',
  refresh_token: await refreshToken(),
});

const ofToken = (name: 'opaqueToken' | 'accessToken' | 'refreshToken') => async (own: Belongings) => ({
  token: await own[name](),
});

/** As acme's client, with its secret. */
const withSecret =
  (path: string, fields: Of<Record<string, string>>): RouteCase =>
  async (at, own) =>
    postForm(`${at.issuer}${path}`, await fields(own), { authorization: basic('web', await own.webSecret()) });

/** A request of a page of the console. */
const fromConsole =
  (method: string, path: string, body?: object): RouteCase =>
  async (at, own) =>
    send(`${at.issuer}/console${path}`, {
      method,
      headers: {
        cookie: `${at.cookiePrefix}console=${await own.consoleSession()}`,
        'tenantry-console': '1',
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });

/** The page of a setup link, which the browser has in a cookie; by POST its form, with the token of this address. */
const setupLink =
  (method: 'GET' | 'POST'): RouteCase =>
  async (at, own) => {
    const browser = await own.guest.browser();
    const csrf = csrfToken(at.tenantId, { secret: browser, session: undefined }, 'setup-link');
    const token = `${at.cookiePrefix}console-setup-token=${await own.setupToken()}`;
    const cookie = `${at.cookiePrefix}browser=${browser}; ${token}`;
    const headers = { ...HTML, cookie, 'sec-fetch-site': 'same-origin' };
    return method === 'GET'
      ? send(`${at.issuer}/setup-link`, { headers })
      : postForm(`${at.issuer}/setup-link`, { csrf }, headers);
  };

/** The console with the cookie of somebody who came by a setup link. */
const bySetupLink =
  (method: string, path: string, body?: object): RouteCase =>
  async (at, own) =>
    send(`${at.issuer}/console${path}`, {
      method,
      headers: {
        cookie: `${at.cookiePrefix}console-setup=${await own.setupSession()}`,
        'tenantry-console': '1',
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });

/** By route; a route may have several. */
export const routeCases: Readonly<Record<string, Readonly<Record<string, RouteCase>>>> = {
  'GET /sign-in': {
    'pending request': pageFor('/sign-in?request=', requestOf('sign-in', 'guest'), 'guest'),
  },
  'POST /sign-in': {
    'pending request and CSRF token': form('sign-in', 'guest', { username: 'alice', password: ALICE_PASSWORD }),
  },
  'POST /sign-in/passkey/options': { 'pending request and CSRF token': form('sign-in/passkey/options', 'guest') },
  'POST /sign-in/passkey': {
    // What a passkey is taken for at another tenant of the same relying party is told by test/passkeys.
    'pending request and CSRF token': form('sign-in/passkey', 'guest', { credential: '{}' }),
  },
  'POST /sign-in/continue': { 'session, pending request and CSRF token': form('sign-in/continue', 'person') },
  'GET /consent': {
    'session and pending request': pageFor('/consent?request=', requestOf('consent', 'person')),
  },
  'POST /consent': { 'session, pending request and CSRF token': form('consent', 'person', { decision: 'approve' }) },
  'POST /consent/switch': { 'session, pending request and CSRF token': form('consent/switch', 'person') },
  'GET /account': { session: page(() => '/account') },
  'GET /account/profile': { session: page(() => '/account/profile') },
  'POST /account/profile': { 'session and CSRF token': form('account/profile', 'person', { name: 'Taken over' }) },
  'GET /account/email': { session: page(() => '/account/email') },
  'POST /account/email': { 'session and CSRF token': form('account/email', 'person', { email: 'eve@evil.test' }) },
  'POST /account/email-code': {
    'session, CSRF token and verification': form('account/email-code', 'person', { code: '12345678' }),
  },
  'GET /account/confirm-email': {
    'link of a mail': confirmPage,
  },
  'POST /account/confirm-email': { 'link of a mail': confirmEmail },
  'GET /account/activity': { session: page(() => '/account/activity') },
  'GET /account/data': { session: page(() => '/account/data') },
  'POST /account/download': { 'session and CSRF token': form('account/download', 'person') },
  'GET /account/delete': { session: page(() => '/account/delete') },
  'POST /account/delete': { 'session and CSRF token': form('account/delete', 'person') },
  'POST /account/keep': { 'session and CSRF token': form('account/keep', 'person') },
  ...Object.fromEntries(
    ACCOUNT_API.map(([method, path, body]) => [
      `${method} /account/api${path}`,
      { 'access token': accountApi(method, path, body) },
    ]),
  ),
  ...clientPages(),
  'GET /account/security': { session: page(() => '/account/security') },
  'GET /account/sessions': { session: page(() => '/account/sessions') },
  'GET /account/applications': { session: page(() => '/account/applications') },
  'POST /account/withdraw': { 'session and CSRF token': form('account/withdraw', 'person') },
  'POST /account/end-session': { 'session and CSRF token': form('account/end-session', 'person') },
  'POST /account/end-other-sessions': { 'session and CSRF token': form('account/end-other-sessions', 'person') },
  'GET /second-factor': {
    'session and pending request': pageFor('/second-factor?request=', codeRequest, 'halfway'),
  },
  'GET /second-factor/:factor': {
    'session and pending request': pageFor('/second-factor/totp?request=', codeRequest, 'halfway'),
  },
  'POST /second-factor/:factor': {
    'session, pending request and CSRF token': form('second-factor/totp', 'halfway', { code: '12345' }),
  },
  'GET /second-factor/:factor/send': {
    'session and pending request': pageFor('/second-factor/email-code/send?request=', codeRequest, 'halfway'),
  },
  'POST /second-factor/:factor/send': {
    'session, pending request and CSRF token': form(
      'second-factor/totp',
      'halfway',
      {},
      'second-factor/email-code/send',
    ),
  },
  'GET /second-factor/enrol': {
    'session and pending request': pageFor('/second-factor/enrol?request=', codeRequest, 'halfway'),
  },
  'GET /second-factor/enrol/:factor': {
    'session and pending request': pageFor('/second-factor/enrol/sms?request=', codeRequest, 'halfway'),
  },
  'GET /second-factor/enrol/:factor/send': {
    'session and pending request': pageFor('/second-factor/enrol/sms/send?request=', codeRequest, 'halfway'),
  },
  'POST /second-factor/enrol/:factor': {
    'session, pending request and CSRF token': form('second-factor/totp', 'halfway', {}, 'second-factor/enrol/sms'),
  },
  'POST /second-factor/enrol/:factor/send': {
    'session, pending request and CSRF token': form(
      'second-factor/totp',
      'halfway',
      {},
      'second-factor/enrol/sms/send',
    ),
  },
  'GET /second-factor/skip': {
    'session and pending request': pageFor('/second-factor/skip?request=', codeRequest, 'halfway'),
  },
  'POST /second-factor/skip': { 'session and CSRF token': form('second-factor/skip', 'person') },
  'GET /second-factor/passkey': {
    'session and pending request': pageFor('/second-factor/passkey?request=', codeRequest, 'halfway'),
  },
  'GET /second-factor/passkey/options': {
    'session and pending request': pageFor('/second-factor/passkey/options?request=', codeRequest, 'halfway'),
  },
  'POST /second-factor/passkey': {
    'session, pending request and CSRF token': form('second-factor/totp', 'halfway', {}, 'second-factor/passkey'),
  },
  'POST /second-factor/passkey/options': {
    'session, pending request and CSRF token': form(
      'second-factor/totp',
      'halfway',
      {},
      'second-factor/passkey/options',
    ),
  },
  'GET /second-factor/enrol-passkey': { session: page(() => '/second-factor/enrol-passkey') },
  'GET /second-factor/enrol-passkey/options': { session: page(() => '/second-factor/enrol-passkey/options') },
  'POST /second-factor/enrol-passkey': {
    'session and CSRF token': form('second-factor/skip', 'person', { credential: '{}' }, 'second-factor/enrol-passkey'),
  },
  'POST /second-factor/enrol-passkey/options': {
    'session and CSRF token': form('second-factor/skip', 'person', {}, 'second-factor/enrol-passkey/options'),
  },
  'GET /second-factor/enrol-totp': { session: page(() => '/second-factor/enrol-totp') },
  'POST /second-factor/enrol-totp': { 'session and CSRF token': form('second-factor/enrol-totp', 'person') },
  'GET /account/second-factor': { session: page(() => '/account/second-factor', 'secured') },
  'GET /account/second-factor/remove': { session: page(() => '/account/second-factor/remove', 'secured') },
  'GET /account/second-factor/recovery-codes': {
    session: page(() => '/account/second-factor/recovery-codes', 'secured'),
  },
  'GET /account/second-factor/forget': { session: page(() => '/account/second-factor/forget', 'secured') },
  'POST /account/second-factor/remove': {
    'session and CSRF token': form('account/second-factor/remove', 'secured'),
  },
  'POST /account/second-factor/recovery-codes': {
    'session and CSRF token': form('account/second-factor/recovery-codes', 'secured'),
  },
  'POST /account/second-factor/forget': {
    'session and CSRF token': form('account/second-factor/forget', 'secured'),
  },
  'GET /account/passkeys': { session: page(() => '/account/passkeys') },
  'POST /account/passkeys': { 'session and CSRF token': form('account/passkeys', 'person', { credential: '{}' }) },
  'POST /account/passkeys/options': { 'session and CSRF token': form('account/passkeys/options', 'person') },
  'POST /account/passkeys/rename': {
    'session and CSRF token': form('account/passkeys/rename', 'person', { name: 'Mine' }),
  },
  'POST /account/passkeys/remove': { 'session and CSRF token': form('account/passkeys/remove', 'person') },
  'GET /change-password': { session: page(() => '/change-password') },
  'POST /change-password': {
    'session and CSRF token': form('change-password', 'person', {
      current_password: ALICE_PASSWORD,
      new_password: ALICE_PASSWORD,
      new_password_again: ALICE_PASSWORD,
    }),
  },
  'GET /sign-up': {
    'pending request': pageFor('/sign-up?request=', requestOf('sign-in', 'guest'), 'guest'),
  },
  'POST /sign-up': { 'pending request and CSRF token': form('sign-up', 'guest') },
  'GET /sign-up-code': { 'sign-up of a browser': pageFor('/sign-up-code?id=', ({ signUpId }) => signUpId(), 'guest') },
  'POST /sign-up-code': {
    'sign-up, code and CSRF token': form('sign-up-code', 'guest'),
    'sign-up of a browser': signUpForm('sign-up-code'),
  },
  'POST /sign-up-code/resend': {
    'sign-up and CSRF token': form('sign-up-code/resend', 'guest'),
    'sign-up of a browser': signUpForm('sign-up-code/resend'),
  },
  'POST /sign-up-code/continue': {
    'sign-up and CSRF token': form('sign-up-code/continue', 'guest'),
    'sign-up of a browser': signUpForm('sign-up-code/continue'),
  },
  'GET /sign-up-link': { 'link of a mail': pageFor('/sign-up-link?token=', ({ link }) => link('signUp'), 'guest') },
  'POST /sign-up-link': {
    'link of a mail and CSRF token': form('sign-up-link', 'guest'),
    'link of a mail': linkForm('sign-up-link', 'signUp'),
  },
  'GET /invitation': { 'link of a mail': pageFor('/invitation?token=', ({ link }) => link('invitation'), 'guest') },
  'POST /invitation': {
    'link of a mail and CSRF token': form('invitation', 'guest'),
    'link of a mail': linkForm('invitation', 'invitation'),
  },
  'GET /set-password': {
    'link of a mail': pageFor('/set-password?token=', ({ link }) => link('setPassword'), 'guest'),
  },
  'POST /set-password': {
    'link of a mail and CSRF token': form('set-password', 'guest'),
    'link of a mail': linkForm('set-password', 'setPassword'),
  },
  'GET /setup-link': { 'setup link': setupLink('GET') },
  'POST /setup-link': { 'setup link and CSRF token': setupLink('POST') },
  'POST /console/setup/finish': { 'session by a setup link': bySetupLink('POST', '/setup/finish') },
  'GET /console/session': {
    session: fromConsole('GET', '/session'),
    'session by a setup link': bySetupLink('GET', '/session'),
  },
  'GET /console/callback': { session: fromConsole('GET', '/callback?state=x') },
  'GET /console/api/v1/{*path}': {
    session: fromConsole('GET', '/api/v1/tenants/acme'),
    'session by a setup link': bySetupLink('GET', '/api/v1/tenants/acme/domains'),
  },
  'POST /console/api/v1/{*path}': {
    session: fromConsole('POST', '/api/v1/tenants/acme/branding/previews', {}),
    'session by a setup link': bySetupLink('POST', '/api/v1/tenants/acme/branding/previews', {}),
  },
  'PUT /console/api/v1/{*path}': { session: fromConsole('PUT', '/api/v1/tenants/acme/nothing', {}) },
  'PATCH /console/api/v1/{*path}': { session: fromConsole('PATCH', '/api/v1/tenants/acme/branding', {}) },
  'DELETE /console/api/v1/{*path}': { session: fromConsole('DELETE', '/api/v1/tenants/acme/clients/nothing') },
  'POST /console/sign-out': { session: fromConsole('POST', '/sign-out') },
  'GET /branding/preview': {
    'link of an administrator': pageFor(
      '/branding/preview?token=',
      ({ brandingPreview }) => brandingPreview(),
      'guest',
    ),
  },
  'GET /verify-address-link': {
    'link of a mail': pageFor('/verify-address-link?token=', ({ link }) => link('verifyAddress'), 'guest'),
  },
  'POST /verify-address-link': {
    'link of a mail and CSRF token': form('verify-address-link', 'guest'),
    'link of a mail': linkForm('verify-address-link', 'verifyAddress'),
  },
  'GET /verify-address': {
    'session and pending request': pageFor('/verify-address?request=', requestOf('consent', 'person')),
  },
  'POST /verify-address': { 'session, pending request and CSRF token': form('verify-address', 'person') },
  'POST /verify-address/send': { 'session, pending request and CSRF token': form('verify-address/send', 'person') },
  'POST /verify-address/continue': {
    'session, pending request and CSRF token': form('verify-address/continue', 'person'),
  },
  'GET /accept-terms': {
    'session and pending request': pageFor('/accept-terms?request=', requestOf('consent', 'person')),
  },
  'GET /complete-profile': {
    'session and pending request': pageFor('/complete-profile?request=', requestOf('consent', 'person')),
  },
  'GET /keep-account': {
    'session and pending request': pageFor('/keep-account?request=', requestOf('consent', 'person')),
  },
  'POST /complete-profile': { 'session, pending request and CSRF token': form('complete-profile', 'person') },
  'POST /keep-account': { 'session, pending request and CSRF token': form('keep-account', 'person') },
  'POST /accept-terms': { 'session, pending request and CSRF token': form('accept-terms', 'person') },
  'POST /forgot-password': { 'CSRF token': recovery('forgot-password', () => ({ identifier: 'alice' })) },
  'POST /forgot-password/code': {
    'code and CSRF token': recovery('forgot-password/code', sentCode),
    code: ownForm('forgot-password/code', 'recovery', sentCode),
  },
  'GET /reset-password': { link: pageFor('/reset-password?token=', resetLink, 'guest') },
  'POST /reset-password': {
    'link and CSRF token': recovery('reset-password', newPassword),
    link: ownForm('reset-password', 'recovery', newPassword),
  },
  'POST /forgot-username': { 'CSRF token': recovery('forgot-username', () => ({ email: 'alice@acme.test' })) },
  'GET /authorize': {
    client: async (at, own) => send(authorizeUrl(at.issuer, await authorizeParams(own)), { headers: HTML }),
    session: async (at, own) =>
      send(authorizeUrl(at.issuer, { ...(await authorizeParams(own)), client_id: 'web', prompt: 'none' }), {
        headers: { ...HTML, ...(await cookies(at, own.person)) },
      }),
  },
  'POST /authorize': {
    client: async (at, own) => postForm(`${at.issuer}/authorize`, await authorizeParams(own), HTML),
  },
  'GET /authorize/resume': {
    'session and pending request': pageFor('/authorize/resume?request=', requestOf('consent', 'person')),
  },
  'GET /authorize/restart': {
    'session and pending request': pageFor('/authorize/restart?request=', requestOf('consent', 'person')),
  },
  'POST /token': {
    code: asWeb('/token', async ({ code }) => ({
      grant_type: 'authorization_code',
      code: (await code()).code,
      code_verifier: (await code()).verifier,
      redirect_uri: WEB_REDIRECT,
    })),
    'refresh token': asWeb('/token', refreshing),
    'code of a public client': async (at, { publicCode }) => {
      const { code, verifier } = await publicCode();
      return postForm(`${at.issuer}/token`, {
        ...PUBLIC,
        grant_type: 'authorization_code',
        code,
        code_verifier: verifier,
        redirect_uri: SPA_REDIRECT,
      });
    },
    'refresh token of a public client': async (at, { publicRefreshToken }) =>
      postForm(`${at.issuer}/token`, {
        ...PUBLIC,
        grant_type: 'refresh_token',
        refresh_token: await publicRefreshToken(),
      }),
    'client secret': withSecret('/token', refreshing),
  },
  'POST /introspect': {
    'opaque access token': asMachine('/introspect', ofToken('opaqueToken')),
    'JWT access token': asWeb('/introspect', ofToken('accessToken')),
    'client secret': withSecret('/introspect', ofToken('accessToken')),
  },
  'POST /revoke': {
    'opaque access token': asMachine('/revoke', ofToken('opaqueToken')),
    'JWT access token': asWeb('/revoke', ofToken('accessToken')),
    'refresh token of a public client': async (at, { publicRefreshToken }) =>
      postForm(`${at.issuer}/revoke`, { ...PUBLIC, token: await publicRefreshToken() }),
    'refresh token': asWeb('/revoke', ofToken('refreshToken')),
    'client secret': withSecret('/revoke', ofToken('refreshToken')),
  },
  'GET /userinfo': {
    'JWT access token': async (at, { accessToken }) =>
      send(`${at.issuer}/userinfo`, { headers: { authorization: `Bearer ${await accessToken()}` } }),
    'opaque access token': async (at, { opaqueToken }) =>
      send(`${at.issuer}/userinfo`, { headers: { authorization: `Bearer ${await opaqueToken()}` } }),
  },
  'POST /userinfo': {
    'JWT access token': async (at, { accessToken }) =>
      postForm(`${at.issuer}/userinfo`, { access_token: await accessToken() }),
    'opaque access token': async (at, { opaqueToken }) =>
      postForm(`${at.issuer}/userinfo`, { access_token: await opaqueToken() }),
  },
  'GET /end-session': {
    session: page(() => '/end-session'),
    ticket: pageFor('/end-session?ticket=', ({ logoutTicket }) => logoutTicket(), 'guest'),
    'ID token': async (at, { idToken }) =>
      send(`${at.issuer}/end-session?id_token_hint=${await idToken()}&post_logout_redirect_uri=https://rp.test/out`, {
        headers: HTML,
      }),
  },
  'POST /end-session': {
    'ID token': async (at, { idToken }) => {
      const hint = { id_token_hint: await idToken(), post_logout_redirect_uri: 'https://rp.test/out' };
      const { headers } = await postForm(`${at.issuer}/end-session`, hint, HTML);
      return send(new URL(headers.location ?? '', at.issuer).href, { headers: HTML });
    },
  },
  'POST /end-session/confirm': {
    'session and CSRF token': form('end-session/confirm', 'person'),
    'session, CSRF token and ticket': async (at, own) =>
      form('end-session/confirm', 'person', { ticket: await own.logoutTicket() })(at, own),
  },
};

/** Routes that take nothing of a tenant, with the reason. */
export const WITHOUT_BELONGINGS: Readonly<Record<string, string>> = {
  'GET /dev/mail': 'of the platform, in development alone; mailbox.spec.ts',
  'GET /dev/mail/:tenant/:id': 'as the one before',
  'GET /dev/mail/:tenant/:id/html': 'as the one before',
  'GET /console': 'a page for who is not signed in, too',
  'GET /console/{*path}': 'as the one before',
  'GET /console/sign-in': 'begins a sign-in; nothing is read',
  'GET /console/assets/{*name}': 'files of the program',
  'GET /': 'a page of the address itself; whatever is sent along is not read',
  ...Object.fromEntries(
    [
      'GET /api/v1/policy',
      'PATCH /api/v1/policy',
      'GET /api/v1/policy-templates',
      'POST /api/v1/policy-templates',
      'GET /api/v1/policy-templates/:template',
      'PATCH /api/v1/policy-templates/:template',
      'DELETE /api/v1/policy-templates/:template',
    ].map((route) => [route, 'of the operator, without a tenant; test/policies']),
  ),
  ...Object.fromEntries(
    [
      'sign-up-code/resend',
      'sign-up-code/continue',
      'verify-address/send',
      'verify-address/continue',
      'sign-in/continue',
      'sign-in/passkey',
      'sign-in/passkey/options',
      'consent/switch',
      'account/passkeys/options',
      'account/passkeys/rename',
      'account/passkeys/remove',
      'account/accept-client',
      'account/decline-client',
      ...['submit', 'withdraw', 'end-secret', 'ask-no-longer', 'remove-owner'].map(
        (name) => `account/clients/:client/${name}`,
      ),
      'account/withdraw',
      'account/end-session',
      'account/end-other-sessions',
    ].map((path) => [`GET /${path}`, 'a way to the page that has the form; nothing is read']),
  ),
  'GET /account/email-code': 'a way to the page that has the form; nothing is read',
  'GET /account/download': 'a way to the page that has the form; nothing is read',
  'GET /account/keep': 'a way to the page that has the form; nothing is read',
  'GET /account/api/openapi.json': 'about the software, with the address that it was asked at',
  'GET /forgot-password': 'a form; what it is sent with is checked then',
  'GET /forgot-password/code': 'a way to the page that has the form; nothing is read',
  'GET /forgot-username': 'a form; what it is sent with is checked then',
  'GET /end-session/confirm': 'a way to the page that has the form; nothing is read',
  'GET /assets/passkeys.js': 'the same for everybody',
  'GET /assets/pages.css': 'the same for everybody but for colours, which are public',
  'GET /favicon.ico': 'public',
  'GET /language/:locale/:page/:section/:part': 'as the next',
  'GET /language/:locale/:page/:section/:part/:detail': 'as the next',
  'GET /language/:locale/:page/:section': 'as the next',
  'GET /language/:locale/:page': 'a way to another address of this tenant; language.spec.ts has what is kept on it',
  'GET /error': 'fixed texts',
  'GET /branding/logo': 'public, and named by the address alone',
  'GET /branding/images/:version': 'public; brand-images.spec.ts asks another tenant for it',
  'GET /.well-known/openid-configuration': 'public; public.spec.ts compares what the tenants publish',
  'GET /.well-known/oauth-authorization-server': 'public; public.spec.ts compares what the tenants publish',
  'GET /jwks': 'public; public.spec.ts compares what the tenants publish',
  'GET /health/live': 'about the process',
  'GET /health/ready': 'about the process',
  'GET /health/installation': 'about the process; own-server.spec.ts has what it proves',
  'GET /.well-known/tenantry-challenge.txt': 'public, and named by the domain; proven-again.spec.ts asks elsewhere',
  'GET /tls/ask': 'tells of a name only whether it is an address of some tenant, as the name itself does',
  'GET /api/v1/openapi.json': 'about the software',
};
