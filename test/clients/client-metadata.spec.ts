import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { JWK } from 'jose';
import { ClientMetadataError, type ClientMetadataInput, completeMetadata } from '../../src/clients/client-metadata.js';

const OFFER = {
  grantTypes: ['authorization_code', 'refresh_token', 'client_credentials', 'password', 'implicit'],
  authenticationMethods: ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'],
  redirectUris: { allowDotlessSchemes: false, allowPrivateHttpRedirects: false },
};
const REDIRECT = { redirectUris: ['https://rp.example/cb'] };

const complete = (input: ClientMetadataInput) => completeMetadata(input, OFFER);

function memberAtFault(input: ClientMetadataInput): string | undefined {
  try {
    complete(input);
  } catch (error) {
    if (error instanceof ClientMetadataError) return error.member;
    throw error;
  }
  return undefined;
}

const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const EC_PUBLIC = ec.publicKey.export({ format: 'jwk' }) as JWK;
const EC_PRIVATE = ec.privateKey.export({ format: 'jwk' }) as JWK;
const rsa = (bits: number) =>
  generateKeyPairSync('rsa', { modulusLength: bits }).publicKey.export({ format: 'jwk' }) as JWK;

describe('RFC 7591 §2: defaults', () => {
  it('are a confidential web client with the code flow', () => {
    expect(complete(REDIRECT)).toMatchObject({
      applicationType: 'web',
      tokenEndpointAuthMethod: null,
      grantTypes: ['authorization_code'],
      responseTypes: ['code'],
      firstParty: false,
      requirePkce: null,
      refreshTokenRotation: null,
      enabled: true,
      scope: ['openid', 'profile', 'email', 'address', 'phone'],
    });
  });

  it.each(['native', 'browser'] as const)('are a public client for a %s application', (applicationType) => {
    expect(complete({ ...REDIRECT, applicationType }).tokenEndpointAuthMethod).toBe('none');
  });

  it('leave a method open that was open, whatever the type becomes', () => {
    const open = { ...REDIRECT, tokenEndpointAuthMethod: null };
    expect(complete({ ...open, applicationType: 'native' }).tokenEndpointAuthMethod).toBeNull();
  });

  it('give offline_access with the refresh token grant only, and a machine no scope at all', () => {
    const withRefresh = { ...REDIRECT, grantTypes: ['authorization_code', 'refresh_token'] };
    expect(complete(withRefresh).scope).toContain('offline_access');
    const machine = complete({ grantTypes: ['client_credentials'] });
    expect([machine.scope, machine.responseTypes]).toEqual([[], []]);
  });
});

describe('RFC 7591 §2.1: what belongs together', () => {
  it.each<[string, ClientMetadataInput, string]>([
    ['an unknown grant type', { ...REDIRECT, grantTypes: ['nonsense'] }, 'grant_types'],
    ['an unknown response type', { ...REDIRECT, responseTypes: ['cipher'] }, 'response_types'],
    ['an unknown method', { ...REDIRECT, tokenEndpointAuthMethod: 'client_secret_jwt' }, 'token_endpoint_auth_method'],
    ['the code grant without a response type', { ...REDIRECT, responseTypes: [] }, 'response_types'],
    ['token without the implicit grant', { ...REDIRECT, responseTypes: ['code', 'token'] }, 'grant_types'],
    [
      'the implicit grant without token',
      { ...REDIRECT, grantTypes: ['authorization_code', 'implicit'] },
      'response_types',
    ],
    [
      'code without its grant',
      { ...REDIRECT, grantTypes: ['client_credentials'], responseTypes: ['code'] },
      'grant_types',
    ],
    ['no redirect URI for a flow through the browser', {}, 'redirect_uris'],
    [
      'client credentials for a public client',
      { tokenEndpointAuthMethod: 'none', grantTypes: ['client_credentials'] },
      'grant_types',
    ],
    [
      'PKCE excused for a public client',
      { ...REDIRECT, applicationType: 'browser', requirePkce: false },
      'require_pkce',
    ],
    [
      'no rotation for a public client',
      { ...REDIRECT, applicationType: 'native', refreshTokenRotation: false },
      'refresh_token_rotation',
    ],
    ['private_key_jwt without keys', { ...REDIRECT, tokenEndpointAuthMethod: 'private_key_jwt' }, 'jwks'],
    [
      'a dangerous redirect URI',
      { redirectUris: ['https://rp.example/cb', 'javascript:alert(1)'] },
      'redirect_uris[1]',
    ],
    [
      'a dangerous place after sign-out',
      { ...REDIRECT, postLogoutRedirectUris: ['http://rp.example'] },
      'post_logout_redirect_uris[0]',
    ],
  ])('refuses %s', (_, input, member) => {
    expect(memberAtFault(input)).toBe(member);
  });

  it('excuses a confidential client', () => {
    expect(memberAtFault({ ...REDIRECT, requirePkce: false, refreshTokenRotation: false })).toBeUndefined();
  });
});

describe('RFC 7517: the keys of a client', () => {
  const withKeys = (...keys: JWK[]) =>
    memberAtFault({ ...REDIRECT, tokenEndpointAuthMethod: 'private_key_jwt', jwks: { keys } });

  it('are public keys of a usable size', () => {
    expect(withKeys(EC_PUBLIC)).toBeUndefined();
    expect(withKeys(rsa(2048))).toBeUndefined();
    expect(withKeys(generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }) as JWK)).toBeUndefined();
  });

  it.each<[string, JWK[]]>([
    ['none', []],
    ['a private key', [EC_PRIVATE]],
    ['a symmetric key', [{ kty: 'oct', k: 'c2VjcmV0' }]],
    ['a small RSA key', [rsa(1024)]],
    ['an unknown type', [{ kty: 'XYZ' }]],
    ['a key without its parts', [{ kty: 'EC' }]],
    ['a good and a bad one', [EC_PUBLIC, EC_PRIVATE]],
    ['too many', Array.from({ length: 21 }, () => EC_PUBLIC)],
  ])('are refused: %s', (_, keys) => {
    expect(withKeys(...keys)).toBe('jwks');
  });
});
