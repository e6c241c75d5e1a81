import { beforeAll, describe, expect, it } from '@jest/globals';
import { type Page, TestBrowser } from '../../support/browser.js';
import { encodeForm } from '../../support/http.js';
import { hostileUris } from '../../support/hostile-uris.js';
import { givenPlatform, givenTenant } from '../../support/given.js';
import { getTokens } from '../../support/tenant-fixture.js';

const OUT = 'https://rp.test/out';
const EVIL = 'https://evil.test/out';
const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');
let id_token_hint: string;

beforeAll(async () => {
  id_token_hint = String((await getTokens(acme))['id_token']);
});

function expectNoRedirect(page: Page): void {
  expect(page.headers.location).toBeUndefined();
  expect(page.headers['refresh']).toBeUndefined();
  expect(page.text).toMatch(/id="logged-out"|id="error-page" data-error="invalid_request"/);
  expect(page.text).not.toMatch(/evil|rp\.test|alert\(1\)/);
}

/** Nobody is signed in: a registered address is followed at once. */
describe.each(['path', 'host'] as const)('RP-Initiated Logout §3: exact comparison, at the %s address', (kind) => {
  const endpoint = () => `${kind === 'path' ? acme.issuer : acme.hostIssuer}/end-session`;
  const get = (params: Parameters<typeof encodeForm>[0]) =>
    new TestBrowser().open(`${endpoint()}?${encodeForm(params)}`);
  const post = async (query: string, params: Parameters<typeof encodeForm>[0]) => {
    const browser = new TestBrowser();
    const page = await browser.request('POST', `${endpoint()}?${query}`, encodeForm(params), { accept: 'text/html' });
    const { location } = page.headers;
    return location === undefined ? page : browser.open(new URL(location, endpoint()).href);
  };

  it('takes the registered one, by GET and by POST', async () => {
    const params = { id_token_hint, post_logout_redirect_uri: OUT };
    expect((await get(params)).headers.location).toBe(OUT);
    expect((await post('', params)).headers.location).toBe(OUT);
  });

  it.each(hostileUris('out'))('never leads to %j', async (post_logout_redirect_uri) => {
    expectNoRedirect(await get({ id_token_hint, post_logout_redirect_uri }));
    expectNoRedirect(await get({ client_id: 'web', post_logout_redirect_uri }));
    expectNoRedirect(await post('', { id_token_hint, post_logout_redirect_uri }));
  });

  it('takes two of them for none', async () => {
    for (const post_logout_redirect_uri of [
      [OUT, EVIL],
      [EVIL, OUT],
    ]) {
      expectNoRedirect(await get({ id_token_hint, post_logout_redirect_uri }));
      expectNoRedirect(await post('', { id_token_hint, post_logout_redirect_uri }));
    }
  });

  it('takes none without knowing the client', async () => {
    expectNoRedirect(await get({ post_logout_redirect_uri: OUT, state: 's' }));
    expectNoRedirect(await get({ id_token_hint: 'x.y.z', post_logout_redirect_uri: OUT }));
    expectNoRedirect(await get({ client_id: 'nobody', post_logout_redirect_uri: OUT }));
  });
});
