import { describe, expect, it } from '@jest/globals';
import {
  readCookies,
  readLanguage,
  readRequestSecrets,
  removeCookie,
  writeCookie,
  writeLanguageCookie,
  writeRequestCookie,
} from '../../src/sessions/browser-cookies.js';
import type { Tenant } from '../../src/tenants/tenant.js';

const SECRET = 'A'.repeat(43);
const OTHER = 'B'.repeat(43);

const at = (addressKind: 'path' | 'host', issuer: string, slug = 'acme') =>
  ({
    slug,
    addressSlug: slug,
    addressKind,
    issuer,
    policy: { rememberedDeviceLifetimeSeconds: 2_592_000 },
  }) as unknown as Tenant;
const BY_PATH = at('path', 'https://id.example.com/t/acme');
const BY_HOST = at('host', 'https://acme.id.example.com');
const LOCAL = at('path', 'http://localhost:3000/t/acme');
const LOCAL_HOST = at('host', 'http://acme.localhost:3000');

describe('cookies of a tenant', () => {
  it.each([
    ['path', BY_PATH, `__Secure-acme-session=${SECRET}; Path=/t/acme; HttpOnly; Secure; SameSite=Lax`],
    ['host', BY_HOST, `__Host-session=${SECRET}; Path=/; HttpOnly; Secure; SameSite=Lax`],
    ['path without https', LOCAL, `acme-session=${SECRET}; Path=/t/acme; HttpOnly; SameSite=Lax`],
    ['host without https', LOCAL_HOST, `session=${SECRET}; Path=/; HttpOnly; SameSite=Lax`],
  ])('at its %s', (_, tenant, line) => {
    expect(writeCookie(tenant, 'session', SECRET)).toBe(line);
    expect(line).not.toMatch(/Domain|Max-Age|Expires/);
  });

  it('last when they recognise the browser, and end with the window when they sign in', () => {
    expect(writeCookie(BY_PATH, 'browser', SECRET)).toContain('; Max-Age=15552000;');
    expect(writeCookie(BY_PATH, 'session', SECRET)).not.toContain('Max-Age');
    expect(removeCookie(BY_PATH, 'session')).toMatch(/^__Secure-acme-session=; Max-Age=0; Path=\/t\/acme;/);
  });

  it('are read under their own names only', () => {
    const header = `acme-session=${OTHER}; __Secure-acme-session=${SECRET}; __Secure-globex-session=${OTHER}; session=${OTHER}`;
    expect(readCookies(BY_PATH, header)).toEqual({ session: SECRET });
    expect(readCookies(BY_HOST, `__Secure-acme-session=${SECRET}`)).toEqual({});
    expect(readCookies(BY_HOST, `__Host-session=${SECRET}; __Host-browser=${OTHER}`)).toEqual({
      session: SECRET,
      browser: OTHER,
    });
  });

  it('are read as they were sent: a secret has one spelling', () => {
    for (const other of [`%41${SECRET.slice(1)}`, `"${SECRET}"`, `${SECRET}=`, `${SECRET}A`, `${SECRET}%20`]) {
      expect(readCookies(BY_PATH, `__Secure-acme-session=${other}`)).toEqual({});
    }
  });

  it('of one tenant are not those of another on the same origin', () => {
    const globex = at('path', 'https://id.example.com/t/globex', 'globex');
    expect(readCookies(globex, `__Secure-acme-session=${SECRET}`)).toEqual({});
  });

  it.each([
    ['a', 'ab'],
    ['a', 'a-session'],
    ['a-session', 'a-session-session'],
    ['0', '00'],
    ['a--b', 'a-b'],
    ['session', 'browser'],
    ['x'.repeat(63), 'x'.repeat(62)],
  ])('of %s are not those of %s, whichever cookie it is', (one, other) => {
    const tenants = [one, other].map((slug) => at('path', `https://id.example.com/t/${slug}`, slug));
    const [first, second] = tenants.map((tenant) => [
      writeCookie(tenant, 'session', SECRET),
      writeCookie(tenant, 'browser', OTHER),
    ]);
    const header = (lines: readonly string[] = []) => lines.map((line) => line.split(';', 1)[0]).join('; ');
    expect(tenants.map((tenant) => readCookies(tenant, header(first)))).toEqual([
      { session: SECRET, browser: OTHER },
      {},
    ]);
    expect(tenants.map((tenant) => readCookies(tenant, header(second)))).toEqual([
      {},
      { session: SECRET, browser: OTHER },
    ]);
    // RFC 6265 §5.1.4: a path matches below a slash only, so that `/t/a` is not sent to `/t/ab`.
    for (const line of [...(first ?? []), ...(second ?? [])]) expect(line).toMatch(/; Path=\/t\/[a-z0-9-]+;/);
  });

  it.each([
    undefined,
    '',
    'x',
    '__Secure-acme-session',
    `__Secure-acme-session=${SECRET}A`,
    '__Secure-acme-session=short',
    `__Secure-acme-session=${'%41'.repeat(15)}`,
    ';;;=;',
  ])('count as absent when they are not ours: %j', (header) => {
    expect(readCookies(BY_PATH, header)).toEqual({});
  });

  it('take the first of two with the same name', () => {
    const header = `__Secure-acme-session=${SECRET}; __Secure-acme-session=${OTHER}`;
    expect(readCookies(BY_PATH, header)).toEqual({ session: SECRET });
  });
});

