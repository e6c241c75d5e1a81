import { describe, expect, it } from '@jest/globals';
import { toTenantId } from '../../src/database/tenant-id.js';
import {
  ForgedFormError,
  PersonChangedError,
  checkCsrfToken,
  checkSameOrigin,
  csrfToken,
} from '../../src/pages/browser/csrf.js';
import type { Session } from '../../src/sessions/session.js';

/** A session of this person. */
const session = (userId: string, id = 's1') => ({ id, user: { id: userId } }) as unknown as Session;
const browser = { secret: 'secret-of-this-browser', session: undefined };
const TENANT = toTenantId('t1');
const ISSUER = 'https://id.example.com/t/acme';

describe('the token of a form', () => {
  it('is good for this tenant, this browser, this person and this purpose', () => {
    expect(() => checkCsrfToken(TENANT, browser, 'consent', csrfToken(TENANT, browser, 'consent'))).not.toThrow();
  });

  it('is good for nothing else', () => {
    for (const token of [
      csrfToken(TENANT, browser, 'sign-in'),
      csrfToken(TENANT, { ...browser, secret: 'another' }, 'consent'),
      csrfToken(toTenantId('t2'), browser, 'consent'),
      ...[undefined, '', 'x', '.', `.${csrfToken(TENANT, browser, 'consent')}`],
      csrfToken(TENANT, browser, 'consent').split('.').reverse().join('.'),
    ]) {
      expect(() => checkCsrfToken(TENANT, browser, 'consent', token)).toThrow(ForgedFormError);
    }
  });

  it('tells who signed out, or became somebody else, from what is forged', () => {
    const signedIn = { ...browser, session: session('alice') };
    const token = csrfToken(TENANT, signedIn, 'consent');
    for (const now of [browser, { ...browser, session: session('bob') }]) {
      expect(() => checkCsrfToken(TENANT, now, 'consent', token)).toThrow(PersonChangedError);
      const theirs = csrfToken(TENANT, now, 'consent');
      expect(() => checkCsrfToken(TENANT, signedIn, 'consent', theirs)).toThrow(PersonChangedError);
    }
    const [page = ''] = token.split('.');
    for (const half of [page, `${page}.`, `${page}.${page}`, `${token}A`]) {
      expect(() => checkCsrfToken(TENANT, signedIn, 'consent', half)).toThrow(PersonChangedError);
    }
    expect(() => checkCsrfToken(TENANT, { ...browser, secret: 'another' }, 'consent', token)).toThrow(ForgedFormError);
  });

  it('stays good when the same person signs in again in another tab', () => {
    const before = { ...browser, session: session('alice', 's1') };
    const after = { ...browser, session: session('alice', 's2') };
    expect(() => checkCsrfToken(TENANT, after, 'consent', csrfToken(TENANT, before, 'consent'))).not.toThrow();
    expect(() => checkCsrfToken(TENANT, after, 'sign-in', csrfToken(TENANT, browser, 'sign-in'))).not.toThrow();
  });
});

describe('where a form was sent from', () => {
  const check = (headers: Record<string, string>) => () => checkSameOrigin(headers, ISSUER);

  it.each(['cross-site', 'same-site', 'none', ''])('is not ours when the browser says %j', (site) => {
    const headers = { 'sec-fetch-site': site, origin: 'https://id.example.com', host: 'id.example.com' };
    expect(check(headers)).toThrow(ForgedFormError);
  });

  it('is ours when the browser says so', () => {
    expect(check({ 'sec-fetch-site': 'same-origin' })).not.toThrow();
    expect(check({ origin: 'https://id.example.com', host: 'id.example.com' })).not.toThrow();
    expect(check({})).not.toThrow();
  });

  it.each(['null', 'https://evil.example', 'http://id.example.com', 'https://id.example.com.evil.example'])(
    'is not ours when the origin is %s',
    (origin) => {
      expect(check({ origin, host: 'id.example.com' })).toThrow(ForgedFormError);
    },
  );
});
