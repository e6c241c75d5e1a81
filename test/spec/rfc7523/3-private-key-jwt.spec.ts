import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { type CryptoKey, type JWK, SignJWT, UnsecuredJWT, exportJWK, generateKeyPair } from 'jose';
import { expectOAuthError, expectTokens } from '../../support/expect-answer.js';
import { basic, postForm } from '../../support/http.js';
import { givenPlatform } from '../../support/given.js';
import { type TenantFixture, createTenant } from '../../support/tenant-fixture.js';

const TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const GRANT = { grant_type: 'client_credentials', scope: 'orders:read' };

interface Key {
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

const platform = givenPlatform();
let acme: TenantFixture;
let globex: TenantFixture;
let es256: Key;
let rs256: Key;
let foreign: Key;

beforeAll(async () => {
  [acme, globex] = [await createTenant(platform, 'acme'), await createTenant(platform, 'globex')];
  [es256, rs256, foreign] = [await makeKey('ES256', 'k1'), await makeKey('RS256', 'k2'), await makeKey('ES256', 'k1')];
  for (const slug of ['acme', 'globex']) await register(slug, 'signer', {});
  await register('acme', 'other-signer', {});
  await register('acme', 'lenient', { strict_assertion_audience: false });
}, 60_000);

async function makeKey(alg: string, kid: string): Promise<Key> {
  const { privateKey, publicKey } = await generateKeyPair(alg);
  return { privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

function register(slug: string, client_id: string, more: object) {
  return platform.operator.create(`/tenants/${slug}/clients`, {
    client_id,
    grant_types: ['client_credentials'],
    token_endpoint_auth_method: 'private_key_jwt',
    jwks: { keys: [es256.jwk, rs256.jwk] },
    scope: 'orders:read',
    ...more,
  });
}

const now = () => Math.floor(Date.now() / 1000);

/** Claims that are undefined are left out. */
function assertion(
  claims: Record<string, unknown> = {},
  header: object = {},
  key: Key['privateKey'] = es256.privateKey,
) {
  const all = { iss: 'signer', sub: 'signer', aud: acme.issuer, jti: randomUUID(), iat: now(), exp: now() + 60 };
  const present = Object.fromEntries(Object.entries({ ...all, ...claims }).filter(([, value]) => value !== undefined));
  return new SignJWT(present).setProtectedHeader({ alg: 'ES256', kid: 'k1', ...header }).sign(key);
}

async function ask(client_assertion: string | Promise<string>, more: Record<string, string | undefined> = {}) {
  const form = { ...GRANT, client_assertion_type: TYPE, client_assertion: await client_assertion, ...more };
  return postForm(`${acme.issuer}/token`, form);
}

describe('RFC 7523 §2.2: a client assertion', () => {
  it('authenticates with a key of the inline JWK Set, chosen by kid', async () => {
    expectTokens(await ask(assertion()));
    expectTokens(await ask(assertion({}, { alg: 'RS256', kid: 'k2' }, rs256.privateKey)));
  });

  it('may be accompanied by its own client_id, and by no other', async () => {
    expectTokens(await ask(assertion(), { client_id: 'signer' }));
    expectOAuthError(await ask(assertion(), { client_id: 'other-signer' }), 401, 'invalid_client');
  });

  it('may say what it is (RFC 7523bis), but not that it is something else', async () => {
    expectTokens(await ask(assertion({}, { typ: 'client-authentication+jwt' })));
    expectOAuthError(await ask(assertion({}, { typ: 'at+jwt' })), 401, 'invalid_client');
  });

  it('may name the other address of the same tenant', async () => {
    expectTokens(await ask(assertion({ aud: acme.hostIssuer })));
  });
});

describe('RFC 7523 §3: the audience', () => {
  it.each<[string, () => unknown]>([
    ['none', () => undefined],
    ['another tenant', () => globex.issuer],
    ['somebody else', () => 'https://as.example.com'],
    ['the token endpoint (RFC 7523bis)', () => `${acme.issuer}/token`],
    ['a list (RFC 7523bis)', () => [acme.issuer]],
    ['us among others', () => [acme.issuer, 'https://evil.test']],
    ['us with a slash', () => `${acme.issuer}/`],
  ])('is refused: %s', async (_, aud) => {
    expectOAuthError(await ask(assertion({ aud: aud() })), 401, 'invalid_client');
  });

  it('belongs to an assertion that may live an hour for a client that is excused, and ten minutes for others', async () => {
    const lenient = { iss: 'lenient', sub: 'lenient' };
    // Clocks may differ by ten seconds.
    expectTokens(await ask(assertion({ ...lenient, exp: now() + 3609 })));
    expectOAuthError(await ask(assertion({ ...lenient, exp: now() + 3700 })), 401, 'invalid_client');
    expectOAuthError(await ask(assertion({ exp: now() + 3600 })), 401, 'invalid_client');
  });

  it('may be the token endpoint for a client that is excused', async () => {
    const lenient = { iss: 'lenient', sub: 'lenient' };
    expectTokens(await ask(assertion({ ...lenient, aud: `${acme.issuer}/token` })));
    expectTokens(await ask(assertion({ ...lenient, aud: acme.issuer })));
    expectOAuthError(await ask(assertion({ ...lenient, aud: `${acme.issuer}/revoke` })), 401, 'invalid_client');
    expectOAuthError(await ask(assertion({ ...lenient, aud: `${globex.issuer}/token` })), 401, 'invalid_client');
  });
});

describe('RFC 7523 §3: time and identity', () => {
  it.each<[string, () => Record<string, unknown>]>([
    ['no exp', () => ({ exp: undefined })],
    ['expired', () => ({ exp: now() - 60 })],
    ['good for an hour', () => ({ exp: now() + 3600 })],
    ['not valid yet', () => ({ nbf: now() + 60 })],
    ['issued in the future', () => ({ iat: now() + 60 })],
    ['no jti', () => ({ jti: undefined })],
    ['an empty jti', () => ({ jti: '' })],
    ['a jti that is no string', () => ({ jti: 7 })],
    ['no issuer', () => ({ iss: undefined })],
    ['another issuer', () => ({ iss: 'other-signer' })],
    ['no subject', () => ({ sub: undefined })],
    ['another subject', () => ({ sub: 'other-signer' })],
    ['an unknown client', () => ({ iss: 'nobody', sub: 'nobody' })],
    ['NUL in the subject', () => ({ iss: 'sig\0ner', sub: 'sig\0ner' })],
    ['half a surrogate pair as subject', () => ({ iss: '\ud800', sub: '\ud800' })],
    ['a subject that is a list', () => ({ sub: ['signer'] })],
  ])('is refused: %s', async (_, claims) => {
    expectOAuthError(await ask(assertion(claims())), 401, 'invalid_client');
  });

  it('forgives a clock that is a few seconds off', async () => {
    expectTokens(await ask(assertion({ iat: now() + 5, nbf: now() + 5 })));
  });

  it('is good once', async () => {
    const once = await assertion();
    expectTokens(await ask(once));
    expectOAuthError(await ask(once), 401, 'invalid_client');
    const jti = randomUUID();
    expectTokens(await ask(assertion({ jti })));
    expectOAuthError(await ask(assertion({ jti, exp: now() + 90 })), 401, 'invalid_client');
  });

  it('may have the jti of another client', async () => {
    const jti = randomUUID();
    expectTokens(await ask(assertion({ jti })));
    expectTokens(await ask(assertion({ jti, iss: 'other-signer', sub: 'other-signer' })));
  });
});

describe('RFC 7523 §3: the signature', () => {
  it('is refused with another key under a known kid', async () => {
    expectOAuthError(await ask(assertion({}, {}, foreign.privateKey)), 401, 'invalid_client');
  });

  it('is refused under an unknown kid', async () => {
    expectOAuthError(await ask(assertion({}, { kid: 'nobody' })), 401, 'invalid_client');
  });

  it('is refused when absent (alg none)', async () => {
    const claims = { iss: 'signer', sub: 'signer', aud: acme.issuer, jti: randomUUID(), exp: now() + 60 };
    expectOAuthError(await ask(new UnsecuredJWT(claims).encode()), 401, 'invalid_client');
  });

  it('is refused as HS256 over the public key or the client identifier', async () => {
    for (const secret of [JSON.stringify(es256.jwk), 'signer', String(rs256.jwk.n)]) {
      const claims = { iss: 'signer', sub: 'signer', aud: acme.issuer, jti: randomUUID(), exp: now() + 60 };
      const forged = new SignJWT(claims).setProtectedHeader({ alg: 'HS256', kid: 'k1' }).sign(Buffer.from(secret));
      expectOAuthError(await ask(forged), 401, 'invalid_client');
    }
  });

  it('is refused when the claims were changed after it', async () => {
    const [header, , signature] = (await assertion()).split('.');
    const [, claims] = (await assertion({ exp: now() + 90 })).split('.');
    expectOAuthError(await ask(`${header}.${claims}.${signature}`), 401, 'invalid_client');
  });

  it.each(['', 'x', 'a.b.c', '....', '{}'])('is refused when the assertion is %j', async (value) => {
    const answer = await ask(value);
    expectOAuthError(answer, value === '' ? 400 : 401, value === '' ? 'invalid_request' : 'invalid_client');
  });
});

describe('RFC 7521 §4.2: how it is sent', () => {
  it('needs its type, and no other', async () => {
    const saml = 'urn:ietf:params:oauth:client-assertion-type:saml2-bearer';
    for (const client_assertion_type of [undefined, '', saml]) {
      expectOAuthError(await ask(assertion(), { client_assertion_type }), 400, 'invalid_request');
    }
  });

  it('is for clients registered for it', async () => {
    const answer = await ask(assertion({ iss: 'machine', sub: 'machine' }));
    expectOAuthError(answer, 401, 'invalid_client');
    const secret = { authorization: basic('signer', 'anything') };
    expectOAuthError(await postForm(`${acme.issuer}/token`, GRANT, secret), 401, 'invalid_client');
    expectOAuthError(await postForm(`${acme.issuer}/token`, { ...GRANT, client_id: 'signer' }), 401, 'invalid_client');
  });

  it('authenticates at introspection and revocation as well', async () => {
    const { access_token: token } = expectTokens(await ask(assertion()));
    const form = async () => ({
      token: String(token),
      client_assertion_type: TYPE,
      client_assertion: await assertion(),
    });
    const answer = await postForm(`${acme.issuer}/introspect`, await form());
    expect(answer.json()).toMatchObject({ active: true, client_id: 'signer' });
    expect((await postForm(`${acme.issuer}/revoke`, await form())).status).toBe(200);
    expect((await postForm(`${acme.issuer}/introspect`, await form())).json()).toEqual({ active: false });
  });
});
