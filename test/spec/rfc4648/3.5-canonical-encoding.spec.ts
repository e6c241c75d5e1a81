import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { type CryptoKey, SignJWT, exportJWK, generateKeyPair } from 'jose';
import { decodeBase64, decodeBase64url, isCanonicalJwt } from '../../../src/crypto/base64url.js';
import { readAssertion } from '../../../src/passkeys/passkey-answer.js';
import { PasskeyRefusedError } from '../../../src/passkeys/passkey-refused.error.js';
import { TestBrowser } from '../../support/browser.js';
import { givenPlatform, givenTenant } from '../../support/given.js';
import { basic, postForm } from '../../support/http.js';
import { ManagementClient } from '../../support/management-client.js';
import {
  authorize,
  clientCredentials,
  getCode,
  getSpaTokens,
  getTokens,
  introspect,
  pkce,
  redeem,
  refresh,
  userinfo,
} from '../../support/tenant-fixture.js';

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Other texts that a decoder which is not strict takes for the same bytes. */
function spellingsOf(text: string): string[] {
  const last = text.slice(-1);
  const surplus = text.length % 4 === 0 ? [] : [text.slice(0, -1) + ALPHABET.charAt(ALPHABET.indexOf(last) ^ 1)];
  return [...surplus, `${text}A`, `${text}=`, `${text}==`, `${text}-`, `${text}.`, `${text}%`, `${text}\n`, ` ${text}`];
}

const bytesOf = (text: string) => Buffer.from(text, 'base64url').toString('hex');

/** Each part in other spellings. */
function spellingsOfJwt(jwt: string): string[] {
  const parts = jwt.split('.');
  return parts.flatMap((part, index) =>
    spellingsOf(part).map((other) => parts.map((one, at) => (at === index ? other : one)).join('.')),
  );
}

