import { afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { formatsOf } from '../../src/language/messages/languages.js';
import { NegotiatedLanguages } from '../../src/language/negotiated-languages.js';
import { LOCALES, type Locale, languageName, loadMessages, messagesFor } from '../../src/language/messages.js';
import {
  WISHES_MAX_LENGTH,
  WISHES_MAX_TAGS,
  negotiateFormats,
  negotiateLocale,
} from '../../src/language/negotiation.js';
import { messageSet } from '../../src/language/messages/message-set.js';
import { ar } from '../../src/language/messages/ar.js';
import { de } from '../../src/language/messages/de.js';
import { type Messages, en } from '../../src/language/messages/en.js';
import { es } from '../../src/language/messages/es.js';
import { fr } from '../../src/language/messages/fr.js';
import { TextTable, elementsOf, kindOf, parseText } from '../../src/language/messages/text-table.js';

const ALL: Readonly<Record<Locale, Partial<Messages>>> = { en, de, fr, es, ar };

/** Names of the placeholders and tags of an ICU message. */
function namesIn(text: string): string[] {
  const elements = elementsOf(parseText(text, 'en').format.getAst());
  const names = elements.flatMap((one) => ('value' in one && kindOf(one) !== 'literal' ? [`${one.value}`] : []));
  return [...new Set(names)].sort();
}

beforeAll(async () => {
  await Promise.all(LOCALES.map((locale) => loadMessages(locale)));
});

describe('message files', () => {
  it('are one per language', () => {
    expect(Object.keys(ALL)).toEqual(LOCALES);
    expect(LOCALES.map(languageName)).toEqual(['English', 'Deutsch', 'Français', 'Español', 'العربية']);
  });

  it.each(LOCALES)('%s has every text, and none is empty', (locale) => {
    expect(Object.keys(ALL[locale]).sort()).toEqual(Object.keys(en).sort());
    for (const text of Object.values(ALL[locale])) expect(text.trim()).toMatch(/./);
  });

  it.each(LOCALES)('%s uses the placeholders and tags of English', (locale) => {
    for (const [key, text] of Object.entries(ALL[locale])) {
      expect([key, namesIn(text)]).toEqual([key, namesIn(en[key as keyof typeof en])]);
    }
  });

  it.each(LOCALES)('%s says how many in each plural that it has', (locale) => {
    // French and Spanish have a form for whole millions, which nothing here reaches.
    const needed = new Intl.PluralRules(locale)
      .resolvedOptions()
      .pluralCategories.filter((category) => locale === 'ar' || category !== 'many');
    for (const [key, text] of Object.entries(ALL[locale])) {
      for (const element of elementsOf(parseText(text, locale).format.getAst())) {
        if (kindOf(element) !== 'plural' || !('options' in element)) continue;
        expect([key, Object.keys(element.options)]).toEqual([key, expect.arrayContaining(needed)]);
      }
    }
  });

  it.each(LOCALES)('%s formats dates and numbers by its own rules', (locale) => {
    for (const tag of formatsOf(locale)) expect(Intl.DateTimeFormat.supportedLocalesOf(tag)).toEqual([tag]);
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

  it('have the plurals of Arabic', () => {
    const wait = (minutes: number) => messagesFor('ar').text('wait.minutes', { minutes });
    expect([1, 2, 3, 11, 100].map(wait)).toEqual([
      'بعد دقيقة واحدة',
      'بعد دقيقتين',
      'بعد 3 دقائق',
      'بعد 11 دقيقة',
      'بعد 100 دقيقة',
    ]);
  });

  it('have the dates, the digits and the calendar of the region', () => {
    const date = new Date('2026-01-03T23:30:00Z');
    const allowed = (locale: Locale, languageTag?: string) =>
      messagesFor(locale, { languageTag }).text('account.allowedOn', { date });
    expect(allowed('ar')).toBe('تم السماح في 3 يناير 2026');
    expect(allowed('ar', 'ar-EG')).toBe('تم السماح في ٣ يناير ٢٠٢٦');
    expect(allowed('de', 'de-AT')).toBe('Erlaubt am 3. Jänner 2026');
    expect(allowed('en', 'en-US')).toBe('Allowed on January 3, 2026');
    expect(allowed('en', 'fa-IR')).toBe('Allowed on 3 January 2026');
    expect(messagesFor('fr').list(['a', 'b', 'c'])).toBe('a, b et c');
  });

  it('keep names apart whose direction would reorder the sentence', () => {
    expect(messagesFor('en').text('signIn.title', { tenant: 'Acme' })).toBe('Sign in to Acme');
    expect(messagesFor('en').text('signIn.title', { tenant: 'بنك' })).toBe('Sign in to \u2068بنك\u2069');
    expect(messagesFor('ar').text('signIn.title', { tenant: 'Acme (UK)' })).toBe(
      'تسجيل الدخول إلى \u2068Acme (UK)\u2069',
    );
    expect(messagesFor('ar').list(['Acme', 'بنك'])).toBe('\u2068Acme\u2069 و\u2068بنك\u2069');
  });

  it('come from the tenant, from the language, from the tenant’s language, from English', () => {
    const table = (texts: Partial<Messages>) => new TextTable(texts, 'en');
    const tables = [
      table({ 'signIn.title': 'own {tenant}', 'signIn.continueAs': 'needs {nobody}' }),
      table({ 'signIn.title': 'language', 'signIn.submit': 'language' }),
      table({ 'signIn.submit': 'tenant', 'signIn.password': 'tenant' }),
      table(en),
    ];
    const { text } = messageSet({ locale: 'en', direction: 'ltr', languageTag: 'en', tables });
    expect(text('signIn.title', { tenant: 'Acme' })).toBe('own Acme');
    expect([text('signIn.submit'), text('signIn.password')]).toEqual(['language', 'tenant']);
    expect(text('signIn.username')).toBe('Username');
    expect(text('signIn.continueAs', { name: 'Alice' })).toBe('Continue as Alice');
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
    ['then ui_locales', { chosen: 'ja', uiLocales: 'de', acceptLanguage: 'en' }, 'de'],
    ['ui_locales in the order of preference', { uiLocales: 'ja-JP ja de-AT en' }, 'de'],
    ['then the browser', { chosen: 'xx', uiLocales: 'ja', acceptLanguage: 'ja, de-CH;q=0.8, en;q=0.5' }, 'de'],
    ['the browser by weight', { acceptLanguage: 'en;q=0.2,de;q=0.9' }, 'de'],
    ['no language the browser refuses', { acceptLanguage: 'de;q=0' }, 'en'],
    ['the tenant for "any"', { acceptLanguage: 'ja, *;q=0.5, de;q=0.1' }, 'en'],
    ['tags in any case', { uiLocales: 'DE-de' }, 'de'],
    ['a region of a language', { uiLocales: 'ar-EG' }, 'ar'],
    ['a region below another continent', { uiLocales: 'es-419' }, 'es'],
    ['a script that is usual for the language', { uiLocales: 'fr-Latn-CA' }, 'fr'],
    ['no other script', { uiLocales: 'de-Arab fr' }, 'fr'],
    ['the newer code for a language', { uiLocales: 'arb' }, 'ar'],
    ['a tag as some programs write it', { uiLocales: 'de_AT' }, 'de'],
    ['a tag with extensions', { acceptLanguage: 'ar-u-nu-latn' }, 'ar'],
    ['the tenant when nothing is said', {}, 'en'],
    ['the tenant when nothing fits', { chosen: '', uiLocales: 'xx', acceptLanguage: 'ja' }, 'en'],
  ] as const)('is %s', (_, wishes, locale) => {
    expect(negotiateLocale({ ...wishes, tenantDefault })).toBe(locale);
  });

  it.each([
    ['ar', { acceptLanguage: 'ar-EG, en' }, 'ar-EG'],
    ['ar', { acceptLanguage: 'ar-SD' }, 'ar'],
    ['ar', { acceptLanguage: 'en-US, ar-SA;q=0.5' }, 'ar-SA'],
    ['ar', { acceptLanguage: 'en', uiLocales: 'ar-MA' }, 'ar-MA'],
    ['de', { acceptLanguage: 'de;q=0.9, de-AT' }, 'de-AT'],
    ['en', { acceptLanguage: 'en-US-u-ca-buddhist' }, 'en-US'],
    ['en', { chosen: 'en', acceptLanguage: 'de-AT' }, 'en-GB'],
    ['en', { acceptLanguage: '\u0000,en_US' }, 'en-US'],
  ] as const)('has the formats of the region: %s with %j', (locale, wishes, tag) => {
    expect(negotiateFormats(locale, { ...wishes, tenantDefault })).toBe(tag);
  });

  it.each(['', ';', ',,,;;;===', ';q=1', 'q', 'de;q=abc', '__proto__', 'constructor, toString', '\u0000', '*;q=x'])(
    'is the default for %j everywhere',
    (hostile) => {
      const wishes = { uiLocales: hostile, chosen: hostile, acceptLanguage: hostile };
      expect(negotiateLocale({ ...wishes, tenantDefault })).toBe('en');
    },
  );

  it('is worked out once for what browsers send, and kept for no longer header', () => {
    const negotiated = new NegotiatedLanguages();
    const looks = jest.spyOn(Intl, 'Locale');
    const costOf = (acceptLanguage: string) => {
      looks.mockClear();
      const { locale } = negotiated.get({ acceptLanguage, tenantDefault });
      return [locale, looks.mock.calls.length > 0];
    };
    const header = 'de-AT,de;q=0.9,en;q=0.8';
    const long = `${header},${'en-US,'.repeat(40)}`;
    expect([header, header, 'ar-EG', header, long, long].map(costOf)).toEqual([
      ['de', true],
      ['de', false],
      ['ar', true],
      ['de', false],
      ['de', true],
      ['de', true],
    ]);
    expect(negotiated.get({ acceptLanguage: header, tenantDefault })).toEqual({ locale: 'de', languageTag: 'de-AT' });
    expect(negotiated.get({ acceptLanguage: header, chosen: 'fr', tenantDefault }).locale).toBe('fr');
    expect(negotiated.get({ uiLocales: header, tenantDefault: 'es' }).locale).toBe('es');
    looks.mockRestore();
  });

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
    const looks = jest.spyOn(Intl, 'Locale');
    const trims = jest.spyOn(String.prototype, 'trim');
    const wishes = { uiLocales: hostile, chosen: hostile, acceptLanguage: hostile };
    expect(negotiateLocale({ ...wishes, tenantDefault })).toBe('en');
    expect(looks.mock.calls.length).toBeLessThanOrEqual(2 * WISHES_MAX_TAGS);
    expect(trims.mock.calls.length).toBeLessThanOrEqual(4 * WISHES_MAX_TAGS);
  });
});
