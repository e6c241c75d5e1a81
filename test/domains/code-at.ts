import { expect } from '@jest/globals';
import { signInAndAllow } from '../interop/tenants.js';
import { type HttpAnswer, basic, postForm } from '../support/http.js';
import { type TenantFixture, WEB_REDIRECT, pkce } from '../support/tenant-fixture.js';

/** A code of alice's at the client web, got at this issuer, as it is sent to the token endpoint. */
export async function codeAt(issuer: string) {
  const { verifier, challenge } = pkce();
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: 'web',
    redirect_uri: WEB_REDIRECT,
    scope: 'openid offline_access orders:read',
    prompt: 'consent',
    code_challenge: challenge,
    code_challenge_method: 'S256',
  });
  const { searchParams } = await signInAndAllow(`${issuer}/authorize?${query}`);
  expect(searchParams.get('iss')).toBe(issuer);
  const code = searchParams.get('code') ?? '';
  return { grant_type: 'authorization_code', redirect_uri: WEB_REDIRECT, code, code_verifier: verifier };
}

/** What the client web of the tenant asks the token endpoint of this issuer. */
export function askToken(
  issuer: string,
  tenant: Pick<TenantFixture, 'secrets'>,
  form: Readonly<Record<string, string>>,
): Promise<HttpAnswer> {
  return postForm(`${issuer}/token`, form, { authorization: basic('web', tenant.secrets.web) });
}