describe('the language kept for a tenant', () => {
  it.each([
    [BY_PATH, '__Secure-acme-language=de; Max-Age=15552000; Path=/t/acme; HttpOnly; Secure; SameSite=Lax'],
    [BY_HOST, '__Host-language=de; Max-Age=15552000; Path=/; HttpOnly; Secure; SameSite=Lax'],
  ])('has a name and a path of its own at each address', (tenant, line) => {
    expect(writeLanguageCookie(tenant, 'de')).toBe(line);
    const [sent = ''] = line.split(';', 1);
    expect([BY_PATH, BY_HOST, LOCAL].map((other) => readLanguage(other, sent))).toEqual(
      [BY_PATH, BY_HOST, LOCAL].map((other) => (other === tenant ? 'de' : undefined)),
    );
    expect(readLanguage(tenant, undefined)).toBeUndefined();
  });
});

describe('secrets kept under a request', () => {
  const id = (number: number) => `019ab000-0000-7000-8000-${String(number).padStart(12, '0')}`;
  const named = (tenant: string, number: number, value: string) => `__Secure-${tenant}-request-${id(number)}=${value}`;

  it('have a cookie each, for as long as a request can wait', () => {
    expect(writeRequestCookie(BY_PATH, id(1), SECRET)).toBe(
      `__Secure-acme-request-${id(1)}=${SECRET}; Max-Age=1800; Path=/t/acme; HttpOnly; Secure; SameSite=Lax`,
    );
    expect(writeRequestCookie(BY_HOST, id(1), SECRET)).toMatch(
      new RegExp(`^__Host-request-${id(1)}=A{43}; Max-Age=1800; Path=/; `),
    );
  });

  it('are read all, and no more than a few', () => {
    const header = `${named('acme', 1, SECRET)}; ${named('acme', 2, 'x')}; ${named('acme', 3, OTHER)}`;
    expect(readRequestSecrets(BY_PATH, header)).toEqual([SECRET, OTHER]);
    expect(readRequestSecrets(BY_PATH, undefined)).toEqual([]);
    const many = Array.from({ length: 100 }, (_, index) => named('acme', index, SECRET)).join('; ');
    expect(readRequestSecrets(BY_PATH, many)).toHaveLength(16);
  });

  it('are those of this tenant and this address only', () => {
    expect(readRequestSecrets(BY_PATH, named('globex', 1, SECRET))).toEqual([]);
    expect(readRequestSecrets(BY_HOST, named('acme', 1, SECRET))).toEqual([]);
    // A tenant whose slug begins like the name of the cookie.
    expect(readRequestSecrets(BY_PATH, `__Secure-acme-request-two-browser=${SECRET}`)).toEqual([]);
    expect(readRequestSecrets(BY_PATH, named('acme-request-two', 1, SECRET))).toEqual([]);
  });
});
