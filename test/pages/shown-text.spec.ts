import { describe, expect, it } from '@jest/globals';
import { NAME_MAX_LENGTH, displayName } from '../../src/pages/look/display-text.js';
import { foreignAddress, formTarget, supportAddress, webAddress } from '../../src/pages/look/web-address.js';

describe('displayName', () => {
  it.each([
    ['a right-to-left override', '\u202emoc.elgoog', 'moc.elgoog'],
    ['isolates and marks', '\u2066a\u2069\u200eb\u200fc\u061c', 'abc'],
    ['line breaks and tabs', 'a\r\n\tb\u2028c\u0085d', 'a b cd'],
    ['control characters', 'a\u0000b\u001b[31m', 'ab[31m'],
    ['lone surrogates', 'a\ud800b', 'ab'],
    ['piled accents', `z${'\u0301'.repeat(50)}a`, `z${'\u0301'.repeat(3)}a`],
  ])('takes %s out', (_, text, shown) => {
    expect(displayName(text)).toBe(shown);
  });

  it.each(['Zürcher Kantonalbank', 'شركة المثال', 'می\u200cخواهم', '👩\u200d💻 Dev', 'O’Neill & Söhne <GmbH>', '日本'])(
    'leaves %j as it is',
    (name) => {
      expect(displayName(name)).toBe(name);
    },
  );

  it('caps what is shown, by characters and not by code units', () => {
    expect(displayName('a'.repeat(10_000))).toBe(`${'a'.repeat(NAME_MAX_LENGTH - 1)}…`);
    expect(displayName('🦊'.repeat(NAME_MAX_LENGTH))).toBe('🦊'.repeat(NAME_MAX_LENGTH));
    expect(displayName('👩\u200d💻'.repeat(5000)).length).toBeLessThan(8 * NAME_MAX_LENGTH);
  });

  it.each(['', '   ', '\u200b\u200e\u202e', '\u00ad\n', '\u200d'])('falls back for %j', (name) => {
    expect(displayName(name, 'unnamed')).toBe('unnamed');
  });
});

describe('addresses', () => {
  const refused = [
    'javascript:alert(1)',
    'JAVASCRIPT:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '\\\\evil.example',
    'https:evil.example',
    'https://good.example\\@evil.example',
    'file:///etc/passwd',
    '',
  ];

  it.each(refused)('%j is not linked', (value) => {
    expect([webAddress(value), foreignAddress(value), supportAddress(value)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(() => formTarget(value)).toThrow('neither http(s) nor a path');
  });

  it('links http(s), our own paths, and a mailbox for support', () => {
    expect(webAddress('/t/acme/account?x=1')).toBe('/t/acme/account?x=1');
    expect(webAddress('https://a.example/x')).toBe('https://a.example/x');
    expect(foreignAddress('/t/acme')).toBeUndefined();
    expect(supportAddress('mailto:help@a.example')).toBe('mailto:help@a.example');
    expect(webAddress('mailto:help@a.example')).toBeUndefined();
    expect(formTarget('http://127.0.0.1:4180/callback')).toBe('http://127.0.0.1:4180/callback');
  });
});
