import { TestBrowser } from './browser.js';
import { postForm } from './http.js';
import type { Platform } from './platform.js';
import { ALICE_PASSWORD, SPA_REDIRECT, type TenantFixture, authorizeUrl, pkce, responseOf } from './tenant-fixture.js';

const CLIENT = { client_id: 'settings', redirect_uri: SPA_REDIRECT };

/** An access token for the account API, of the tenant's own application `settings`, which is made when it is missing. */
export async function accountToken(
  { operator }: Pick<Platform, 'operator'>,
  { slug, issuer }: Pick<TenantFixture, 'slug' | 'issuer'>,
  {
    scope = 'openid account:read account:write',
    username = 'alice',
    password = ALICE_PASSWORD,
    browser = new TestBrowser(),
  }: { scope?: string; username?: string; password?: string; browser?: TestBrowser } = {},
): Promise<string> {
  await operator.request('POST', `/tenants/${slug}/clients`, {
    client_id: CLIENT.client_id,
    client_name: 'Settings',
    application_type: 'browser',
    token_endpoint_auth_method: 'none',
    redirect_uris: [SPA_REDIRECT],
    first_party: true,
    scope: 'openid profile account:read account:write',
  });
  const { verifier, challenge } = pkce();
  const request = { ...CLIENT, scope, code_challenge: challenge, code_challenge_method: 'S256' };
  let page = await browser.open(authorizeUrl(issuer, request));
  if (page.text.includes('id="login-form"')) page = await browser.signIn(page, username, password);
  const { code } = responseOf(page);
  const form = { ...CLIENT, grant_type: 'authorization_code', code, code_verifier: verifier };
  const answer = await postForm(`${issuer}/token`, form);
  if (answer.status !== 200) throw new Error(`No tokens: ${answer.text}`);
  return answer.json<{ access_token: string }>().access_token;
}
