import { beforeAll, describe, expect, it } from '@jest/globals';
import { type JWTPayload, decodeJwt } from 'jose';
import { TestBrowser } from '../../support/browser.js';
import { expectErrorResponse, expectTokens } from '../../support/expect-answer.js';
import { givenPlatform, givenTenant } from '../../support/given.js';
import { signAsTenant } from '../../support/sign-as-tenant.js';
import {
  type AuthorizeParams,
  WEB_REDIRECT,
  authorize,
  authorizeUrl,
  getCode,
  getTokens,
  pkce,
  redeem,
  responseOf,
} from '../../support/tenant-fixture.js';

const { challenge } = pkce();
const PKCE = { code_challenge: challenge, code_challenge_method: 'S256' };
const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');
/** Signed in as alice, who has consented to `web` and `openid`. */
let browser: TestBrowser;

beforeAll(async () => {
  browser = new TestBrowser();
  await getCode(acme.issuer, {}, browser);
});

const ask = (params: AuthorizeParams, by = browser) => by.open(authorizeUrl(acme.issuer, { ...PKCE, ...params }));
const isSignIn = (page: { text: string }) => page.text.includes('id="login-form"');

/** What the certification profile of every provider asks to be taken, understood or not. */
describe('OpenID Connect Core §15.1: parameters that use must not be refused for', () => {
  it.each<[string, AuthorizeParams]>([
    ['display=page', { display: 'page' }],
    ['display=popup', { display: 'popup' }],
    ['display=touch', { display: 'touch' }],
    ['display=wap', { display: 'wap' }],
    ['display of another kind', { display: 'hologram' }],
    ['ui_locales', { ui_locales: 'se de' }],
    ['a hundred ui_locales', { ui_locales: Array.from({ length: 100 }, (_, index) => `x${index}-Latn`).join(' ') }],
    ['ui_locales that are none', { ui_locales: '- -- *-* i-default <b> __proto__ constructor' }],
    ['claims_locales', { claims_locales: 'se fr' }],
    ['acr_values', { acr_values: '1 2 urn:mace:incommon:iap:silver' }],
    ['claims', { claims: '{"userinfo":{"name":{"essential":true}}}' }],
    ['claims that are no JSON', { claims: '{' }],
    ['login_hint', { login_hint: 'bob@example.com' }],
    ['an unknown parameter', { extra: 'foobar' }],
    ['max_age=10000', { max_age: '10000' }],
    ['a max_age of many years', { max_age: '2147483647' }],
  ])('%s', async (_, params) => {
    expect(responseOf(await ask(params))).toHaveProperty('code');
    expect(isSignIn(await ask(params, new TestBrowser()))).toBe(true);
  });

  it('neither nonce, nor state, nor PKCE from a client that is excused from it', async () => {
    const page = await authorize(acme.issuer, { client_id: 'legacy', state: undefined });
    expect(responseOf(page)).toEqual({ code: expect.any(String), iss: acme.issuer });
    const { code } = responseOf(page);
    const tokens = expectTokens(await redeem(acme, { code }, 'legacy'));
    expect(decodeJwt(String(tokens['id_token']))).not.toHaveProperty('nonce');
  });

  it('display=popup leaves the opener its window, on the pages of that request only', async () => {
    const stranger = new TestBrowser();
    expect((await ask({ display: 'popup' }, stranger)).headers).not.toHaveProperty('cross-origin-opener-policy');
    expect((await ask({}, stranger)).headers['cross-origin-opener-policy']).toBe('same-origin');
  });
});

describe('OpenID Connect Core §3.1.2.1: prompt=none', () => {
  it.each<[string, AuthorizeParams, string]>([
    ['nobody is signed in', { prompt: 'none' }, 'login_required'],
    ['max_age=0', { prompt: 'none', max_age: '0' }, 'login_required'],
    ['consent is missing', { prompt: 'none', scope: 'openid email' }, 'consent_required'],
  ])('says so without a page, and leaves no cookie: %s', async (condition, params, error) => {
    const by = condition.startsWith('nobody') ? new TestBrowser() : browser;
    const page = await by.request('GET', authorizeUrl(acme.issuer, { ...PKCE, ...params }));
    expectErrorResponse(page, WEB_REDIRECT, { error, state: 's1', iss: acme.issuer });
    expect(page.headers['set-cookie']).toBeUndefined();
    expect(page.text).toBe('');
  });

  it('leaves no request to go on with', async () => {
    const before = await platform.database.query('SELECT count(*) FROM authorization_requests');
    await ask({ prompt: 'none' }, new TestBrowser());
    expect(await platform.database.query('SELECT count(*) FROM authorization_requests')).toEqual(before);
  });

  it.each(['none none', 'none consent', 'consent none', 'NONE', 'none\u00a0', 'create', 'login,consent'])(
    'is nothing beside another value, and only by its name: prompt=%s',
    async (prompt) => {
      const page = await ask({ prompt });
      expectErrorResponse(page, WEB_REDIRECT, { error: 'invalid_request', state: 's1', iss: acme.issuer });
    },
  );
});

