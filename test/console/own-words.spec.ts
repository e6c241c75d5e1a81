import { describe, expect, it } from '@jest/globals';
import { warningTexts } from '../../console/src/screens/applications/warning-texts.js';
import { keyOf } from '../../console/src/screens/domains/finding-words.js';
import { checkTexts } from '../../console/src/screens/home/check-texts.js';
import { impactTexts } from '../../console/src/screens/policies/impact-texts.js';
import { translator } from '../../console/src/texts/texts.js';
import type { Client } from '../../src/clients/client.js';
import type { ClientRegistration } from '../../src/clients/clients.repository.js';
import { findRegistrationWarnings } from '../../src/clients/registration-warnings.js';
import { dryRunSchemas } from '../../src/management/tenants/policy-impact.view.js';
import {
  NOTHING_YET,
  type ReadinessCheck,
  type ReadinessFacts,
  type ReadinessSubject,
  assessReadiness,
} from '../../src/onboarding/readiness.js';
import { DEFAULT_POLICY } from '../../src/tenants/tenant-policy.js';

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
    const say = translator<string>(checkTexts, language);
    for (const check of found) {
      const { until, ...values } = check.values;
      const said = say(nameOf(check), { ...values, ...(until !== undefined && { until: new Date(until) }) });
      expect(said).not.toContain('{');
      for (const value of Object.values(values))
        expect(said.replaceAll(',', '.')).toContain(String(value).replaceAll(',', '.'));
    }
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

describe('What was accepted and will not work', () => {
  it('has words', () => {
    const registration = {
      grantTypes: ['refresh_token', 'client_credentials'],
      responseTypes: [],
      redirectUris: ['https://a.test/cb'],
      refreshTokenRotation: null,
      permissions: [{ api: '', scopes: ['profile', 'offline_access'] }],
      optionalScopes: [],
      firstParty: false,
      tokenEndpointAuthMethod: 'client_secret_basic' satisfies Client['tokenEndpointAuthMethod'],
      jwks: null,
      strictAssertionAudience: null,
      requirePkce: null,
    } as unknown as ClientRegistration;
    const codes = findRegistrationWarnings(registration, DEFAULT_POLICY, ['nothing']).map(({ code }) => code);
    expect(codes.length).toBeGreaterThan(3);
    expect(codes.filter((code) => !Object.hasOwn(warningTexts.en, code))).toEqual([]);
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
