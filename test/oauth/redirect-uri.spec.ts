import { describe, expect, it } from '@jest/globals';
import {
  type ApplicationType,
  findRedirectUriFault,
  formActionSource,
  matchesRedirectUri,
} from '../../src/oauth/redirect-uri.js';

const RULES = { allowDotlessSchemes: false, allowPrivateHttpRedirects: false };

const faultOf = (uri: string, applicationType: ApplicationType, rules: Partial<typeof RULES> = {}) =>
  findRedirectUriFault(uri, { applicationType, confidential: applicationType === 'web' }, { ...RULES, ...rules })?.text;

describe('what may be registered as redirect URI', () => {
  it('is at most 2000 characters long', () => {
    const base = 'https://rp.example/';
    expect(faultOf(base + 'a'.repeat(2000 - base.length), 'web')).toBeUndefined();
    expect(faultOf(base + 'a'.repeat(2001 - base.length), 'web')).toMatch(/longer than 2000/);
  });

  it('is told which schemes its type may have', () => {
    expect(faultOf('ftp://rp.example/cb', 'web')).toBe('must use https');
    expect(faultOf('ftp://rp.example/cb', 'native')).toMatch(/private-use scheme/);
  });

  it('has its loopback port free whichever of several it is', () => {
    const registered = ['https://rp.example/cb', 'http://127.0.0.1/cb', 'http://[::1]/other'];
    expect(matchesRedirectUri(registered, 'http://127.0.0.1:50000/cb', 'native')).toBe(true);
    expect(matchesRedirectUri(registered, 'http://127.0.0.1:50000/other', 'native')).toBe(false);
  });

  it.each<[string, ApplicationType]>([
    ['https://rp.example/cb', 'web'],
    ['https://rp.example', 'web'],
    ['https://rp.example/cb?a=b', 'web'],
    ['https://rp.example:8443/cb', 'browser'],
    ['http://localhost:3000/cb', 'web'],
    ['http://127.0.0.1/cb', 'native'],
    ['http://[::1]:8080/cb', 'native'],
    ['com.example.app:/cb', 'native'],
  ])('%s for %s', (uri, type) => {
    expect(faultOf(uri, type)).toBeUndefined();
  });

  it.each<[string, ApplicationType, RegExp]>([
    ['', 'web', /character/],
    ['/cb', 'web', /absolute/],
    ['rp.example/cb', 'web', /absolute/],
    ['https://rp.example/cb#x', 'web', /fragment/],
    ['https://rp.example/cb#', 'web', /fragment/],
    ['https://*.rp.example/cb', 'web', /wildcard/],
    ['https://rp.example/*', 'web', /wildcard/],
    ['https://user@rp.example/cb', 'web', /user name/],
    ['https://user:pw@rp.example/cb', 'web', /user name/],
    ['https://@rp.example/cb', 'web', /user name/],
    ['https://rp.example/cb?code=x', 'web', /parameter code/],
    ['https://rp.example/cb?a=b&state', 'native', /parameter state/],
    ['https://rp.example/cb?%69ss=x', 'browser', /parameter iss/],
    ['https://rp.example/c b', 'web', /character/],
    ['https://rp.example/ü', 'web', /character/],
    ['https://rp.example\\@evil.example/', 'web', /character/],
    ['https://rp.example/\n', 'web', /character/],
    ['https://RP.example/cb', 'web', /normal form/],
    ['https://rp.example/a/../cb', 'web', /normal form/],
    ['https://rp.example:443/cb', 'web', /normal form/],
    ['http://rp.example/cb', 'web', /https/],
    ['http://127.0.0.1.evil.example/cb', 'native', /https/],
    ['javascript:alert(1)', 'native', /https/],
    ['data:text/html,x', 'native', /https/],
    ['vbscript:x', 'native', /https/],
    ['myapp:/cb', 'native', /private-use/],
    ['com.example.app:/cb', 'web', /https/],
    ['file:///etc/passwd', 'native', /https/],
    ['urn:ietf:wg:oauth:2.0:oob', 'native', /https/],
    [`https://rp.example/${'a'.repeat(2000)}`, 'web', /longer/],
  ])('not %j for %s', (uri, type, fault) => {
    expect(faultOf(uri, type)).toMatch(fault);
  });
});

