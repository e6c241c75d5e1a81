import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { warningTexts } from '../../console/src/screens/applications/warning-texts.js';
import { keyOf } from '../../console/src/screens/domains/finding-words.js';
import { checkTexts } from '../../console/src/screens/home/check-texts.js';
import { checkWords } from '../../console/src/screens/home/check-words.js';
import { impactTexts } from '../../console/src/screens/policies/impact-texts.js';
import { impactWords } from '../../console/src/screens/policies/impact-words.js';
import { builtInRoleWords } from '../../console/src/screens/roles/role-words.js';
import { dayOf, wordsOf } from '../../console/src/texts/words.js';
import { dryRunSchemas } from '../../src/management/tenants/policy-impact.view.js';
import {
  NOTHING_YET,
  type ReadinessCheck,
  type ReadinessFacts,
  type ReadinessSubject,
  assessReadiness,
} from '../../src/onboarding/readiness.js';
import { BUILT_IN_ROLES } from '../../src/resources/management-roles.js';

/** What the API says in English beside a code, the console says in both languages. */

const LANGUAGES = ['en', 'de'] as const;

describe('The readiness report', () => {
  const issuer = 'https://a.test';
  const worst: ReadinessSubject = {
    status: 'suspended',
    branding: { primaryColor: '#FFEE00' },
    hasKeys: false,
    endingGrants: [{ grant: 'password', from: '2100-01-01', hasEnded: false }],
    addresses: { all: [issuer], answering: [] },
    platform: { production: true, hasSmtp: false },
  };
  const client = { clientId: 'web', redirects: true, grantTypes: ['password'] };
  const cases: readonly (readonly [Partial<ReadinessSubject>, Partial<ReadinessFacts>])[] = [
    [{}, {}],
    [{}, { clients: [{ ...client, redirectUris: [] }], invited: true }],
    [{}, { clients: [{ ...client, redirectUris: ['http://127.0.0.1/cb'] }] }],
    [
      { addresses: { all: [issuer], answering: [issuer] }, platform: { production: true, hasSmtp: true } },
      {
        failingDomains: [{ domain: 'login.a.test', lapsesAt: '2026-03-08T12:00:00Z' }],
        lastMail: { state: 'failed', reply: '550 no' },
      },
    ],
  ];
  const found = cases
    .flatMap(([subject, facts]) => assessReadiness({ ...worst, ...subject }, { ...NOTHING_YET, ...facts }))
    .filter(({ state }) => state !== 'ok');
  const nameOf = ({ name, state }: ReadinessCheck) => `${name}_${state}`;

  it('has words for everything that can be found, and what to do', () => {
    const names = [...new Set(found.map(nameOf))].sort();
    const known = Object.keys(checkTexts.en).filter((key) => key !== 'no_reply' && !key.startsWith('do_'));
    expect(names).toEqual(known.sort());
    expect(names.map((name) => `do_${name}`).filter((key) => !Object.hasOwn(checkTexts.en, key))).toEqual([]);
  });

  it.each(LANGUAGES)('gives the values that its words take, in %s', (language) => {
    const words = checkWords(language);
    for (const check of found) {
      const said = words.found(check) ?? '';
      expect(said).not.toMatch(/^$|\{/);
      const { until, from, ...values } = check.values;
      if (until !== undefined) expect(said).toContain(longDay(new Date(until), language));
      if (from !== undefined) expect(said).toContain(longDay(dayOf(String(from)), language));
      for (const value of Object.values(values))
        expect(said.replaceAll(',', '.')).toContain(String(value).replaceAll(',', '.'));
    }
  });

  it.each(LANGUAGES)('of a process that gives no values leaves their sentences to it, in %s', (language) => {
    const words = checkWords(language);
    for (const { name, state, values } of found) {
      const isNamed = Object.keys(values).length > 0;
      expect([name, state, words.found({ name, state }) === undefined]).toEqual([name, state, isNamed]);
      const strange = { name, state, values: { until: 'soon', from: 'soon' } };
      expect(words.found(strange) ?? '').not.toContain('Invalid');
    }
  });

  it('says of a mail server that said nothing that it did', () => {
    expect(checkWords('en').found({ name: 'mail', state: 'warning', values: {} })).toContain('said: nothing');
  });

  it('does not tell to wait for a tenant that is suspended', () => {
    const addresses = { name: 'addresses', state: 'missing' } as const;
    const { mend } = checkWords('en');
    expect(mend(addresses, [addresses, { name: 'status', state: 'ok' }])).toBe('Look again in some seconds.');
    expect(mend(addresses, [addresses, { name: 'status', state: 'missing' }])).toBe('Only operators resume it.');
  });
});

describe('The dry run of a policy', () => {
  it.each([
    ['client', 'ClientImpact'],
    ['user', 'UserImpact'],
  ] as const)('has words for each code of a %s', (kind, schema) => {
    const codes = dryRunSchemas()[schema]?.properties?.['code']?.enum as readonly string[];
    const known = Object.keys(impactTexts.en).filter((key) => key.startsWith(`${kind}_`));
    expect(codes.map((code) => `${kind}_${code}`).sort()).toEqual(known.sort());
  });
});

describe('A client in the dry run of a policy', () => {
  const client = { code: 'grant_ends', last_used_at: null } as const;

  it.each(LANGUAGES)('is told the day in words, in %s', (language) => {
    const said = impactWords(language).client({ ...client, values: { grant: 'password', from: '2100-01-31' } });
    expect(said).toContain(longDay(dayOf('2100-01-31'), language));
  });

  it('of a process that gives no values is as the platform says it', () => {
    expect(impactWords('de').client(client)).toBeUndefined();
    expect(impactWords('de').client({ ...client, values: { grant: 'password', from: 'soon' } })).toBeUndefined();
  });
});

describe('What was accepted and will not work', () => {
  it('has words for each code that clients and APIs are answered with, and for no other', () => {
    const sources = ['src/clients/registration-warnings.ts', 'src/management/apis/api-warnings.ts'];
    // A code stands before its pointer, which is a text with a slash.
    const codes = sources.flatMap((path) => [
      ...readFileSync(path, 'utf8').matchAll(/'(\w+)',\s*(?:pointer: )?['`]\//g),
    ]);
    const known = [...new Set(codes.map(([, code]) => code))].sort();
    expect(known.length).toBeGreaterThan(8);
    expect(Object.keys(warningTexts.de).sort()).toEqual(known);
  });

  it('is said in the words of the platform to whoever reads English, and where there are no others', () => {
    expect(wordsOf(warningTexts, 'en')('no_grant_type')).toBeUndefined();
    expect(wordsOf(warningTexts, 'de')('toString')).toBeUndefined();
    expect(wordsOf(warningTexts, 'de')('no_effect')).toBeUndefined();
    expect(wordsOf(warningTexts, 'de')('no_effect', { setting: 'jwks' })).toContain('jwks');
  });
});

it.each([
  ['dns', { proven: true, conclusive: true, found: ['right'] }, 'dns_proven'],
  ['dns', { proven: false, conclusive: true, found: ['other'] }, 'dns_other'],
  ['dns', { proven: false, conclusive: true, found: [] }, 'dns_absent'],
  ['dns', { proven: false, conclusive: false, found: [] }, 'dns_silent'],
  ['file', { proven: true, conclusive: true, found: ['right'] }, 'file_proven'],
  ['file', { proven: false, conclusive: true, found: [] }, 'file_absent'],
  ['file', { proven: false, conclusive: false, found: [] }, 'file_silent'],
] as const)('a proof by %s: %j is %s', (way, finding, key) => {
  expect(keyOf(way, finding)).toBe(key);
});

it('calls the built-in roles of administrators by German names, and no other', () => {
  const known = BUILT_IN_ROLES.flatMap(({ name }) => [name, `${name}.description`]);
  expect(Object.keys(builtInRoleWords.de).sort()).toEqual(known.sort());
});

function longDay(day: Date, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long' }).format(day);
}
