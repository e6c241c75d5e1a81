import { describe, expect, it } from '@jest/globals';
import { parseUrl } from '../../src/oauth/parse-url.js';

describe('An absolute URL', () => {
  it.each(['https://bücher.test/a?b=c@d#e', 'https://例え.test/', 'cafe://ü', 'urn:a:b'])(
    'is one however often it is parsed: %s',
    (text) => {
      // As many as make Node.js compile what parses it.
      for (let count = 0; count < 20_000; count += 1) parseUrl(text);
      expect(parseUrl(text)).toBeInstanceOf(URL);
    },
  );

  it.each(['', 'a', '/a', '//a.test', 'https://', 'https://[::1', 'https://a b.test'])('is not %j', (text) => {
    expect(parseUrl(text)).toBeUndefined();
  });
});
