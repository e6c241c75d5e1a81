import { randomUUID } from 'node:crypto';
import { basic, type HttpAnswer, postForm, send } from '../support/http.js';
import { ALICE_PASSWORD, authorizeUrl, pkce, SPA_REDIRECT, WEB_REDIRECT } from '../support/tenant-fixture.js';
import type { Belongings, BrowserBelongings } from './belongings.js';

/** Where a request is sent. */
export interface Target {
  readonly issuer: string;
  /** At its path the tenant's name is part of its cookies'. */
  readonly cookiePrefix: string;
  readonly secrets: { readonly web: string; readonly machine: string };
}

/** One request with somebody's belongings. */
export type RouteCase = (at: Target, own: Belongings) => Promise<HttpAnswer>;

const PUBLIC = { client_id: 'spa' };
const HTML = { accept: 'text/html' };

function cookies({ cookiePrefix }: Target, { session, browser }: BrowserBelongings): Record<string, string> {
  return { cookie: `${cookiePrefix}session=${session}; ${cookiePrefix}browser=${browser}` };
}

const page =
  (path: (own: Belongings) => string, whose: 'guest' | 'person' = 'person'): RouteCase =>
  (at, own) =>
    send(`${at.issuer}${path(own)}`, { headers: { ...HTML, ...cookies(at, own[whose]) } });

const form =
  (name: string, whose: 'guest' | 'person', more: Record<string, string> = {}): RouteCase =>
  (at, own) =>
    postForm(
      `${at.issuer}/${name}`,
      { ...own[whose].forms[name], ...more },
      { ...HTML, ...cookies(at, own[whose]), 'sec-fetch-site': 'same-origin' },
    );

const as =
  (client: 'web' | 'machine') =>
  (path: string, fields: (own: Belongings) => Record<string, string>): RouteCase =>
  (at, own) =>
    postForm(`${at.issuer}${path}`, fields(own), { authorization: basic(client, at.secrets[client]) });
const asWeb = as('web');
const asMachine = as('machine');

const requestOf = (name: string, whose: 'guest' | 'person') => (own: Belongings) =>
  own[whose].forms[name]?.['request'] ?? '';

const authorizeParams = ({ clientId }: Belongings) => ({
  client_id: clientId,
  redirect_uri: WEB_REDIRECT,
  response_type: 'code',
  scope: 'openid',
  code_challenge: pkce().challenge,
  code_challenge_method: 'S256',
});

/** The page that the link of a mail leads to. */
const confirmPage: RouteCase = async (at, own) => {
  const path = `/account/confirm-email?token=${await own.emailToken()}`;
  return send(`${at.issuer}${path}`, { headers: { ...HTML, ...cookies(at, own.person) } });
};

/** Its form, when it has one. */
const confirmEmail: RouteCase = async (at, own) => {
  const { text } = await confirmPage(at, own);
  const csrf = /name="csrf" value="([^"]*)"/.exec(text)?.[1] ?? '';
  const headers = { ...HTML, ...cookies(at, own.person), 'sec-fetch-site': 'same-origin' };
  return postForm(`${at.issuer}/account/confirm-email`, { token: await own.emailToken(), csrf }, headers);
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
  ['GET', '/deletion'],
  ['POST', '/deletion', {}],
  ['DELETE', '/deletion'],
  ['GET', '/data'],
];

