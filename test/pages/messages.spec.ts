import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { LOCALES, languageName, messagesFor } from '../../src/language/messages.js';
import { WISHES_MAX_LENGTH, WISHES_MAX_TAGS, negotiateLocale } from '../../src/language/negotiation.js';
import { de } from '../../src/language/messages/de.js';
import { type Messages, en } from '../../src/language/messages/en.js';

const ALL: Readonly<Record<string, Messages>> = { en, de };

describe('message files', () => {
  it('are one per language', () => {
    expect(Object.keys(ALL)).toEqual(LOCALES);
    expect(LOCALES.map(languageName)).toEqual(['English', 'Deutsch']);
  });

  it.each(LOCALES)('%s has every text, and none is empty', (locale) => {
    expect(Object.keys(ALL[locale] ?? {}).sort()).toEqual(Object.keys(en).sort());
    for (const text of Object.values(ALL[locale] ?? {})) expect(text.trim()).toMatch(/./);
  });

  it.each(LOCALES)('%s uses the placeholders and tags of English', (locale) => {
    const names = (text: string) => [...new Set(text.match(/\{[a-z]+\b(?=[},])|<\/?[a-z]+>/gi))].sort();
    for (const [key, text] of Object.entries(ALL[locale] ?? {})) {
      expect([key, names(text)]).toEqual([key, names(en[key as keyof typeof en])]);
    }
  });

  it('are complete by type', () => {
    const { 'signIn.submit': _, ...rest } = de;
    // @ts-expect-error a missing text
    const missing: Messages = { ...(rest as Omit<typeof en, 'signIn.submit'>) };
    // @ts-expect-error a text that English does not have
    const extra: Messages = { ...de, 'signIn.obsolete': '' };
    // @ts-expect-error a value that the text needs
    expect(() => messagesFor('en').text('signIn.continueAs', {})).toThrow();
    expect([missing, extra]).toHaveLength(2);
  });

  it('have no straight quotes, which ICU would read as escapes', () => {
    for (const text of Object.values(ALL).flatMap(Object.values) as string[]) expect(text).not.toMatch(/['"]/);
  });

  it('are formatted with plurals and dates', () => {
    expect(messagesFor('en').text('wait.minutes', { minutes: 1 })).toBe('in 1 minute');
    expect(messagesFor('de').text('wait.minutes', { minutes: 5 })).toBe('in 5 Minuten');
    const date = new Date('2026-03-03T23:30:00Z');
    expect(messagesFor('en').text('account.allowedOn', { date })).toBe('Allowed on 3 March 2026');
    expect(messagesFor('de').text('account.allowedOn', { date })).toBe('Erlaubt am 3. März 2026');
  });

  it('take values literally, whatever syntax they contain', () => {
    const name = "{tenant} {{7*7}} ${7*7} <account>x</account> '{' #";
    expect(messagesFor('en').text('signIn.continueAs', { name })).toBe(`Continue as ${name}`);
  });
});

describe('language of a page', () => {
  afterEach(() => {
    jest.restoreAllMocks();
  });

  const tenantDefault = 'en';

  it.each([
    ['what the person chose first', { chosen: 'de', uiLocales: 'en', acceptLanguage: 'en' }, 'de'],
    ['then ui_locales', { chosen: 'fr', uiLocales: 'de', acceptLanguage: 'en' }, 'de'],
    ['ui_locales in the order of preference', { uiLocales: 'fr-CA fr de-AT en' }, 'de'],
    ['then the browser', { chosen: 'xx', uiLocales: 'fr', acceptLanguage: 'fr, de-CH;q=0.8, en;q=0.5' }, 'de'],
    ['the browser by weight', { acceptLanguage: 'en;q=0.2,de;q=0.9' }, 'de'],
    ['no language the browser refuses', { acceptLanguage: 'de;q=0' }, 'en'],
    ['the tenant for "any"', { acceptLanguage: 'fr, *;q=0.5, de;q=0.1' }, 'en'],
    ['tags in any case', { uiLocales: 'DE-de' }, 'de'],
    ['the tenant when nothing is said', {}, 'en'],
    ['the tenant when nothing fits', { chosen: '', uiLocales: 'fr', acceptLanguage: 'ja' }, 'en'],
  ] as const)('is %s', (_, wishes, locale) => {
    expect(negotiateLocale({ ...wishes, tenantDefault })).toBe(locale);
  });

  it.each(['', ';', ',,,;;;===', ';q=1', 'q', 'de;q=abc', '__proto__', 'constructor, toString', '\u0000', '*;q=x'])(
    'is the default for %j everywhere',
    (hostile) => {
      const wishes = { uiLocales: hostile, chosen: hostile, acceptLanguage: hostile };
      expect(negotiateLocale({ ...wishes, tenantDefault })).toBe('en');
    },
  );

  it('reads the beginning of a header only', () => {
    const padding = 'x'.repeat(WISHES_MAX_LENGTH);
    expect(negotiateLocale({ acceptLanguage: `${padding},de`, tenantDefault })).toBe('en');
    expect(negotiateLocale({ uiLocales: `${padding} de`, tenantDefault })).toBe('en');
    expect(negotiateLocale({ acceptLanguage: `${'a,'.repeat(WISHES_MAX_TAGS)}de`, tenantDefault })).toBe('en');
    expect(negotiateLocale({ acceptLanguage: `${'a,'.repeat(WISHES_MAX_TAGS - 1)}de`, tenantDefault })).toBe('de');
  });

  it.each([
    ['commas', ','],
    ['tags', 'a,'],
    ['parameters', 'a;q=0.1;'],
    ['spaces', ' '],
  ])('looks at no more tags when 50 KB of %s are sent', (_, piece) => {
    const hostile = piece.repeat(50_000 / piece.length);
    const looks = jest.spyOn(String.prototype, 'toLowerCase');
    const trims = jest.spyOn(String.prototype, 'trim');
    const wishes = { uiLocales: hostile, chosen: hostile, acceptLanguage: hostile };
    expect(negotiateLocale({ ...wishes, tenantDefault })).toBe('en');
    expect(looks.mock.calls.length).toBeLessThanOrEqual(2 * WISHES_MAX_TAGS);
    expect(trims.mock.calls.length).toBeLessThanOrEqual(4 * WISHES_MAX_TAGS);
  });
});
