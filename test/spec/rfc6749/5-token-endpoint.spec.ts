import { describe, expect, it } from '@jest/globals';
import { expectOAuthError, expectTokens } from '../../support/expect-answer.js';
import { tokenFor } from '../../support/grants.js';
import { basic, encodeForm, postForm, send } from '../../support/http.js';
import { givenPlatform, givenTenant } from '../../support/given.js';
import { getCode, redeem } from '../../support/tenant-fixture.js';

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');

describe('RFC 6749 §5.1: a successful answer', () => {
  it('is JSON that nobody caches, with the scope that was granted', async () => {
    const { code, verifier } = await getCode(acme.issuer, { scope: 'openid orders:read' });
    const tokens = expectTokens(await redeem(acme, { code, code_verifier: verifier }));
    expect(tokens).toEqual({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 900,
      scope: 'openid orders:read',
      refresh_token: expect.any(String),
      id_token: expect.any(String),
    });
  });

  it('has no ID token without the scope openid', async () => {
    const { code, verifier } = await getCode(acme.issuer, { scope: 'orders:read' });
    expect(expectTokens(await redeem(acme, { code, code_verifier: verifier }))).not.toHaveProperty('id_token');
  });

  it('carries the lifetime of the API where it has its own', async () => {
    await platform.operator.create('/tenants/acme/apis', {
      identifier: 'https://brief.acme.test',
      display_name: 'Brief',
      scopes: [{ name: 'brief:read', description: 'Briefly' }],
      access_token_lifetime_seconds: 90,
    });
    const { client_secret: secret } = await platform.operator.create<{ client_secret: string }>(
      '/tenants/acme/clients',
      { client_id: 'briefly', grant_types: ['client_credentials'], scope: 'brief:read' },
    );
    const form = { grant_type: 'client_credentials' };
    const answer = await postForm(`${acme.issuer}/token`, form, { authorization: basic('briefly', secret) });
    expect(expectTokens(answer)['expires_in']).toBe(90);
  });
});

describe('RFC 6749 §5.2: errors', () => {
  it('unsupported_grant_type for one nobody serves here', async () => {
    for (const grant_type of ['nonsense', 'urn:ietf:params:oauth:grant-type:device_code', 'constructor']) {
      expectOAuthError(await tokenFor(acme, 'web', { grant_type }), 400, 'unsupported_grant_type');
    }
  });

  it('unsupported_grant_type for the implicit grant, which has no token endpoint', async () => {
    const answer = await tokenFor(acme, 'web', { grant_type: 'implicit' });
    expectOAuthError(answer, 400, 'unsupported_grant_type');
  });

  it('unauthorized_client for one the client is not registered for', async () => {
    const form = { grant_type: 'client_credentials' };
    expectOAuthError(await tokenFor(acme, 'web', form), 400, 'unauthorized_client');
    const code = { grant_type: 'authorization_code', code: 'x' };
    expectOAuthError(await tokenFor(acme, 'machine', code), 400, 'unauthorized_client');
  });

  it('invalid_request without a grant_type, and with an empty one', async () => {
    expectOAuthError(await tokenFor(acme, 'web', {}), 400, 'invalid_request');
    expectOAuthError(await tokenFor(acme, 'web', { grant_type: '' }), 400, 'invalid_request');
  });

  it('invalid_client before anything else is looked at', async () => {
    const form = { grant_type: 'nonsense', scope: 'a"b' };
    const authorization = basic('web', 'wrong');
    expectOAuthError(await postForm(`${acme.issuer}/token`, form, { authorization }), 401, 'invalid_client');
  });

  it('describes errors in the characters of §5.2 only', async () => {
    const answer = await tokenFor(acme, 'web', { grant_type: 'ü"\\' });
    expect(answer.json()['error_description']).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/);
    expect(Object.keys(answer.json())).toEqual(['error', 'error_description']);
  });
});

describe('RFC 6749 §3.2: how the token endpoint is asked', () => {
  const good = { grant_type: 'client_credentials', scope: 'orders:read' };
  const headers = () => ({ authorization: basic('machine', acme.secrets.machine) });

  it.each(['grant_type', 'scope', 'client_id', 'refresh_token', 'unheard_of'])(
    'refuses a repeated %s',
    async (name) => {
      const body = `${encodeForm(good)}&${name}=client_credentials&${name}=client_credentials`;
      expectOAuthError(await postForm(`${acme.issuer}/token`, body, headers()), 400, 'invalid_request');
    },
  );

  it('takes names as they are written: brackets and the names of JavaScript are nothing special', async () => {
    const odd = [
      'grant_type[]',
      'grant_type[a]',
      'client_id[$ne]',
      '__proto__[grant_type]',
      'constructor[prototype][x]',
    ];
    for (const name of [...odd, '__proto__', 'constructor', 'hasOwnProperty']) {
      const instead = await postForm(`${acme.issuer}/token`, { [name]: 'client_credentials' }, headers());
      expectOAuthError(instead, 400, 'invalid_request');
      expectTokens(await postForm(`${acme.issuer}/token`, { ...good, [name]: 'x' }, headers()));
    }
    expectOAuthError(await postForm(`${acme.issuer}/token`, {}, headers()), 400, 'invalid_request');
  });

  it('ignores an unknown parameter, and treats an empty one as omitted', async () => {
    const body = { ...good, resource: '', client_id: '', client_secret: '', unheard_of: 'x' };
    expectTokens(await postForm(`${acme.issuer}/token`, body, headers()));
  });

  it.each(['GET', 'PUT', 'DELETE', 'HEAD'])('does not answer %s', async (method) => {
    const answer = await send(`${acme.issuer}/token?${encodeForm(good)}`, { method, headers: headers() });
    expect([answer.status, answer.headers.allow]).toEqual([405, 'POST']);
  });

  it.each([
    ['application/json', JSON.stringify(good)],
    ['text/plain', encodeForm(good)],
    ['multipart/form-data; boundary=x', '--x--'],
    ['application/x-www-form-urlencoded; charset=utf-16', encodeForm({ ...good, x: 'é' })],
  ])('refuses a body of type %s', async (type, body) => {
    const answer = await send(`${acme.issuer}/token`, {
      method: 'POST',
      headers: { ...headers(), 'content-type': type },
      body,
    });
    expectOAuthError(answer, 400, 'invalid_request');
  });

  it('takes the form with a charset of UTF-8', async () => {
    const type = 'application/x-www-form-urlencoded; charset=UTF-8';
    const answer = await postForm(`${acme.issuer}/token`, good, { ...headers(), 'content-type': type });
    expectTokens(answer);
  });

  it('refuses NUL and broken percent-encoding', async () => {
    for (const value of ['a%00b', '%zz', '%ff%fe']) {
      const body = `${encodeForm(good)}&x=${value}`;
      expectOAuthError(await postForm(`${acme.issuer}/token`, body, headers()), 400, 'invalid_request');
    }
  });

  it('refuses a body beyond 64 kB with 413', async () => {
    const body = `${encodeForm(good)}&x=${'a'.repeat(70_000)}`;
    expectOAuthError(await postForm(`${acme.issuer}/token`, body, headers()), 413, 'invalid_request');
  });
});
