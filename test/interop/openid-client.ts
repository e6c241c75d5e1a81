import * as client from 'openid-client';
import { WEB_REDIRECT } from '../support/tenant-fixture.js';
import { localFetch } from './local-fetch.js';
import { signInAndAllow } from './tenants.js';

/** openid-client as a developer sets it up, for a confidential client at this issuer. */
export function discover(issuer: string, clientId: string, secret: string): Promise<client.Configuration> {
  return client.discovery(new URL(issuer), clientId, undefined, client.ClientSecretBasic(secret), {
    execute: [client.allowInsecureRequests],
    [client.customFetch]: localFetch as unknown as client.CustomFetch,
  });
}

/** Alice signs in and allows; the client checks state, nonce and PKCE, and gets its tokens. */
export async function signIn(config: client.Configuration, params: Readonly<Record<string, string>> = {}) {
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const [expectedState, expectedNonce] = [client.randomState(), client.randomNonce()];
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: WEB_REDIRECT,
    scope: 'openid profile email offline_access orders:read',
    state: expectedState,
    nonce: expectedNonce,
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    prompt: 'consent',
    ...params,
  });
  const back = await signInAndAllow(url.href);
  const checks = { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true };
  return client.authorizationCodeGrant(config, back, checks);
}