describe('RFC 4648 §3.5: what is decoded is decoded from one text alone', () => {
  it('by the functions that decode', () => {
    for (let length = 0; length < 40; length += 1) {
      const bytes = Buffer.alloc(length, length * 7);
      expect(decodeBase64url(bytes.toString('base64url'))).toEqual(bytes);
      expect(decodeBase64(bytes.toString('base64'))).toEqual(bytes);
      if (length === 0) continue;
      for (const other of spellingsOf(bytes.toString('base64url'))) {
        expect([other, decodeBase64url(other)?.equals(bytes) ?? false]).toEqual([other, false]);
      }
    }
    expect(decodeBase64url('+/8')).toBeUndefined();
    expect(decodeBase64('-_8=')).toBeUndefined();
    expect(isCanonicalJwt('YQ.YQ.YQ')).toBe(true);
    expect(['YQ.YQ', 'YQ.YQ.YQ.YQ', 'YQ.YR.YQ', 'YQ.YQ.YQ='].some(isCanonicalJwt)).toBe(false);
  });

  it('JWT access tokens, at every place that takes them', async () => {
    const { access_token: token = '' } = await getTokens(acme, { scope: 'openid orders:read' });
    for (const other of spellingsOfJwt(token)) {
      if (/^\S+$/.test(other)) expect([other, (await userinfo(acme.issuer, other)).status]).toEqual([other, 401]);
      expect([other, (await introspect(acme, other))['active'] ?? false]).toEqual([other, false]);
    }
    expect(await introspect(acme, token)).toMatchObject({ active: true });
    for (const other of spellingsOfJwt(platform.operator.token).filter((text) => /^\S+$/.test(text))) {
      const answer = await new ManagementClient(platform.url, other).request('GET', '/tenants');
      expect([other, answer.status]).toEqual([other, 401]);
    }
  });

  it('opaque access tokens', async () => {
    const { access_token: token } = (await clientCredentials(acme, { scope: 'stock:read' })).json();
    for (const other of spellingsOf(String(token))) {
      expect([other, (await introspect(acme, other, 'orders-api'))['active'] ?? false]).toEqual([other, false]);
    }
    expect(await introspect(acme, String(token), 'orders-api')).toMatchObject({ active: true });
  });

  it('authorization codes and PKCE verifiers', async () => {
    const { code, verifier } = await getCode(acme.issuer);
    for (const other of spellingsOf(code)) {
      expect([other, (await redeem(acme, { code: other, code_verifier: verifier })).status]).toEqual([other, 400]);
    }
    expect((await redeem(acme, { code, code_verifier: verifier })).status).toBe(200);
    for (const spelling of spellingsOf(pkce().verifier).keys()) {
      const again = await getCode(acme.issuer);
      const code_verifier = spellingsOf(again.verifier)[spelling];
      expect((await redeem(acme, { code: again.code, code_verifier })).status).toBe(400);
    }
  });

  it('refresh tokens', async () => {
    const { refresh_token: token = '' } = await getSpaTokens(acme);
    for (const other of spellingsOf(token)) {
      expect([other, (await refresh(acme, other)).status]).toEqual([other, 400]);
    }
    expect((await refresh(acme, token)).status).toBe(200);
  });

  it('ID tokens that come back as hints', async () => {
    const browser = new TestBrowser();
    const { id_token: hint = '' } = await getTokens(acme, {}, browser);
    const { challenge } = pkce();
    const ask = async (id_token_hint: string) => {
      const request = { prompt: 'none', id_token_hint, code_challenge: challenge, code_challenge_method: 'S256' };
      return /[?&]code=/.test((await authorize(acme.issuer, request, browser)).headers.location ?? '');
    };
    for (const other of spellingsOfJwt(hint)) expect([other, await ask(other)]).toEqual([other, false]);
    expect(await ask(hint)).toBe(true);
  });

  it('client assertions', async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256');
    await platform.operator.create('/tenants/acme/clients', {
      client_id: 'signer',
      grant_types: ['client_credentials'],
      token_endpoint_auth_method: 'private_key_jwt',
      jwks: { keys: [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' }] },
      scope: 'orders:read',
    });
    const ask = async (client_assertion: string) => {
      const client_assertion_type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
      const form = { grant_type: 'client_credentials', client_id: 'signer', client_assertion_type, client_assertion };
      return (await postForm(`${acme.issuer}/token`, form)).status === 200;
    };
    for (const spelling of spellingsOfJwt(await assertion(privateKey)).keys()) {
      const genuine = await assertion(privateKey);
      const other = spellingsOfJwt(genuine)[spelling] ?? '';
      expect([other, await ask(other)]).toEqual([other, false]);
    }
    expect(await ask(await assertion(privateKey))).toBe(true);
  });

  it('answers of passkeys', () => {
    const part = Buffer.from('{"challenge":"AAAAAAAAAAAAAAAAAAAAAA"}').toString('base64url');
    const answer = (change: object) => {
      const response = { clientDataJSON: part, authenticatorData: part, signature: part, userHandle: part, ...change };
      return JSON.stringify({ id: part, type: 'public-key', response });
    };
    expect(readAssertion(answer({}))).toMatchObject({ id: part, signature: part });
    for (const member of ['clientDataJSON', 'authenticatorData', 'signature', 'userHandle']) {
      const alike = spellingsOf(part).filter((other) => bytesOf(other) === bytesOf(part));
      expect(alike.length).toBeGreaterThan(4);
      for (const other of alike) {
        expect(() => readAssertion(answer({ [member]: other }))).toThrow(PasskeyRefusedError);
      }
    }
  });

  it('cursors of lists', async () => {
    const first = await platform.operator.get<{ page: { next: string } }>('/tenants?limit=1');
    const at = (cursor: string) => platform.operator.request('GET', `/tenants?after=${encodeURIComponent(cursor)}`);
    for (const other of spellingsOf(first.page.next)) {
      expect([other, (await at(other)).status]).toEqual([other, 400]);
    }
    expect((await at(first.page.next)).status).toBe(200);
  });

  it('HTTP Basic', async () => {
    const genuine = basic('legacy', acme.secrets.legacy);
    const [, bare = '', padding = ''] = /^(.*[^=])(=+)$/.exec(genuine) ?? [];
    expect(padding).not.toBe('');
    const surplus = bare.slice(0, -1) + ALPHABET.charAt(ALPHABET.indexOf(bare.slice(-1)) ^ 1) + padding;
    const ask = (authorization: string) => postForm(`${acme.issuer}/introspect`, { token: 'x' }, { authorization });
    for (const other of [bare, surplus, `${genuine}=`, `${genuine}A`, genuine.replace(/.{9}/, '$& ')]) {
      expect([other, (await ask(other)).status]).toEqual([other, 401]);
    }
    expect((await ask(genuine)).status).toBe(200);
  });
});

function assertion(key: CryptoKey): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: 'signer', sub: 'signer', aud: acme.issuer, jti: randomUUID(), iat: now, exp: now + 60 };
  return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'k1' }).sign(key);
}
