import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as oauth from 'oauth4webapi';
import { WEB_REDIRECT } from '../support/tenant-fixture.js';
import { localFetch } from './local-fetch.js';
import { ADDRESSES, addressOf, signInAndAllow, startTwoTenants, type TwoTenants } from './tenants.js';

let tenants: TwoTenants;
beforeAll(async () => void (tenants = await startTwoTenants()));
afterAll(() => tenants.platform.stop());

const options = { [oauth.allowInsecureRequests]: true, [oauth.customFetch]: localFetch } as const;

describe.each(ADDRESSES)('oauth4webapi with %s at its %s', (slug, kind) => {
  async function discover(algorithm: 'oidc' | 'oauth2' = 'oidc') {
    const issuer = new URL(addressOf(tenants, slug, kind).issuer);
    return oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, { ...options, algorithm }));
  }

  it('finds the same endpoints in both forms of discovery', async () => {
    const [oidc, oauth2] = [await discover('oidc'), await discover('oauth2')];
    expect(oidc.issuer).toBe(addressOf(tenants, slug, kind).issuer);
    expect(oauth2.token_endpoint).toBe(oidc.token_endpoint);
    expect(oidc.authorization_response_iss_parameter_supported).toBe(true);
  });

  it('passes every check of the library, from the response to the access token', async () => {
    const { tenant } = addressOf(tenants, slug, kind);
    const as = await discover();
    const rp: oauth.Client = { client_id: 'web' };
    const [verifier, state, nonce] = [oauth.generateRandomCodeVerifier(), oauth.generateRandomState(), 'a-nonce'];
    const url = new URL(as.authorization_endpoint ?? '');
    url.search = new URLSearchParams({
      client_id: 'web',
      redirect_uri: WEB_REDIRECT,
      response_type: 'code',
      scope: 'openid orders:read',
      resource: tenant.api,
      state,
      nonce,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    }).toString();

    const params = oauth.validateAuthResponse(as, rp, await signInAndAllow(url.href), state);
    const authentication = oauth.ClientSecretBasic(tenant.secrets.web);
    const response = await oauth.authorizationCodeGrantRequest(
      as,
      rp,
      authentication,
      params,
      WEB_REDIRECT,
      verifier,
      options,
    );
    const tokens = await oauth.processAuthorizationCodeResponse(as, rp, response, {
      expectedNonce: nonce,
      requireIdToken: true,
    });
    await oauth.validateApplicationLevelSignature(as, response, options);
    expect(oauth.getValidatedIdTokenClaims(tokens)?.sub).toBe(tenant.aliceId);

    const call = new Request('https://orders.test/', { headers: { authorization: `Bearer ${tokens.access_token}` } });
    const claims = await oauth.validateJwtAccessToken(as, call, tenant.api, options);
    expect(claims).toMatchObject({ client_id: 'web', scope: 'orders:read', sub: tenant.aliceId });
  });

  it('refuses the other tenant’s tokens', async () => {
    const as = await discover();
    const other = addressOf(tenants, slug === 'acme' ? 'globex' : 'acme', kind);
    const from = new URL(other.issuer);
    const otherAs = await oauth.processDiscoveryResponse(from, await oauth.discoveryRequest(from, options));
    const machine = { client_id: 'machine' };
    const answer = await oauth.clientCredentialsGrantRequest(
      otherAs,
      machine,
      oauth.ClientSecretBasic(other.tenant.secrets.machine),
      new URLSearchParams({ scope: 'orders:read' }),
      options,
    );
    const { access_token } = await oauth.processClientCredentialsResponse(otherAs, machine, answer);
    const call = new Request('https://orders.test/', { headers: { authorization: `Bearer ${access_token}` } });
    await expect(oauth.validateJwtAccessToken(as, call, other.tenant.api, options)).rejects.toThrow();
  });
});
