import { beforeAll, describe, expect, it } from '@jest/globals';
import { TestBrowser, readForm } from '../../support/browser.js';
import { expectErrorResponse } from '../../support/expect-answer.js';
import { givenPlatform, givenTenant } from '../../support/given.js';
import {
  type AuthorizeParams,
  WEB_REDIRECT,
  authorize,
  authorizeUrl,
  pkce,
  redeem,
} from '../../support/tenant-fixture.js';

const { challenge, verifier } = pkce();
const PKCE = { code_challenge: challenge, code_challenge_method: 'S256' };
const OLD_REDIRECT = 'https://old.test/cb?a="<b>';
const platform = givenPlatform();
const acme = givenTenant(platform, 'acme', { allow_implicit_grant: true });

beforeAll(async () => {
  await platform.operator.create('/tenants/acme/clients', {
    client_id: 'old',
    redirect_uris: ['https://old.test/cb'],
    grant_types: ['implicit'],
    response_types: ['token', 'id_token'],
    scope: 'openid',
  });
});

const ask = (params: AuthorizeParams) => new TestBrowser().open(authorizeUrl(acme.issuer, { ...PKCE, ...params }));

describe('OAuth 2.0 Form Post Response Mode §2', () => {
  it('sends the response as a form to the redirect URI, which works without a script', async () => {
    const page = await authorize(acme.issuer, { ...PKCE, response_mode: 'form_post' });
    expect(page.status).toBe(200);
    expect(page.headers['cache-control']).toBe('no-store');
    const { action, method, fields } = readForm(page, 'form-post');
    expect([action, method]).toEqual([WEB_REDIRECT, 'POST']);
    expect(fields).toEqual({ code: expect.any(String), state: 's1', iss: acme.issuer });
    expect(page.text).toMatch(/<button[^>]*type="submit"/);
    expect((await redeem(acme, { code: fields['code'], code_verifier: verifier })).status).toBe(200);
  });

  it('lets the page run its own script only, and lead to the redirect URI only', async () => {
    const page = await authorize(acme.issuer, { ...PKCE, response_mode: 'form_post' });
    const policy = String(page.headers['content-security-policy']);
    const [, nonce = ''] = /script-src 'nonce-([^']+)'/.exec(policy) ?? [];
    expect(nonce.length).toBeGreaterThanOrEqual(22);
    expect(page.text).toContain(`<script nonce="${nonce}">`);
    expect(policy).not.toContain('unsafe-inline');
    expect(policy).toMatch(/form-action [^;]*https:\/\/rp\.test/);
    expect(policy).toContain("frame-ancestors 'none'");
  });

  it.each([`"><script>alert(1)</script>`, `'&amp;</form>`, `a b+c%20`, '\u2028€🦊'])(
    'escapes the state %j and returns it unchanged',
    async (state) => {
      const page = await ask({ response_mode: 'form_post', prompt: 'none', state });
      expect(readForm(page, 'form-post').fields).toMatchObject({ error: 'login_required', state });
      expect(page.text.match(/<script/g)).toHaveLength(1);
    },
  );

  it('carries tokens as well', async () => {
    const params = { client_id: 'old', redirect_uri: 'https://old.test/cb', response_mode: 'form_post' };
    const page = await authorize(acme.issuer, { ...params, response_type: 'id_token', nonce: 'n' });
    expect(Object.keys(readForm(page, 'form-post').fields).sort()).toEqual(['id_token', 'iss', 'state']);
  });

  it('never comes to an unregistered place', async () => {
    const page = await ask({ response_mode: 'form_post', redirect_uri: OLD_REDIRECT });
    expect(page.status).toBe(400);
    expect(page.text).not.toContain('id="form-post"');
    expect(page.text).not.toContain('old.test');
  });
});

describe('OAuth 2.0 Multiple Response Types §2.1: response_mode', () => {
  it('fragment carries a code when it is asked for', async () => {
    const page = await authorize(acme.issuer, { ...PKCE, response_mode: 'fragment' });
    expect(page.headers.location).toContain(`${WEB_REDIRECT}#code=`);
  });

  it('query is refused where tokens would travel in it, and the refusal is in the fragment', async () => {
    const params = { client_id: 'old', redirect_uri: 'https://old.test/cb', response_mode: 'query', nonce: 'n' };
    for (const response_type of ['token', 'id_token']) {
      const page = await ask({ ...params, response_type });
      expect(page.headers.location).toContain('https://old.test/cb#');
      expectErrorResponse(page, 'https://old.test/cb', { error: 'invalid_request', state: 's1', iss: acme.issuer });
    }
  });
});
