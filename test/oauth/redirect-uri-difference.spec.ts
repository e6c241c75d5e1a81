import { describe, expect, it } from '@jest/globals';
import { testRedirectUri } from '../../src/oauth/redirect-uri-difference.js';

const REGISTERED = 'https://shop.example/cb';

describe('the redirect tester', () => {
  it.each<[string, string, string, number, RegExp]>([
    ['another scheme', 'http://shop.example/cb', 'scheme', 5, /"http:" and not "https:"/],
    ['a capital in the host', 'https://Shop.example/cb', 'host', 9, /capitals/],
    ['www.', 'https://www.shop.example/cb', 'host', 9, /www\./],
    ['a dot behind the host', 'https://shop.example./cb', 'host', 21, /dot/],
    ['the default port', 'https://shop.example:443/cb', 'port', 21, /default/],
    ['another port', 'https://shop.example:8443/cb', 'port', 21, /":8443" and not "none"/],
    ['a slash too much', 'https://shop.example/cb/', 'path', 24, /slash too much/],
    ['percent-encoding', 'https://shop.example/%63b', 'path', 22, /percent-encoding/],
    ['a capital in the path', 'https://shop.example/Cb', 'path', 22, /capitals/],
    ['two slashes', 'https://shop.example//cb', 'path', 22, /two slashes/],
    ['a dot segment', 'https://shop.example/a/../cb', 'path', 22, /segment/],
    ['a query', 'https://shop.example/cb?x=1', 'query', 24, /not registered/],
    ['a fragment', 'https://shop.example/cb#x', 'fragment', 24, /fragment/],
    ['a user name', 'https://me@shop.example/cb', 'user', 9, /user name/],
    ['a space behind it', 'https://shop.example/cb ', 'path', 24, /Character 24 is U\+0020.*behind/],
    ['a zero-width space', 'https://shop.exa​mple/cb', 'host', 17, /U\+200B.*cannot be seen/],
    ['a Cyrillic o', 'https://shоp.example/cb', 'host', 11, /U\+043E.*looks like "o".*registered/],
    ['a wide slash', 'https://shop.example／cb', 'host', 21, /looks like "\/"/],
    ['all of it encoded', 'https%3A%2F%2Fshop.example%2Fcb', 'whole', 6, /as a whole/],
    ['no address', 'shop', 'whole', 1, /scheme/],
    ['nothing', '', 'whole', 1, /scheme/],
  ])('names %s', (_, given, part, position, detail) => {
    const { matches, comparisons } = testRedirectUri([REGISTERED], given, 'web');
    expect(matches).toBe(false);
    expect(comparisons[0]?.difference).toMatchObject({ part, position });
    expect(comparisons[0]?.difference?.detail).toMatch(detail);
  });

  it('names a slash that is missing, and a query in another order or encoding', () => {
    const detail = (registered: string, given: string) =>
      testRedirectUri([registered], given, 'web').comparisons[0]?.difference?.detail;
    expect(detail('https://shop.example/', 'https://shop.example')).toMatch(/slash .* missing/);
    expect(detail('https://a.test/?x=1&y=2', 'https://a.test/?y=2&x=1')).toMatch(/another order/);
    expect(detail('https://a.test/?x=%20', 'https://a.test/?x=+')).toMatch(/The query is/);
    expect(detail('http://localhost/cb', 'http://127.0.0.1/cb')).toMatch(/compared as texts/);
  });

  it('compares as the authorization endpoint does, the most similar first', () => {
    expect(testRedirectUri([REGISTERED], REGISTERED, 'web')).toMatchObject({ matches: true });
    expect(testRedirectUri(['http://127.0.0.1/cb'], 'http://127.0.0.1:4711/cb', 'native').matches).toBe(true);
    const web = testRedirectUri(['http://127.0.0.1/cb'], 'http://127.0.0.1:4711/cb', 'web');
    expect(web.comparisons[0]?.difference?.detail).toMatch(/native/);
    const given = 'https://shop.example/cb/';
    const { comparisons } = testRedirectUri(['https://other.example/', 'myapp://cb', REGISTERED], given, 'web');
    expect(comparisons.map(({ registered }) => registered)[0]).toBe(REGISTERED);
  });
});
