import { beforeAll, describe, expect, it } from '@jest/globals';
import { TestBrowser } from '../../support/browser.js';
import { expectErrorPage, expectErrorResponse } from '../../support/expect-answer.js';
import { encodeForm } from '../../support/http.js';
import { givenPlatform, givenTenant } from '../../support/given.js';
import {
  ALICE_PASSWORD,
  WEB_REDIRECT,
  authorizeUrl,
  getCode,
  pkce,
  redeem,
  responseOf,
} from '../../support/tenant-fixture.js';

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');
const { challenge, verifier } = pkce();
const REQUEST = {
  client_id: 'web',
  redirect_uri: WEB_REDIRECT,
  response_type: 'code',
  scope: 'openid',
  state: 'ü €',
  code_challenge: challenge,
  code_challenge_method: 'S256',
};

/** What the form of another site does: cookies that are `SameSite=Lax` stay behind. */
function postFromElsewhere(url: string, body: string) {
  const headers = { accept: 'text/html', origin: 'https://rp.test', 'sec-fetch-site': 'cross-site' };
  return new TestBrowser().request('POST', url, body, headers);
}

describe('RFC 6749 §3.1: GET and POST at the authorization endpoint', () => {
  it('takes a request by POST, and goes on with it in the browser that follows', async () => {
    const posted = await postFromElsewhere(`${acme.issuer}/authorize`, encodeForm(REQUEST));
    expect(posted.status).toBe(303);
    const browser = new TestBrowser();
    let page = await browser.open(new URL(posted.headers.location ?? '', acme.issuer).href);
    page = await browser.signIn(page, 'alice', ALICE_PASSWORD);
    page = await browser.decide(page, 'approve');
    expect(responseOf(page)).toEqual({ code: expect.any(String), state: 'ü €', iss: acme.issuer });
    expect((await redeem(acme, { code: responseOf(page)['code'], code_verifier: verifier })).status).toBe(200);
  });

  it('gives a request that came by POST to the first browser only', async () => {
    const posted = await postFromElsewhere(`${acme.issuer}/authorize`, encodeForm(REQUEST));
    const address = new URL(posted.headers.location ?? '', acme.issuer).href;
    expect((await new TestBrowser().open(address)).text).toContain('id="login-form"');
    expectErrorPage(await new TestBrowser().open(address), 400, 'invalid_request');
  });

  it('counts query and form of a POST as one request', async () => {
    const { state, ...rest } = REQUEST;
    const url = `${acme.issuer}/authorize?${encodeForm({ state })}`;
    expect((await postFromElsewhere(url, encodeForm(rest))).status).toBe(303);
    const twice = await postFromElsewhere(url, encodeForm({ ...rest, state: 'other' }));
    expect(responseOf(twice)).toMatchObject({ error: 'invalid_request' });
  });

  it('tells a proven client at once what is wrong with its POST', async () => {
    const page = await postFromElsewhere(`${acme.issuer}/authorize`, encodeForm({ ...REQUEST, scope: 'nonsense' }));
    expectErrorResponse(page, WEB_REDIRECT, { error: 'invalid_scope', state: 'ü €', iss: acme.issuer });
  });

  it('shows the error page for a POST that is no form', async () => {
    const headers = { accept: 'text/html', 'content-type': 'application/json' };
    const page = await new TestBrowser().request('POST', `${acme.issuer}/authorize`, JSON.stringify(REQUEST), headers);
    expectErrorPage(page, 400, 'invalid_request');
  });
});

describe('RFC 6749 §3.1: no other method does anything', () => {
  /** Signed in and consented to: a GET would be answered with a code at once. */
  let browser: TestBrowser;
  beforeAll(async () => {
    browser = new TestBrowser();
    await getCode(acme.issuer, {}, browser);
  });
  const codes = () => platform.database.query('SELECT digest FROM authorization_codes ORDER BY digest');

  it.each(['HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE', 'PATCH'])('%s', async (method) => {
    const before = await codes();
    const page = await browser.request(method, authorizeUrl(acme.issuer, REQUEST), undefined, { 'x-probe': 'echo' });
    expect([page.status, page.headers.allow]).toEqual([405, 'GET, POST']);
    expect(page.headers.location).toBeUndefined();
    expect(page.text).not.toContain('echo');
    expect(await codes()).toEqual(before);
  });

  it('HEAD says which methods do', async () => {
    for (const path of ['authorize', 'authorize/resume', 'authorize/restart']) {
      const page = await browser.request('HEAD', `${acme.issuer}/${path}`);
      expect([page.status, page.headers.allow]).toEqual([405, path === 'authorize' ? 'GET, POST' : 'GET']);
    }
  });
});

describe('RFC 6749 §3.1: parameters', () => {
  it('treats an empty parameter as omitted, and ignores an unknown one', async () => {
    const params = { ...REQUEST, state: '', nonce: '', prompt: '', max_age: '', resource: '', unheard_of: 'x' };
    const page = await new TestBrowser().open(authorizeUrl(acme.issuer, params));
    expect(page.status).toBe(200);
    expect(page.text).toContain('id="login-form"');
  });

  it('shows the error page for percent-encoding that is none, and for control characters', async () => {
    const url = authorizeUrl(acme.issuer, REQUEST);
    expectErrorPage(await new TestBrowser().open(`${url}&nonce=%zz`), 400, 'invalid_request');
    expectErrorPage(await new TestBrowser().open(`${url}&nonce=a%00b`), 400, 'invalid_request');
    expectErrorPage(await new TestBrowser().open(`${url}&nonce=%ff`), 400, 'invalid_request');
  });

  it('returns the state unchanged, whatever is in it', async () => {
    const state = `a&b=c#d?e%20f "<'>/\\ 🦊`;
    const page = await new TestBrowser().open(authorizeUrl(acme.issuer, { ...REQUEST, state, scope: 'nonsense' }));
    expect(responseOf(page)['state']).toBe(state);
  });

  it('never puts a parameter of the request into the headers of a page', async () => {
    const page = await new TestBrowser().open(authorizeUrl(acme.issuer, { ...REQUEST, login_hint: 'x\u2028y' }));
    expect(page.status).toBe(200);
    expect(page.headers['cache-control']).toBe('no-store');
    expect(page.headers['referrer-policy']).toBe('no-referrer');
  });
});