const accountApi =
  (method: string, path: string, body?: object): RouteCase =>
  async (at, own) =>
    send(`${at.issuer}/account/api${path.replace(':session_id', randomUUID()).replace(':client_id', 'web')}`, {
      method,
      headers: {
        authorization: `Bearer ${await own.accountToken()}`,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
/** A form for people who forgot something, with the guest's token and cookie. */
const recovery =
  (name: string, fields: (own: Belongings) => Record<string, string>): RouteCase =>
  (at, own) =>
    postForm(
      `${at.issuer}/${name}`,
      { ...own.guest.forms['recovery'], ...fields(own) },
      { ...HTML, ...cookies(at, own.guest), 'sec-fetch-site': 'same-origin' },
    );

/** By route; a route may have several. */
export const routeCases: Readonly<Record<string, Readonly<Record<string, RouteCase>>>> = {
  'GET /sign-in': {
    'pending request': page((own) => `/sign-in?request=${requestOf('sign-in', 'guest')(own)}`, 'guest'),
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
    'session and pending request': page((own) => `/consent?request=${requestOf('consent', 'person')(own)}`),
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
  'GET /account/security': { session: page(() => '/account/security') },
  'GET /account/sessions': { session: page(() => '/account/sessions') },
  'GET /account/applications': { session: page(() => '/account/applications') },
  'POST /account/withdraw': { 'session and CSRF token': form('account/withdraw', 'person') },
  'POST /account/end-session': { 'session and CSRF token': form('account/end-session', 'person') },
  'POST /account/end-other-sessions': { 'session and CSRF token': form('account/end-other-sessions', 'person') },
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
  'POST /forgot-password': { 'CSRF token': recovery('forgot-password', () => ({ identifier: 'alice' })) },
  'POST /forgot-password/code': {
    'code and CSRF token': recovery('forgot-password/code', ({ resetId, resetCode }) => ({
      sent: resetId,
      code: resetCode,
    })),
  },
  'GET /reset-password': { link: page(({ resetToken }) => `/reset-password?token=${resetToken}`, 'guest') },
  'POST /reset-password': {
    'link and CSRF token': recovery('reset-password', ({ resetToken: token }) => ({
      token,
      new_password: ALICE_PASSWORD,
      new_password_again: ALICE_PASSWORD,
    })),
  },
  'POST /forgot-username': { 'CSRF token': recovery('forgot-username', () => ({ email: 'alice@acme.test' })) },
  'GET /authorize': {
    client: (at, own) => send(authorizeUrl(at.issuer, authorizeParams(own)), { headers: HTML }),
    session: (at, own) =>
      send(authorizeUrl(at.issuer, { ...authorizeParams(own), client_id: 'web', prompt: 'none' }), {
        headers: { ...HTML, ...cookies(at, own.person) },
      }),
  },
  'POST /authorize': { client: (at, own) => postForm(`${at.issuer}/authorize`, authorizeParams(own), HTML) },
  'GET /authorize/resume': {
    'session and pending request': page((own) => `/authorize/resume?request=${requestOf('consent', 'person')(own)}`),
  },
  'GET /authorize/restart': {
    'session and pending request': page((own) => `/authorize/restart?request=${requestOf('consent', 'person')(own)}`),
  },
  'POST /token': {
    code: asWeb('/token', ({ code, verifier }) => ({
      grant_type: 'authorization_code',
      code,
      code_verifier: verifier,
      redirect_uri: WEB_REDIRECT,
    })),
    'refresh token': asWeb('/token', ({ refreshToken }) => ({
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
    })),
    'code of a public client': (at, { publicCode, publicVerifier }) =>
      postForm(`${at.issuer}/token`, {
        ...PUBLIC,
        grant_type: 'authorization_code',
        code: publicCode,
        code_verifier: publicVerifier,
        redirect_uri: SPA_REDIRECT,
      }),
    'refresh token of a public client': (at, { publicRefreshToken }) =>
      postForm(`${at.issuer}/token`, {
        ...PUBLIC,
        grant_type: 'refresh_token',
        refresh_token: publicRefreshToken,
      }),
    'client secret': (at, { webSecret, refreshToken }) =>
      postForm(
        `${at.issuer}/token`,
        { grant_type: 'refresh_token', refresh_token: refreshToken },
        { authorization: basic('web', webSecret) },
      ),
  },
  'POST /introspect': {
    'opaque access token': asMachine('/introspect', ({ opaqueToken }) => ({ token: opaqueToken })),
    'JWT access token': asWeb('/introspect', ({ accessToken }) => ({ token: accessToken })),
    'client secret': (at, { webSecret, accessToken }) =>
      postForm(`${at.issuer}/introspect`, { token: accessToken }, { authorization: basic('web', webSecret) }),
  },
  'POST /revoke': {
    'opaque access token': asMachine('/revoke', ({ opaqueToken }) => ({ token: opaqueToken })),
    'JWT access token': asWeb('/revoke', ({ accessToken }) => ({ token: accessToken })),
    'refresh token of a public client': (at, { publicRefreshToken }) =>
      postForm(`${at.issuer}/revoke`, { ...PUBLIC, token: publicRefreshToken }),
    'refresh token': asWeb('/revoke', ({ refreshToken }) => ({ token: refreshToken })),
    'client secret': (at, { webSecret, refreshToken }) =>
      postForm(`${at.issuer}/revoke`, { token: refreshToken }, { authorization: basic('web', webSecret) }),
  },
  'GET /userinfo': {
    'JWT access token': (at, { accessToken }) =>
      send(`${at.issuer}/userinfo`, { headers: { authorization: `Bearer ${accessToken}` } }),
    'opaque access token': (at, { opaqueToken }) =>
      send(`${at.issuer}/userinfo`, { headers: { authorization: `Bearer ${opaqueToken}` } }),
  },
  'POST /userinfo': {
    'JWT access token': (at, { accessToken }) => postForm(`${at.issuer}/userinfo`, { access_token: accessToken }),
    'opaque access token': (at, { opaqueToken }) => postForm(`${at.issuer}/userinfo`, { access_token: opaqueToken }),
  },
  'GET /end-session': {
    session: page(() => '/end-session'),
    ticket: page(({ logoutTicket }) => `/end-session?ticket=${logoutTicket}`, 'guest'),
    'ID token': (at, { idToken }) =>
      send(`${at.issuer}/end-session?id_token_hint=${idToken}&post_logout_redirect_uri=https://rp.test/out`, {
        headers: HTML,
      }),
  },
  'POST /end-session': {
    'ID token': async (at, { idToken }) => {
      const hint = { id_token_hint: idToken, post_logout_redirect_uri: 'https://rp.test/out' };
      const { headers } = await postForm(`${at.issuer}/end-session`, hint, HTML);
      return send(new URL(headers.location ?? '', at.issuer).href, { headers: HTML });
    },
  },
  'POST /end-session/confirm': {
    'session and CSRF token': form('end-session/confirm', 'person'),
    'session, CSRF token and ticket': (at, own) =>
      form('end-session/confirm', 'person', { ticket: own.logoutTicket })(at, own),
  },
};

/** Routes that take nothing of a tenant, with the reason. */
export const WITHOUT_BELONGINGS: Readonly<Record<string, string>> = {
  'GET /': 'a page of the address itself; whatever is sent along is not read',
  ...Object.fromEntries(
    [
      'sign-in/continue',
      'sign-in/passkey',
      'sign-in/passkey/options',
      'consent/switch',
      'account/passkeys/options',
      'account/passkeys/rename',
      'account/passkeys/remove',
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
  'GET /language/:locale/:page/:section': 'as the next',
  'GET /language/:locale/:page': 'a way to another address of this tenant; language.spec.ts has what is kept on it',
  'GET /error': 'fixed texts',
  'GET /branding/logo': 'public, and named by the address alone',
  'GET /.well-known/openid-configuration': 'public; public.spec.ts compares what the tenants publish',
  'GET /.well-known/oauth-authorization-server': 'public; public.spec.ts compares what the tenants publish',
  'GET /jwks': 'public; public.spec.ts compares what the tenants publish',
  'GET /health/live': 'about the process',
  'GET /health/ready': 'about the process',
  'GET /health/installation': 'about the process; own-server.spec.ts has what it proves',
  'GET /api/v1/openapi.json': 'about the software',
};
