import { describe, expect, it } from '@jest/globals';
import { TestBrowser } from '../../support/browser.js';
import { send } from '../../support/http.js';
import { givenPlatform, givenTenant } from '../../support/given.js';
import { authorize, authorizeUrl, pkce, responseOf } from '../../support/tenant-fixture.js';

const { challenge } = pkce();
const PKCE = { code_challenge: challenge, code_challenge_method: 'S256' };
const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');

describe('RFC 9207 §2: iss in every authorization response', () => {
  it.each(['path', 'host'] as const)('names the %s address that was asked, as its discovery does', async (kind) => {
    const issuer = kind === 'path' ? acme.issuer : acme.hostIssuer;
    const metadata = (await send(`${issuer}/.well-known/openid-configuration`)).json();
    expect(metadata).toMatchObject({ issuer, authorization_response_iss_parameter_supported: true });
    expect(responseOf(await authorize(issuer, PKCE))).toEqual({ code: expect.any(String), state: 's1', iss: issuer });
    const refused = await new TestBrowser().open(authorizeUrl(issuer, { ...PKCE, prompt: 'none' }));
    expect(responseOf(refused)).toMatchObject({ error: 'login_required', iss: issuer });
  });

  it('is not taken from the Host header', async () => {
    const url = authorizeUrl(acme.issuer, { ...PKCE, prompt: 'none' });
    const answer = await send(url, { headers: { host: 'evil.test', 'x-forwarded-host': 'evil.test' } });
    expect(answer.text).not.toContain('evil.test');
    expect(responseOf(answer)['iss']).toBe(acme.issuer);
  });
});
