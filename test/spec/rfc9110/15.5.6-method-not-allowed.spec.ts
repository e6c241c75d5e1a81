import { beforeAll, describe, expect, it } from '@jest/globals';
import { findRoutes } from '../../isolation/routes.js';
import { expectErrorPage, expectOAuthError } from '../../support/expect-answer.js';
import { type HttpAnswer, send } from '../../support/http.js';
import { givenPlatform, givenTenant } from '../../support/given.js';
import { createTenant } from '../../support/tenant-fixture.js';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'];
/** Of a client of the person, in a language. */
const CLIENT_PAGE = 'de/account/clients/01a20ccb-5908-7421-b495-92cb052cefe0/edit';
const PAGES: Readonly<Record<string, string>> = {
  '/authorize': 'GET, POST',
  '/authorize/resume': 'GET',
  '/authorize/restart': 'GET',
  '/sign-in': 'GET, POST',
  '/sign-in/continue': 'GET, POST',
  '/sign-in/passkey': 'GET, POST',
  '/sign-in/passkey/options': 'GET, POST',
  '/consent': 'GET, POST',
  '/consent/switch': 'GET, POST',
  '/account': 'GET',
  '/account/profile': 'GET, POST',
  '/account/email': 'GET, POST',
  '/account/email-code': 'GET, POST',
  '/account/confirm-email': 'GET, POST',
  '/account/activity': 'GET',
  '/account/data': 'GET',
  '/account/download': 'GET, POST',
  '/account/delete': 'GET, POST',
  '/account/keep': 'GET, POST',
  '/account/security': 'GET',
  '/account/sessions': 'GET',
  '/account/applications': 'GET',
  '/account/clients': 'GET',
  '/account/clients/new': 'GET, POST',
  '/account/accept-client': 'GET, POST',
  '/account/decline-client': 'GET, POST',
  '/account/clients/x': 'GET',
  '/account/clients/x/edit': 'GET, POST',
  '/account/clients/x/submit': 'GET, POST',
  '/account/clients/x/withdraw': 'GET, POST',
  '/account/clients/x/delete': 'GET, POST',
  '/account/clients/x/secrets': 'GET, POST',
  '/account/clients/x/end-secret': 'GET, POST',
  '/account/clients/x/owners': 'GET, POST',
  '/account/clients/x/ask-no-longer': 'GET, POST',
  '/account/clients/x/remove-owner': 'GET, POST',
  '/account/clients/x/redirects': 'GET',
  '/account/clients/x/snippets': 'GET',
  '/account/passkeys': 'GET, POST',
  '/account/passkeys/options': 'GET, POST',
  '/account/passkeys/rename': 'GET, POST',
  '/account/passkeys/remove': 'GET, POST',
  '/account/withdraw': 'GET, POST',
  '/account/end-session': 'GET, POST',
  '/account/end-other-sessions': 'GET, POST',
  '/second-factor': 'GET',
  '/second-factor/enrol': 'GET, POST', // as the name of a factor, which there is none of
  '/second-factor/skip': 'GET, POST',
  '/second-factor/enrol-totp': 'GET, POST',
  '/second-factor/enrol/totp': 'GET, POST',
  '/second-factor/enrol/totp/send': 'GET, POST',
  '/second-factor/passkey': 'GET, POST',
  '/second-factor/passkey/options': 'GET, POST',
  '/second-factor/enrol-passkey': 'GET, POST',
  '/second-factor/enrol-passkey/options': 'GET, POST',
  '/second-factor/totp': 'GET, POST',
  '/second-factor/totp/send': 'GET, POST',
  '/account/second-factor': 'GET',
  '/account/second-factor/remove': 'GET, POST',
  '/account/second-factor/recovery-codes': 'GET, POST',
  '/account/second-factor/forget': 'GET, POST',
  '/change-password': 'GET, POST',
  '/sign-up': 'GET, POST',
  '/sign-up-code': 'GET, POST',
  '/sign-up-code/resend': 'GET, POST',
  '/sign-up-code/continue': 'GET, POST',
  '/sign-up-link': 'GET, POST',
  '/invitation': 'GET, POST',
  '/set-password': 'GET, POST',
  '/verify-address': 'GET, POST',
  '/verify-address/send': 'GET, POST',
  '/verify-address/continue': 'GET, POST',
  '/verify-address-link': 'GET, POST',
  '/accept-terms': 'GET, POST',
  '/keep-account': 'GET, POST',
  '/complete-profile': 'GET, POST',
  '/forgot-password': 'GET, POST',
  '/forgot-password/code': 'GET, POST',
  '/reset-password': 'GET, POST',
  '/forgot-username': 'GET, POST',
  '/end-session': 'GET, POST',
  '/end-session/confirm': 'GET, POST',
  '/setup-link': 'GET, POST',
  '/error': 'GET',
  '/console': 'GET',
  '/console/session': 'GET',
  '/console/sign-in': 'GET',
  '/console/callback': 'GET',
  '/language/de/sign-in': 'GET',
  '/language/de/account/sessions': 'GET',
  '/language/de/second-factor/enrol/totp': 'GET',
  [`/language/${CLIENT_PAGE}`]: 'GET',
};
const MACHINES: Readonly<Record<string, string>> = {
  '/token': 'POST',
  '/introspect': 'POST',
  '/revoke': 'POST',
  '/userinfo': 'GET, POST',
  '/jwks': 'GET',
  '/.well-known/openid-configuration': 'GET',
};
/** A preflight is answered there, for pages of other origins (`http/cors.ts`). */
const PREFLIGHTED = new Set(['/token', '/revoke', '/userinfo', '/jwks', '/.well-known/openid-configuration']);
const ELSEWHERE = { origin: 'https://app.test', 'access-control-request-method': 'POST' };

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');