describe('OpenID Connect Core §3.1.2.1: max_age', () => {
  it.each(['1e3', '1.0', '+5', ' 5', '5 ', '-0', '0x1', '٣', '5,5', 'NaN'])(
    'is a whole number, not %j',
    async (max_age) => {
      const page = await ask({ max_age });
      expectErrorResponse(page, WEB_REDIRECT, { error: 'invalid_request', state: 's1', iss: acme.issuer });
    },
  );
});

describe('OpenID Connect Core §3.1.2.1: id_token_hint', () => {
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = (): JWTPayload => decodeJwt(idToken);
  let idToken: string;
  beforeAll(async () => {
    idToken = String((await getTokens(acme, {}, browser))['id_token']);
  });

  it('may be older than its exp', async () => {
    const { iat, exp, ...rest } = claims();
    const year = 365 * 24 * 3600;
    const old = await signAsTenant(platform, acme, { ...rest, iat: Number(iat) - year, exp: Number(exp) - year });
    expect(responseOf(await ask({ id_token_hint: old, prompt: 'none' }))).toHaveProperty('code');
  });

  it('is the same from every address of the tenant', async () => {
    const page = await browser.open(authorizeUrl(acme.hostIssuer, { ...PKCE, id_token_hint: idToken }));
    expect(isSignIn(page)).toBe(true);
  });

  it.each<[string, () => string | Promise<string>]>([
    ['of algorithm none', () => `${encode({ alg: 'none' })}.${idToken.split('.')[1]}.`],
    [
      'of algorithm none, with a genuine kid',
      () => {
        const [header = '', payload = ''] = idToken.split('.');
        const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid: string };
        return `${encode({ alg: 'none', kid })}.${payload}.`;
      },
    ],
    ['without its signature', () => `${idToken.split('.').slice(0, 2).join('.')}.`],
    ['with other claims', () => idToken.replace(/\.[^.]+\./, `.${encode({ ...claims(), sub: 'bob' })}.`)],
    ['of another issuer', () => signAsTenant(platform, acme, { ...claims(), iss: 'https://evil.test' })],
    ['without an issuer', () => signAsTenant(platform, acme, { sub: acme.aliceId, aud: 'web' })],
    ['for several audiences', () => signAsTenant(platform, acme, { ...claims(), aud: ['web', 'other'] })],
    ['that is an access token', async () => String((await getTokens(acme, {}, browser))['access_token'])],
    ['with a kid that is no string', () => `${encode({ alg: 'ES256', kid: { a: 1 } })}.e30.AA`],
    ['with a kid of a prototype', () => `${encode({ alg: 'ES256', kid: '__proto__' })}.e30.AA`],
    ['with a header that is null', () => 'bnVsbA.e30.AA'],
    ['of five parts', () => 'a.b.c.d.e'],
    ['of dots', () => '....'],
    ['of 20 kB', () => 'a'.repeat(20_000)],
  ])('is refused %s', async (_, hint) => {
    const page = await ask({ id_token_hint: await hint(), prompt: 'none' });
    expectErrorResponse(page, WEB_REDIRECT, { error: 'invalid_request', state: 's1', iss: acme.issuer });
  });
});

describe('OpenID Connect Core §6: request objects are not supported, in any combination', () => {
  const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(
    JSON.stringify({ client_id: 'other', redirect_uri: 'https://evil.test/cb', response_type: 'token' }),
  ).toString('base64url')}.`;

  it.each<[string, AuthorizeParams, string]>([
    ['unsigned, with another redirect URI', { request: unsigned }, 'request_not_supported'],
    ['no JWT', { request: 'nonsense' }, 'request_not_supported'],
    ['by reference', { request_uri: 'https://rp.test/r.jwt' }, 'request_uri_not_supported'],
    ['pushed', { request_uri: 'urn:ietf:params:oauth:request_uri:x' }, 'request_uri_not_supported'],
    ['both', { request: unsigned, request_uri: 'https://rp.test/r.jwt' }, 'request_not_supported'],
  ])('%s', async (_, params, error) => {
    const page = await ask(params);
    expectErrorResponse(page, WEB_REDIRECT, { error, state: 's1', iss: acme.issuer });
  });

  it.each(['request', 'request_uri'])('an empty %s is none', async (name) => {
    expect(responseOf(await ask({ [name]: '' }))).toHaveProperty('code');
  });
});

describe('OpenID Connect Core §3.1.2.1: login_hint', () => {
  it.each(['</title><script>alert(1)</script>', `" autofocus onfocus="alert(1)`])(
    'is text and nothing else: %s',
    async (login_hint) => {
      const page = await ask({ login_hint }, new TestBrowser());
      expect(isSignIn(page)).toBe(true);
      expect(page.text).toContain('alert(1)');
      expect(page.text.replace(/"[^"]*"/g, '""')).not.toMatch(/alert|onfocus/);
      const scripts = ({ text }: { readonly text: string }) =>
        text.match(/<script.*?<\/script>/gs)?.map((script) => script.replace(/nonce="[^"]*"/, ''));
      expect(scripts(page)).toEqual(scripts(await ask({}, new TestBrowser())));
    },
  );
});
