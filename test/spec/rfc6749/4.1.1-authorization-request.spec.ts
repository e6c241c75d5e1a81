import { beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { type Page, TestBrowser, readForm } from '../../support/browser.js';
import { expectErrorPage, expectErrorResponse, expectTokens } from '../../support/expect-answer.js';
import { encodeForm } from '../../support/http.js';
import { allPlanes } from '../../support/planes.js';
import { givenPlatform, givenTenant } from '../../support/given.js';
import {
  type AuthorizeParams,
  WEB_REDIRECT,
  authorizeUrl,
  getCode,
  pkce,
  redeem,
  responseOf,
} from '../../support/tenant-fixture.js';

const { challenge, verifier } = pkce();
const PKCE = { code_challenge: challenge, code_challenge_method: 'S256' };
const OLD_REDIRECT = 'https://old.test/cb';
/** More than 4 kB of what hurts in HTML, in a URL and in a header. */
const HOSTILE = `"><svg onload=alert(1)>'\`&amp;&#x3c;</form></script>%0d%0a%22 \\${allPlanes()}`.repeat(16);
const platform = givenPlatform();
const acme = givenTenant(platform, 'acme', { allow_implicit_grant: true });

beforeAll(async () => {
  await platform.operator.create('/tenants/acme/clients', {
    client_id: 'old',
    application_type: 'browser',
    redirect_uris: [OLD_REDIRECT],
    grant_types: ['implicit'],
    response_types: ['token', 'id_token', 'id_token token'],
    scope: 'openid',
  });
});

describe.each(['path', 'host'] as const)('RFC 6749 §4.1.1, at the %s address', (kind) => {
  /** Signed in as alice, who has consented to `web` and `openid`. */
  let browser: TestBrowser;
  let issuer: string;
  beforeAll(async () => {
    issuer = kind === 'path' ? acme.issuer : acme.hostIssuer;
    browser = new TestBrowser();
    await getCode(issuer, {}, browser);
  });

  const ask = (params: AuthorizeParams, by = browser) => by.open(authorizeUrl(issuer, { ...PKCE, ...params }));
  /** As the form of another site: the browser's cookies come with the GET that follows. */
  const post = async (params: AuthorizeParams, by = browser): Promise<Page> => {
    const form = { client_id: 'web', redirect_uri: WEB_REDIRECT, response_type: 'code', scope: 'openid', ...PKCE };
    const body = encodeForm({ ...form, ...params });
    const page = await new TestBrowser().request('POST', `${issuer}/authorize`, body, { accept: 'text/html' });
    const { location = '' } = page.headers;
    return location.startsWith('/') ? by.open(new URL(location, issuer).href) : page;
  };

  describe('state', () => {
    it.each(['query', 'fragment'])('is returned byte by byte in the %s', async (response_mode) => {
      expect(Buffer.byteLength(HOSTILE)).toBeGreaterThan(4096);
      // All of it, percent-encoded, would be more than the HTTP client of the tests takes in one header.
      for (const state of [HOSTILE.slice(0, 700), allPlanes(), 'a'.repeat(8192)]) {
        expect(responseOf(await ask({ state, response_mode, prompt: 'none' }))['state']).toBe(state);
      }
    });

    it('is returned byte by byte by form_post, escaped, after a sign-in and an error alike', async () => {
      const stranger = await post({ state: HOSTILE, response_mode: 'form_post', prompt: 'none' }, new TestBrowser());
      expect(readForm(stranger, 'form-post').fields).toMatchObject({ state: HOSTILE, error: 'login_required' });
      const page = await post({ state: HOSTILE, response_mode: 'form_post' });
      expect(readForm(page, 'form-post').fields).toEqual({ state: HOSTILE, iss: issuer, code: expect.any(String) });
      for (const { text } of [stranger, page]) {
        expect(text).not.toContain('<svg');
        expect(text.match(/<script/g)).toHaveLength(1);
        expect(text.match(/<form/g)).toHaveLength(1);
      }
    });

    it('is refused beyond 8192 characters, not cut, and not sent back in the answer that says so', async () => {
      const answer = await ask({ state: 'a'.repeat(8193) });
      expectErrorResponse(answer, WEB_REDIRECT, { error: 'invalid_request', iss: issuer });
      expect(responseOf(answer)['state']).toBeUndefined();
    });

    it('is refused with control characters, on a page', async () => {
      expectErrorPage(await ask({ state: 'a\r\nb' }), 400, 'invalid_request');
    });
  });

  describe('nonce', () => {
    it.each(['n'.repeat(512), 'n'.repeat(2048), `"<${allPlanes()}`])('comes back unchanged', async (nonce) => {
      const { code } = responseOf(await ask({ nonce }));
      const tokens = expectTokens(await redeem({ ...acme, issuer }, { code, code_verifier: verifier }));
      expect(decodeJwt(String(tokens['id_token']))['nonce']).toBe(nonce);
    });

    it('is refused beyond 2048 characters, not cut', async () => {
      const page = await ask({ nonce: 'n'.repeat(2049) });
      expectErrorResponse(page, WEB_REDIRECT, { error: 'invalid_request', state: 's1', iss: issuer });
    });
  });

  describe('scope', () => {
    it.each(['email openid', 'openid openid email', ' openid   email ', 'email openid email'])(
      'says the same in any order, repeated and spaced: %j',
      async (scope) => {
        const patient = new TestBrowser();
        await getCode(issuer, { scope: 'openid email' }, patient);
        const { code } = responseOf(await ask({ scope, prompt: 'none' }, patient));
        const tokens = expectTokens(await redeem({ ...acme, issuer }, { code, code_verifier: verifier }));
        expect(String(tokens['scope']).split(' ').sort()).toEqual(['email', 'openid']);
      },
    );

    it.each(['*', 'OPENID', 'groups', 'orders:read,orders:write', 'https://graph.example/.default'])(
      'leaves out what nothing here has, and names what was granted (RFC 6749 §3.3): %s',
      async (unknown) => {
        const { code } = responseOf(await ask({ scope: `openid ${unknown}` }));
        const tokens = expectTokens(await redeem({ ...acme, issuer }, { code, code_verifier: verifier }));
        expect(tokens['scope']).toBe('openid');
      },
    );

    it.each([
      'admin:* groups',
      'openid users:read groups',
      'openid "orders:read"',
      'openid orders\\read',
      'openid \u00a0email',
      `openid ${'a'.repeat(10_240)}`,
      `openid ${Array.from({ length: 200 }, (_, index) => `s${index}`).join(' ')}`,
    ])('is refused: %s', async (scope) => {
      for (const page of [await ask({ scope }), await post({ scope, state: 's1' })]) {
        expectErrorResponse(page, WEB_REDIRECT, { error: 'invalid_scope', state: 's1', iss: issuer });
      }
    });
  });

  describe('resource (RFC 8707 §2)', () => {
    it('may be repeated, the same one in any spelling and empty ones too', async () => {
      const spellings = [acme.api, '', acme.api, `${acme.api}/`, `${acme.api}:443`, acme.api.toUpperCase()];
      const page = await ask({ scope: 'openid orders:read', resource: spellings });
      expect(page.text).toContain('id="consent-approve"');
    });

    it.each<[string, () => string]>([
      ['unknown', () => 'https://nobody.test'],
      ['relative', () => '/orders'],
      ['with a fragment', () => `${acme.api}#x`],
      ['with a path that is not registered', () => `${acme.api}/orders`],
      ['the management API', () => `${platform.url}/api`],
      ['another tenant', () => `${platform.url}/t/globex`],
    ])('is refused, alone and beside a good one: %s', async (_, resource) => {
      for (const resources of [[resource()], [acme.api, resource()]]) {
        const page = await ask({ scope: 'openid orders:read', resource: resources });
        expectErrorResponse(page, WEB_REDIRECT, { error: 'invalid_target', state: 's1', iss: issuer });
      }
    });
  });

  describe('response_type and response_mode', () => {
    it.each([
      ['none', 'unsupported_response_type', '?'],
      ['code code', 'unsupported_response_type', '?'],
      ['CODE', 'unsupported_response_type', '?'],
      [' code', 'unsupported_response_type', '?'],
      ['constructor', 'unsupported_response_type', '?'],
      ['id_token token', 'unauthorized_client', '#'],
      ['token id_token code', 'unauthorized_client', '#'],
    ])('%j gives a client for codes nothing but the error', async (response_type, error, separator) => {
      const page = await ask({ response_type, nonce: 'n' });
      expect(page.headers.location).toContain(`${WEB_REDIRECT}${separator}`);
      expectErrorResponse(page, WEB_REDIRECT, { error, state: 's1', iss: issuer });
    });

    it('code gives a client for tokens nothing but the error', async () => {
      const page = await ask({ client_id: 'old', redirect_uri: OLD_REDIRECT });
      expectErrorResponse(page, OLD_REDIRECT, { error: 'unauthorized_client', state: 's1', iss: issuer });
    });

    it.each(['web_message', 'jwt', 'query.jwt', 'fragment.jwt', 'form_post.jwt', 'QUERY', 'toString'])(
      'the mode %s is refused by the default one',
      async (response_mode) => {
        const code = await ask({ response_mode });
        expect(code.headers.location).toContain(`${WEB_REDIRECT}?`);
        expectErrorResponse(code, WEB_REDIRECT, { error: 'invalid_request', state: 's1', iss: issuer });
        const old = { client_id: 'old', redirect_uri: OLD_REDIRECT, response_type: 'id_token token', nonce: 'n' };
        const tokens = await ask({ ...old, response_mode });
        expect(tokens.headers.location).toContain(`${OLD_REDIRECT}#`);
        expectErrorResponse(tokens, OLD_REDIRECT, { error: 'invalid_request', state: 's1', iss: issuer });
      },
    );

    it.each<[string, AuthorizeParams]>([
      ['a prompt that cannot be', { prompt: 'none login' }],
      ['an unknown scope', { scope: 'nonsense' }],
      ['no challenge', { code_challenge: undefined }],
      ['a repeated parameter', { nonce: ['a', 'b'] }],
      ['a request object', { request: 'x.y.z' }],
      ['nobody signed in', { prompt: 'none' }],
    ])('an error travels as the answer would have: %s', async (_, params) => {
      const by = new TestBrowser();
      const inQuery = responseOf(await ask(params, by));
      expect(inQuery).toMatchObject({ error: expect.any(String), state: 's1', iss: issuer });
      const fragment = await ask({ ...params, response_mode: 'fragment' }, by);
      expect(fragment.headers.location).toContain(`${WEB_REDIRECT}#`);
      expect(responseOf(fragment)).toEqual(inQuery);
      const form = readForm(await ask({ ...params, response_mode: 'form_post' }, by), 'form-post');
      expect([form.action, form.fields]).toEqual([WEB_REDIRECT, inQuery]);
    });

    it('repeated, they give an error and no token, wherever it arrives', async () => {
      const old = { client_id: 'old', redirect_uri: OLD_REDIRECT, scope: 'openid', nonce: 'n' };
      for (const params of [
        { response_type: ['token', 'code'] },
        { response_type: ['code', 'token'] },
        { response_type: 'token', response_mode: ['fragment', 'query'] },
        { response_type: 'token', response_mode: ['query', 'fragment'] },
      ]) {
        const page = await ask({ ...old, ...params });
        expectErrorResponse(page, OLD_REDIRECT, { error: 'invalid_request', state: 's1', iss: issuer });
      }
    });
  });

  describe('by POST', () => {
    it.each<[string, AuthorizeParams, string]>([
      ['no challenge', { code_challenge: undefined, code_challenge_method: undefined }, 'invalid_request'],
      ['a plain challenge', { code_challenge_method: 'plain' }, 'invalid_request'],
      ['two states', { state: ['s1', 's2'] }, 'invalid_request'],
      ['a response type of others', { response_type: 'token' }, 'unauthorized_client'],
      ['prompt=none, and nobody is signed in', { prompt: 'none' }, 'login_required'],
    ])('is refused as by GET: %s', async (_, params, error) => {
      const page = await post({ state: 's1', ...params }, new TestBrowser());
      expectErrorResponse(page, WEB_REDIRECT, { error, state: 's1', iss: issuer });
    });

    it('is answered at once for the browser that is signed in', async () => {
      expect(responseOf(await post({ prompt: 'none', state: 's1' }))).toEqual({
        code: expect.any(String),
        state: 's1',
        iss: issuer,
      });
    });

    it('is refused beyond 64 kB', async () => {
      const page = await post({ id_token_hint: 'a'.repeat(1_000_000) });
      expectErrorPage(page, 413, 'invalid_request');
    });
  });
});