beforeAll(async () => {
  await createTenant(platform, 'asleep');
  await platform.operator.patch('/tenants/asleep', { status: 'suspended' });
});

const ask = (method: string, url: string, accept = 'text/html') =>
  send(url, { method, headers: { accept, ...ELSEWHERE, 'x-probe': 'echo' } });
const othersThan = (allowed: string) => METHODS.filter((method) => !allowed.split(', ').includes(method));

function expectNoCors({ headers }: HttpAnswer): void {
  expect(Object.keys(headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
}

describe('RFC 9110 §15.5.6: a method that an endpoint does not take', () => {
  it.each(Object.entries(PAGES))('of a page, %s, is refused by name of those it takes: %s', async (path, allowed) => {
    for (const issuer of [acme.issuer, acme.hostIssuer]) {
      for (const method of othersThan(allowed)) {
        const answer = await ask(method, `${issuer}${path}?x=1`);
        expect([method, answer.status, answer.headers.allow]).toEqual([method, 405, allowed]);
        expectErrorPage(answer, 405, 'invalid_request');
        expectNoCors(answer);
        expect(answer.text).not.toContain('echo');
        expect(answer.headers['set-cookie']).toBeUndefined();
      }
    }
  });

  it.each(Object.entries(MACHINES))('of a machine’s endpoint, %s, as well: %s', async (path, allowed) => {
    for (const method of othersThan(allowed)) {
      if (method === 'OPTIONS' && PREFLIGHTED.has(path)) continue;
      const answer = await ask(method, `${acme.issuer}${path}`, 'application/json');
      expect([method, answer.headers.allow]).toEqual([method, allowed]);
      expectOAuthError(answer, 405, 'invalid_request');
    }
  });

  it('HEAD, where a GET would do something', async () => {
    const answer = await ask('HEAD', `${acme.issuer}/authorize/resume`);
    expect([answer.status, answer.headers.allow, answer.text]).toEqual([405, 'GET', '']);
  });

  it('is told at every page there is', () => {
    // The mailbox of a development installation and `/tls/ask` are the platform’s, and no tenant’s (test/mail/mailbox.spec.ts).
    // Below the console every other address is its page (test/console).
    const public_ =
      /^\/(console\/(?:sign-out|setup|api|assets|\{)|api|dev\/mail|account\/api|health|assets|branding|tls\/ask|favicon\.ico|\.well-known|jwks|$)/;
    const paths = findRoutes(platform).map((route) => route.split(' ')[1] ?? '');
    const known = [...Object.keys(PAGES), ...Object.keys(MACHINES)];
    const all = new Set(
      paths.map((path) =>
        path
          .replace(':locale/:page/:section/:part/:detail', CLIENT_PAGE)
          .replace(':client', 'x')
          .replace(':locale/:page/:section/:part', 'de/second-factor/enrol/totp')
          .replace(':locale/:page/:section', 'de/account/sessions')
          .replace(':locale/:page', 'de/sign-in')
          .replace(':factor', 'totp'),
      ),
    );
    expect([...all].filter((path) => !public_.test(path) && !known.includes(path))).toEqual([]);
  });

  it.each([...Object.keys(PAGES), ...Object.keys(MACHINES)])(
    'tells nothing of a tenant that is suspended, nor of one that never was: %s',
    async (path) => {
      for (const accept of ['text/html', 'application/json']) {
        const unknown = await ask('PUT', `${platform.url}/t/nobody${path}`, accept);
        const suspended = await ask('PUT', `${platform.url}/t/asleep${path}`, accept);
        expect([unknown.status, unknown.headers.allow]).toEqual([404, undefined]);
        const essence = ({ status, headers, text }: HttpAnswer) => ({
          status,
          names: Object.keys(headers),
          text: text.replace(/nonce="[^"]*"/g, ''),
        });
        expect(essence(suspended)).toEqual(essence(unknown));
      }
    },
  );

  it.each([
    '/',
    '/nowhere',
    '/sign-in/',
    '/SIGN-IN',
    '/sign-in/continue/x',
    '/language/de',
    '/language/de/',
    '/api/v1/tenants',
  ])('is no matter where there is nothing: %s', async (path) => {
    for (const method of ['PUT', 'OPTIONS', 'DELETE']) {
      const answer = await ask(method, `${acme.issuer}${path}`);
      expect([answer.status, answer.headers.allow]).toEqual([404, undefined]);
    }
  });

  it('nor without a tenant', async () => {
    for (const path of Object.keys(PAGES)) {
      const answer = await ask('PUT', `${platform.url}${path}`);
      expect([answer.status, answer.headers.allow]).toEqual([404, undefined]);
    }
  });
});
