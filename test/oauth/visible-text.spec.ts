import { describe, expect, it } from '@jest/globals';
import { isEmailAddress } from '../../src/oauth/email-address.js';
import { boundedText } from '../../src/audit/audit-row.js';
import { isVisibleLine, isVisibleWord } from '../../src/oauth/visible-text.js';

describe('a text that people read', () => {
  it.each(['', 'Ada Lovelace', 'Grüße, 東京', 'Zoë', 'أحمد', 'क्षेत्र', 'A – B', '👩‍💻 Team', '❤️', '👍🏽'])(
    'may be “%s”',
    (text) => {
      expect(isVisibleLine(text)).toBe(true);
    },
  );

  it.each([
    ['a control', 'a\u0007b'],
    ['DEL', 'a\u007fb'],
    ['a C1 control', 'a\u0085b'],
    ['a line break', 'a\nb'],
    ['a tab', 'a\tb'],
    ['a zero-width space', 'a\u200bb'],
    ['a word joiner', 'a\u2060b'],
    ['a byte order mark', '\ufeffab'],
    ['a soft hyphen', 'a\u00adb'],
    ['a direction mark', 'a\u200eb'],
    ['an override of direction', 'a\u202eb'],
    ['an isolate', 'a\u2066b'],
    ['an Arabic letter mark', 'a\u061cb'],
    ['a line separator', 'a\u2028b'],
    ['a paragraph separator', 'a\u2029b'],
    ['a tag', 'a\u{e0041}b'],
    ['private use', 'a\ue000b'],
    ['half a pair', 'a\ud800b'],
    ['what is not assigned', 'a\u0378b'],
    ['a filler', 'a\u3164b'],
    ['a blank of Braille', '\u2800'],
    ['a variation selector', 'a\ufe0fb'],
    ['a joiner between letters that do not join', 'a\u200db'],
    ['a non-joiner between letters that do not join', 'a\u200cb'],
    ['blanks alone', ' \u00a0 '],
  ])('may not hold %s', (_, text) => {
    expect(isVisibleLine(text)).toBe(false);
  });

  it('keeps the joiners that belong to the spelling (RFC 5892 appendix A.1 and A.2)', () => {
    for (const text of ['می\u200cخواهم', 'क्\u200dष', 'ක්\u200dෂ'])
      expect([text, isVisibleWord(text)]).toEqual([text, true]);
    for (const text of ['\u200cمی', 'می\u200c', 'क\u200dष']) expect([text, isVisibleWord(text)]).toEqual([text, false]);
  });
});

describe('an e-mail address', () => {
  it.each([
    'a@b.test',
    "o'neil+x@mail.example.com",
    'jürgen@bücher.example',
    '用户@例子.广告',
    'a.b@xn--bcher-kva.example',
  ])('may be %s', (value) => {
    expect(isEmailAddress(value)).toBe(true);
  });

  it.each([
    '',
    'a',
    '@b.test',
    'a@',
    'a@b',
    'a@@b.test',
    'a@b@c.test',
    'a b@c.test',
    ' a@b.test',
    'a@b.test ',
    'a@b .test',
    '"a b"@c.test',
    '"a\u0001"@c.test',
    'a@b.test\n',
    'a\u0000@b.test',
    'a\u200b@b.test',
    'a@b\u200b.test',
    'a@b\u202e.test',
    'a\u00ad@b.test',
    '.a@b.test',
    'a..b@c.test',
    'a.@b.test',
    'a@.b.test',
    'a@b..test',
    'a@-b.test',
    'a@b.test.',
    'a@1.2.3.4',
    'a@[1.2.3.4]',
    'a@b.1',
    'a@b/c.test',
    'a@b.test?subject=x',
    'a<b@c.test',
    'A <a@b.test>',
    'a@b.test,c@d.test',
    `${'x'.repeat(65)}@b.test`,
    `a@${'x'.repeat(64)}.test`,
    `a@${'x.'.repeat(130)}test`,
  ])('may not be %j', (value) => {
    expect(isEmailAddress(value)).toBe(false);
  });
});

describe('what somebody typed, in the log', () => {
  it('controls nothing, hides nothing and is bounded', () => {
    const typed = 'al\u202eice\u200b\ufeff\u2066@\u0007acme\u{e0041}.test\u2028';
    expect(boundedText(typed, 200)).toBe('alice@acme.test');
    expect(boundedText('Grüße, 東京', 5)).toBe('Grüße');
  });
});
