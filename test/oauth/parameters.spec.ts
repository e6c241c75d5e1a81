import { describe, expect, it } from '@jest/globals';
import { InvalidRequestError } from '../../src/oauth/oauth-error.js';
import { OAuthParameters } from '../../src/oauth/parameters.js';

const parse = (...texts: string[]) => OAuthParameters.parse(...texts);

describe('RFC 6749 appendix B: application/x-www-form-urlencoded', () => {
  it('decodes percent-encoded UTF-8, and "+" as a space', () => {
    const params = parse('a=b+c%20d&e=%E2%82%AC&%66=%2B&plain=x~y');
    expect(params.entries()).toEqual([
      ['a', 'b c d'],
      ['e', '€'],
      ['f', '+'],
      ['plain', 'x~y'],
    ]);
  });

  it.each(['a=%', 'a=%z1', 'a=%e2%82', 'a=%ff', 'a=€', '%zz=a', 'a=b c%'])('refuses %j', (text) => {
    expect(() => parse(text)).toThrow(InvalidRequestError);
  });

  it.each(['a=%00', 'a=%0a', 'a=b%0Dc', 'a=%7f', '%00=a', 'a=b\nc', 'password=a%00b'])(
    'refuses control characters: %j',
    (text) => {
      expect(() => parse(text)).toThrow(InvalidRequestError);
    },
  );

  it('leaves a password what its owner typed, NUL apart', () => {
    expect(parse('password=a%09b').get('password')).toBe('a\tb');
  });

  it('refuses more parameters than any request has', () => {
    const many = (count: number) => Array.from({ length: count }, (_, n) => `p${n}=x`).join('&');
    expect(parse(many(100)).entries()).toHaveLength(100);
    expect(() => parse(many(101))).toThrow(InvalidRequestError);
    expect(() => parse(many(60), many(60))).toThrow(InvalidRequestError);
    // Nothing is hidden behind empty ones.
    expect(() => parse(`a=1${'&'.repeat(150)}a=2`)).toThrow(InvalidRequestError);
    expect(parse(`a=1${'&'.repeat(99)}a=2`).repeated).toEqual(['a']);
  });
});

describe('RFC 6749 §3.1: omitted, empty and repeated', () => {
  it('treats an empty value, and a name without a value, as omitted', () => {
    const params = parse('a=&b&&=c');
    expect([params.find('a'), params.find('b'), params.find('nothing')]).toEqual([undefined, undefined, undefined]);
    expect(() => params.get('a')).toThrow(/a is missing/);
  });

  it('knows what is repeated, whether the values differ or not, and across query and body', () => {
    expect(parse('a=1&b=2&a=1').repeated).toEqual(['a']);
    expect(parse('a=1', 'a=2').repeated).toEqual(['a']);
    expect(parse('a=&a=').repeated).toEqual(['a']);
    expect(() => parse('a=1&%61=2').refuseRepeated()).toThrow(InvalidRequestError);
  });

  it('lets resource be repeated (RFC 8707 §2)', () => {
    const params = parse('resource=a&resource=b&resource=').refuseRepeated();
    expect(params.all('resource')).toEqual(['a', 'b']);
  });

  it('takes no name for more than a name', () => {
    const params = parse('__proto__=x&constructor=y&toString=z');
    expect(params.find('__proto__')).toBe('x');
    expect(params.find('hasOwnProperty')).toBeUndefined();
  });

  it('gives back what can be parsed again', () => {
    const params = parse('a=b%26c&resource=x&resource=y&e=');
    const again = parse(new URLSearchParams(params.entries()).toString());
    expect(again.entries()).toEqual(params.entries());
  });

  it('splits each pair at its first equals sign, wherever that is', () => {
    expect(parse('flag&=x&a=b=c').entries()).toEqual([
      ['flag', ''],
      ['', 'x'],
      ['a', 'b=c'],
    ]);
  });
});