describe('what a policy allows', () => {
  const dotless = { allowDotlessSchemes: true };
  const plain = { allowPrivateHttpRedirects: true };

  it.each(['myapp://cb', 'cursor://x/oauth', 'fb123://authorize', 'vscode://vscode.x'])('%s', (uri) => {
    expect(faultOf(uri, 'native')).toMatch(/allow_dotless_schemes/);
    expect(faultOf(uri, 'native', dotless)).toBeUndefined();
    expect(faultOf(uri, 'web', dotless)).toBe('must use https');
  });

  it.each(['javascript:a', 'data:x', 'vbscript:x', 'file:///x', 'blob:x', 'about:blank', 'ftp://a/b', 'intent:x'])(
    'never %s',
    (uri) => {
      expect(faultOf(uri, 'native', dotless)).toMatch(/https/);
    },
  );

  it.each([
    'http://192.168.1.5:8080/cb',
    'http://10.0.0.1/cb',
    'http://172.31.0.1/cb',
    'http://169.254.1.1/cb',
    'http://[fd00::1]/cb',
    'http://[fe80::1]/cb',
    'http://host.docker.internal/cb',
    'http://app.corp.local/cb',
    'http://nas.lan/cb',
    'http://intranet/cb',
  ])('%s', (uri) => {
    expect(faultOf(uri, 'web')).toMatch(/allow_private_http_redirects/);
    expect(faultOf(uri, 'web', plain)).toBeUndefined();
    expect(faultOf(uri, 'browser', plain)).toMatch(/confidential/);
  });

  it.each([
    'http://rp.example/cb',
    'http://8.8.8.8/cb',
    'http://172.32.0.1/cb',
    'http://[2001:db8::1]/cb',
    'http://192.168.1.5.evil.example/cb',
    'http://local.example/cb',
    'http://corp.local./cb',
  ])('never %s', (uri) => {
    expect(faultOf(uri, 'web', plain)).toMatch(/must use https/);
  });
});

describe('RFC 9700 §2.1: comparison', () => {
  const matches = (registered: string, given: string, type: ApplicationType = 'native') =>
    matchesRedirectUri([registered], given, type);

  it('is by character', () => {
    expect(matches('https://rp.example/cb', 'https://rp.example/cb')).toBe(true);
    for (const given of [
      'https://rp.example/cb/',
      'https://rp.example/cb?',
      'https://rp.example:443/cb',
      'https://rp.example/%63b',
      '',
    ]) {
      expect(matches('https://rp.example/cb', given)).toBe(false);
    }
  });

  it('leaves a native application the port of a loopback address (RFC 8252 §7.3)', () => {
    expect(matches('http://127.0.0.1/cb', 'http://127.0.0.1:51004/cb')).toBe(true);
    expect(matches('http://127.0.0.1:80/cb', 'http://127.0.0.1:51004/cb')).toBe(true);
    expect(matches('http://[::1]/cb?a=b', 'http://[::1]:1/cb?a=b')).toBe(true);
    expect(matches('http://127.0.0.1/cb', 'http://127.0.0.1:65535/cb')).toBe(true);
    expect(matches('http://127.0.0.1/cb', 'http://127.0.0.1:51004/cb', 'web')).toBe(false);
    expect(matches('http://127.0.0.1/cb', 'http://[::1]:51004/cb')).toBe(false);
    expect(matches('http://localhost/cb', 'http://localhost:51004/cb')).toBe(true);
    expect(matches('http://localhost:3000/cb', 'http://localhost/cb')).toBe(true);
    expect(matches('http://localhost/cb', 'http://localhost.evil.test:80/cb')).toBe(false);
    expect(matches('http://localhost/cb', 'http://127.0.0.1:51004/cb')).toBe(false);
    expect(matches('https://127.0.0.1/cb', 'https://127.0.0.1:51004/cb')).toBe(false);
  });

  it.each([
    'http://127.0.0.1:1@evil.example/cb',
    'http://127.0.0.1.evil.example/cb',
    'http://127.0.0.1:/cb',
    'http://127.0.0.1:999999/cb',
    'http://127.0.0.1:65536/cb',
    'http://127.0.0.1:0/cb',
    'http://127.0.0.1:080/cb',
    'http://127.0.0.1\\@evil.example/cb',
  ])('is not fooled by %s', (given) => {
    expect(matches('http://127.0.0.1/cb', given)).toBe(false);
  });
});

describe('the CSP source of a redirect URI', () => {
  it.each([
    ['https://rp.example/cb?x', 'https://rp.example'],
    ['http://127.0.0.1:8080/cb', 'http://127.0.0.1:8080'],
    ['com.example.app:/cb', 'com.example.app:'],
    ['http://[::1]:8080/cb', 'http:'], // no source expression can name an IPv6 address
  ])('%s', (uri, source) => {
    expect(formActionSource(uri)).toBe(source);
  });
});
