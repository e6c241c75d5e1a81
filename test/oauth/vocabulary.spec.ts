import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import * as oauthErrors from '../../src/oauth/oauth-error.js';
import { isOpenIdScope } from '../../src/oauth/openid-scopes.js';
import { isCodeChallenge, matchesCodeChallenge } from '../../src/oauth/pkce.js';
import { RESPONSE_TYPES, grantTypesOf, parseResponseType, partsOf } from '../../src/oauth/response-type.js';
import { formatScope, isWithin, parseScope, union, without } from '../../src/oauth/scope.js';

describe('RFC 6749 §3.3: scope', () => {
  it('is a set of names in the order they came', () => {
    expect(parseScope('b a  b c ')).toEqual(['b', 'a', 'c']);
    expect(parseScope(undefined)).toEqual([]);
    expect(parseScope(' ')).toEqual([]);
    expect(formatScope(parseScope('b a'))).toBe('b a');
  });

  it.each(['a"b', 'a\\b', 'ü', 'a\tb', 'a\u007fb', 'x'.repeat(129)])('refuses %j', (text) => {
    expect(() => parseScope(text)).toThrow(oauthErrors.InvalidScopeError);
  });

  it('is bounded in length and number', () => {
    const names = (count: number) => Array.from({ length: count }, (_, n) => `s${n}`).join(' ');
    expect(parseScope(names(100))).toHaveLength(100);
    expect(() => parseScope(names(101))).toThrow(oauthErrors.InvalidScopeError);
    expect(() => parseScope('a '.repeat(2049))).toThrow(oauthErrors.InvalidScopeError);
  });

  it('compares names with case, by whole names', () => {
    expect(isWithin(['a'], ['a', 'b'])).toBe(true);
    expect(isWithin([], [])).toBe(true);
    expect(isWithin(['A'], ['a'])).toBe(false);
    expect(isWithin(['orders'], ['orders:read'])).toBe(false);
    expect(without(['a', 'b'], ['a'])).toEqual(['b']);
    expect(union(['a', 'b'], ['b', 'c'])).toEqual(['a', 'b', 'c']);
  });

  it('tells the scopes of OpenID Connect from others', () => {
    expect(['openid', 'offline_access', 'phone'].every(isOpenIdScope)).toBe(true);
    expect(['orders:read', 'OPENID', 'toString', ''].some(isOpenIdScope)).toBe(false);
  });
});

describe('RFC 6749 §3.1.1: response type', () => {
  it('takes the parts in any order, each once', () => {
    expect(parseResponseType('token id_token')).toBe('id_token token');
    expect(parseResponseType('id_token code token')).toBe('code id_token token');
    for (const value of ['', 'code code', 'code  token', ' code', 'Code', 'none', 'constructor']) {
      expect(parseResponseType(value)).toBeUndefined();
    }
  });

  it('knows the grant types each one needs (RFC 7591 §2.1)', () => {
    const needs = Object.fromEntries(RESPONSE_TYPES.map((type) => [type, grantTypesOf(type)]));
    expect(needs).toEqual({
      code: ['authorization_code'],
      token: ['implicit'],
      id_token: ['implicit'],
      'id_token token': ['implicit'],
      'code id_token': ['authorization_code', 'implicit'],
      'code token': ['authorization_code', 'implicit'],
      'code id_token token': ['authorization_code', 'implicit'],
    });
    expect(partsOf('code id_token')).toEqual(['code', 'id_token']);
  });
});

describe('RFC 7636: PKCE', () => {
  const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
  const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

  it('matches the pair of appendix B', () => {
    expect(matchesCodeChallenge(verifier, challenge)).toBe(true);
    expect(matchesCodeChallenge(`${verifier.slice(0, -1)}l`, challenge)).toBe(false);
  });

  it('takes verifiers of 43 to 128 unreserved characters (§4.1)', () => {
    const challengeOf = (value: string) => createHash('sha256').update(value).digest('base64url');
    const lengths = [42, 43, 128, 129].filter((length) => {
      const value = 'a'.repeat(length);
      return matchesCodeChallenge(value, challengeOf(value));
    });
    expect(lengths).toEqual([43, 128]);
    expect(matchesCodeChallenge(`${verifier} `, challenge)).toBe(false);
  });

  it('takes challenges of 32 bytes in base64url only', () => {
    expect(isCodeChallenge(challenge)).toBe(true);
    for (const value of ['', 'a', `${challenge}=`, `${challenge}A`, challenge.replace('-', '+')]) {
      expect(isCodeChallenge(value)).toBe(false);
    }
  });
});

describe('OAuth errors', () => {
  it.each([
    [oauthErrors.InvalidRequestError, 'invalid_request', 400],
    [oauthErrors.InvalidClientError, 'invalid_client', 401],
    [oauthErrors.InvalidGrantError, 'invalid_grant', 400],
    [oauthErrors.UnauthorizedClientError, 'unauthorized_client', 400],
    [oauthErrors.UnsupportedGrantTypeError, 'unsupported_grant_type', 400],
    [oauthErrors.UnsupportedResponseTypeError, 'unsupported_response_type', 400],
    [oauthErrors.InvalidScopeError, 'invalid_scope', 400],
    [oauthErrors.InvalidTargetError, 'invalid_target', 400],
    [oauthErrors.AccessDeniedError, 'access_denied', 403],
    [oauthErrors.ServerError, 'server_error', 500],
    [oauthErrors.TemporarilyUnavailableError, 'temporarily_unavailable', 503],
    [oauthErrors.TooManyAttemptsError, 'temporarily_unavailable', 429],
    [oauthErrors.LoginRequiredError, 'login_required', 400],
    [oauthErrors.ConsentRequiredError, 'consent_required', 400],
    [oauthErrors.InvalidTokenError, 'invalid_token', 401],
  ])('%p is %s with status %d', (ErrorClass, code, status) => {
    const error = new ErrorClass('Why.', { detail: 'for the log' });
    expect(error).toMatchObject({ code, status, message: 'Why.', detail: 'for the log', name: ErrorClass.name });
  });

  it('carry their cause for the log, and none where there is none', () => {
    const cause = new Error('why');
    expect(new oauthErrors.ServerError('What.', { cause }).cause).toBe(cause);
    expect('cause' in new oauthErrors.ServerError('What.', {})).toBe(false);
  });

  it('describe themselves in the characters of RFC 6749 §5.2', () => {
    expect(oauthErrors.safeDescription('a "b" \\ \n\u20ac')).toBe(`a 'b' ' ''`);
    expect(oauthErrors.safeDescription('plain [text] ~!')).toBe('plain [text] ~!');
  });
});

describe('The scope parameter', () => {
  it('is at most 4096 characters long', () => {
    const names = Array.from({ length: 32 }, (_, index) => String(index).padStart(2, '0').padEnd(127, 'x')).join(' ');
    expect(names).toHaveLength(4095);
    expect(parseScope(`${names}y`)).toHaveLength(32);
    expect(() => parseScope(`${names}yz`)).toThrow(oauthErrors.InvalidScopeError);
  });
});
