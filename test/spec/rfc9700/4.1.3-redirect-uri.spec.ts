import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Page, TestBrowser } from '../../support/browser.js';
import { expectErrorPage } from '../../support/expect-answer.js';
import { encodeForm } from '../../support/http.js';
import { hostileUris } from '../../support/hostile-uris.js';
import { givenPlatform, givenTenant } from '../../support/given.js';
import {
  type AuthorizeParams,
  WEB_REDIRECT,
  authorizeUrl,
  getCode,
  pkce,
  responseOf,
} from '../../support/tenant-fixture.js';

const { challenge } = pkce();
const PKCE = { code_challenge: challenge, code_challenge_method: 'S256' };
const WITH_QUERY = 'https://rp.test/cb?x=1&y=2';
const EVIL = 'https://evil.test/cb';
const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');

beforeAll(async () => {
  const register = (client_id: string, redirect_uris: string[]) =>
    platform.operator.create('/tenants/acme/clients', { client_id, redirect_uris, scope: 'openid' });
  await register('query', [WITH_QUERY]);
  await register('two', [WEB_REDIRECT, 'https://rp.test/second']);
});

/** Nothing happened but a page: no redirect, no cookie, nothing of the request in it. */
function expectNothingSent(page: Page, error = 'invalid_request'): void {
  expectErrorPage(page, 400, error);
  expect(page.headers['set-cookie']).toBeUndefined();
  expect(page.headers['refresh']).toBeUndefined();
  expect(page.text).not.toMatch(/evil|rp\.test|alert\(1\)/);
}

describe.each(['path', 'host'] as const)('RFC 9700 §4.1.3: exact comparison, at the %s address', (kind) => {
  /** Signed in, with a consent for `web`: for the registered URI a code would be issued at once. */
  let browser: TestBrowser;
  let issuer: string;
  beforeAll(async () => {
    issuer = kind === 'path' ? acme.issuer : acme.hostIssuer;
    browser = new TestBrowser();
    await getCode(issuer, {}, browser);
  });
  const get = (params: AuthorizeParams) => browser.open(authorizeUrl(issuer, { ...PKCE, ...params }));
  const post = (query: AuthorizeParams, form: AuthorizeParams) => {
    const rest = { response_type: 'code', scope: 'openid', state: 's1', ...PKCE };
    const url = `${issuer}/authorize?${encodeForm(query)}`;
    return browser.request('POST', url, encodeForm({ ...rest, ...form }), { accept: 'text/html' });
  };

  it('takes the registered one', async () => {
    expect(responseOf(await get({}))).toHaveProperty('code');
  });

  it.each(hostileUris('cb'))('never sends anything to %j', async (redirect_uri) => {
    expectNothingSent(await get({ redirect_uri }));
    expectNothingSent(await post({}, { client_id: 'web', redirect_uri }));
  });

  it.each([
    'https://rp.test/cb',
    'https://rp.test/cb?x=1',
    'https://rp.test/cb?x=2&y=2',
    'https://rp.test/cb?y=2&x=1',
    `${WITH_QUERY}&z=3`,
    'https://rp.test/cb?x=1&y=%32',
  ])('compares a registered query as well: not %s', async (redirect_uri) => {
    expectNothingSent(await get({ client_id: 'query', redirect_uri }));
  });

  it('asks for it even when only one, or several, are registered', async () => {
    expectNothingSent(await get({ redirect_uri: undefined }));
    expectNothingSent(await get({ client_id: 'two', redirect_uri: undefined }));
    expectNothingSent(await post({}, { client_id: 'two' }));
  });

  it('takes two of them for none, in any order, by GET, by POST, and split between query and form', async () => {
    for (const redirect_uri of [
      [WEB_REDIRECT, EVIL],
      [EVIL, WEB_REDIRECT],
    ]) {
      expectNothingSent(await get({ redirect_uri }));
      expectNothingSent(await post({}, { client_id: 'web', redirect_uri }));
      const [inQuery, inForm] = redirect_uri;
      expectNothingSent(await post({ redirect_uri: inQuery }, { client_id: 'web', redirect_uri: inForm }));
    }
  });

  it('takes two clients for none, by GET, by POST, and split between query and form', async () => {
    const redirect_uri = WEB_REDIRECT;
    const client_id = ['web', 'two'];
    expectNothingSent(await get({ client_id, redirect_uri }));
    expectNothingSent(await post({}, { client_id, redirect_uri }));
    expectNothingSent(await post({ client_id: 'two' }, { client_id: 'web', redirect_uri }));
  });

  it.each<[string, AuthorizeParams]>([
    ['response_type', { response_type: 'bogus' }],
    ['response_mode', { response_mode: 'form_post' }],
    ['scope', { scope: 'does-not-exist' }],
    ['prompt', { prompt: 'none' }],
    ['a wrong prompt', { prompt: 'bogus' }],
    ['request', { request: 'x.y.z' }],
    ['id_token_hint', { id_token_hint: 'x.y.z' }],
    ['repeated parameters', { state: ['a', 'b'] }],
  ])('is asked before %s', async (_, params) => {
    expectNothingSent(await get({ ...params, redirect_uri: EVIL }));
    expectNothingSent(await get({ ...params, client_id: 'nobody', redirect_uri: EVIL }), 'invalid_client');
    expectNothingSent(await get({ ...params, client_id: 'nobody' }), 'invalid_client');
  });
});
