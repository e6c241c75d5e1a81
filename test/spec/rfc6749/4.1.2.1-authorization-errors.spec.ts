import { beforeAll, describe, expect, it } from '@jest/globals';
import { TestBrowser } from '../../support/browser.js';
import { expectErrorPage, expectErrorResponse } from '../../support/expect-answer.js';
import { givenPlatform, givenTenant } from '../../support/given.js';
import { type AuthorizeParams, WEB_REDIRECT, authorizeUrl, pkce, responseOf } from '../../support/tenant-fixture.js';

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');
const { challenge } = pkce();
const PKCE = { code_challenge: challenge, code_challenge_method: 'S256' };

beforeAll(async () => {
  await platform.operator.create('/tenants/acme/clients', {
    client_id: 'disabled',
    redirect_uris: [WEB_REDIRECT],
    enabled: false,
  });
  await platform.operator.create('/tenants/acme/clients', {
    client_id: 'machine-with-uri',
    grant_types: ['client_credentials'],
    redirect_uris: [WEB_REDIRECT],
  });
});

function ask(params: AuthorizeParams, issuer = acme.issuer) {
  return new TestBrowser().open(authorizeUrl(issuer, { ...PKCE, ...params }));
}

describe('RFC 6749 §4.1.2.1: while client and redirect URI are not proven, nothing is sent to them', () => {
  it.each<[string, AuthorizeParams, string]>([
    ['without a client_id', { client_id: undefined }, 'invalid_request'],
    ['an empty client_id', { client_id: '' }, 'invalid_request'],
    ['an unknown client', { client_id: 'nobody' }, 'invalid_client'],
    ['a disabled client', { client_id: 'disabled' }, 'invalid_client'],
    ['two client_ids', { client_id: ['web', 'other'] }, 'invalid_request'],
    ['without a redirect_uri', { redirect_uri: undefined }, 'invalid_request'],
    ['an empty redirect_uri', { redirect_uri: '' }, 'invalid_request'],
    ['two redirect_uris', { redirect_uri: [WEB_REDIRECT, 'https://evil.test/'] }, 'invalid_request'],
    ['the same redirect_uri twice', { redirect_uri: [WEB_REDIRECT, WEB_REDIRECT] }, 'invalid_request'],
    ['an unregistered redirect_uri', { redirect_uri: 'https://evil.test/cb' }, 'invalid_request'],
    ['a redirect_uri with something after it', { redirect_uri: `${WEB_REDIRECT}/x` }, 'invalid_request'],
    ['a redirect_uri with a query', { redirect_uri: `${WEB_REDIRECT}?a=b` }, 'invalid_request'],
    ['a redirect_uri in other letters', { redirect_uri: 'https://RP.test/cb' }, 'invalid_request'],
  ])('shows the error page for %s', async (_, params, error) => {
    expectErrorPage(await ask(params), 400, error);
  });

  it('shows the same page when the rest of the request is wrong as well', async () => {
    const params = { redirect_uri: 'https://evil.test/cb', response_type: 'nonsense', scope: 'a"b' };
    expectErrorPage(await ask(params), 400, 'invalid_request');
  });
});

describe('RFC 6749 §4.1.2.1: a proven client hears what is wrong, with its state and the issuer', () => {
  it.each<[string, AuthorizeParams, string]>([
    ['without a response_type', { response_type: undefined }, 'invalid_request'],
    ['an empty response_type', { response_type: '' }, 'invalid_request'],
    ['an unknown response_type', { response_type: 'cipher' }, 'unsupported_response_type'],
    ['a known and an unknown response_type', { response_type: 'code cipher' }, 'unsupported_response_type'],
    ['a response_type it is not registered for', { response_type: 'token' }, 'unauthorized_client'],
    ['a scope nobody defined, and no other', { scope: 'nonsense' }, 'invalid_scope'],
    ['a scope it may not have', { scope: 'openid users:read' }, 'invalid_scope'],
    ['a scope with a forbidden character', { scope: 'openid a"b' }, 'invalid_scope'],
    ['a scope of another resource than the one named', { scope: 'stock:read', resource: 'API' }, 'invalid_scope'],
    ['a resource nobody registered', { resource: 'https://nobody.test' }, 'invalid_target'],
    ['a repeated scope', { scope: ['openid', 'openid'] }, 'invalid_request'],
    ['a repeated nonce', { nonce: ['a', 'b'] }, 'invalid_request'],
    ['a repeated unknown parameter', { whatever: ['a', 'b'] }, 'invalid_request'],
    ['an unknown prompt', { prompt: 'dance' }, 'invalid_request'],
    ['prompt=none beside another value', { prompt: 'none login' }, 'invalid_request'],
    ['a max_age that is no number', { max_age: '-1' }, 'invalid_request'],
    ['an id_token_hint that is no ID token', { id_token_hint: 'x.y.z' }, 'invalid_request'],
    ['an unknown response_mode', { response_mode: 'pigeon' }, 'invalid_request'],
    ['a request object', { request: 'x.y.z' }, 'request_not_supported'],
    ['a request_uri', { request_uri: 'https://rp.test/r' }, 'request_uri_not_supported'],
    ['a registration', { registration: '{}' }, 'registration_not_supported'],
  ])('%s', async (_, params, error) => {
    const resource = params['resource'] === 'API' ? acme.api : params['resource'];
    const page = await ask({ ...params, resource, state: 'a b&c' });
    const mode = params['response_type'] === 'token' ? '#' : '?';
    expect(page.headers.location).toContain(`${WEB_REDIRECT}${mode}`);
    expectErrorResponse(page, WEB_REDIRECT, { error, state: 'a b&c', iss: acme.issuer });
  });

  it('refuses the grant type the client does not have', async () => {
    const page = await ask({ client_id: 'machine-with-uri' });
    expectErrorResponse(page, WEB_REDIRECT, { error: 'unauthorized_client', state: 's1', iss: acme.issuer });
  });

  it('sends no state when there was none, and one state when there were two', async () => {
    expect(Object.keys(responseOf(await ask({ state: undefined, scope: 'no' })))).not.toContain('state');
    expect(responseOf(await ask({ state: ['first', 'second'] }))).toMatchObject({ error: 'invalid_request' });
  });

  it('says access_denied when the person does not allow it', async () => {
    const browser = new TestBrowser();
    const signIn = await browser.open(authorizeUrl(acme.issuer, PKCE));
    const consent = await browser.signIn(signIn, 'alice', 'correct horse battery staple');
    const page = await browser.decide(consent, 'deny');
    expectErrorResponse(page, WEB_REDIRECT, { error: 'access_denied', state: 's1', iss: acme.issuer });
    const codes = await platform.database.query('SELECT 1 FROM authorization_codes');
    expect(codes).toHaveLength(0);
  });

  it('keeps the query of a registered redirect URI', async () => {
    const redirect_uri = 'https://rp.test/cb?tenant=a%20b';
    await platform.operator.create('/tenants/acme/clients', { client_id: 'query', redirect_uris: [redirect_uri] });
    const page = await ask({ client_id: 'query', redirect_uri, scope: 'nonsense' });
    expect(page.headers.location).toContain('https://rp.test/cb?tenant=a%20b&error=invalid_scope');
  });
});
