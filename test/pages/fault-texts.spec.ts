import { describe, expect, it } from '@jest/globals';
import { ClientMetadataError, completeMetadata } from '../../src/clients/client-metadata.js';
import { METADATA_FAULTS, type MetadataFault, type MetadataFaultCode } from '../../src/clients/metadata-faults.js';
import { checkCeilings } from '../../src/developers/ceilings.js';
import { LOCALES, messagesFor } from '../../src/language/messages.js';
import { URI_DIFFERENCES, type UriDifferenceCode } from '../../src/oauth/redirect-uri-difference-texts.js';
import type { AccountClientFormPage, AccountClientRedirectsPage } from '../../src/pages/developer-content.js';
import { renderPage } from '../../src/pages/render-page.js';
import { differenceText, ruleText } from '../../src/pages/views/fault-text.js';
import { managementApi } from '../../src/resources/management-api.js';
import { bindPermissions } from '../../src/resources/permission-binding.js';
import { DEFAULT_POLICY } from '../../src/tenants/tenant-policy.js';
import { ACME, samplePages } from './sample-pages.js';

/** Values that services give beyond those of the English text. A case below has each from its service. */
const BEYOND: Readonly<Partial<Record<MetadataFaultCode, Readonly<Record<string, string | number>>>>> = {
  key: { place: 7 },
  scope_ambiguous: { names: 'https://a.test, https://b.test' },
  scope_beyond: { name: 'https://api.test read' },
  scope_none: { name: 'https://api.test read' },
};

const RULES = (Object.keys(METADATA_FAULTS) as MetadataFaultCode[]).map((code) => ({
  code,
  ...filled(METADATA_FAULTS[code], BEYOND[code]),
}));
const DIFFERENCES = (Object.keys(URI_DIFFERENCES) as UriDifferenceCode[]).map((code) => ({
  code,
  ...filled(URI_DIFFERENCES[code]),
}));
const OTHERS = LOCALES.filter((locale) => locale !== 'en');

describe.each(LOCALES)('faults of a service on a page in %s', (locale) => {
  const tenant = { ...ACME, locale };
  const form = samplePages(tenant)['account-client-form-broken'] as AccountClientFormPage;
  const redirects = samplePages(tenant)['account-client-redirects'] as AccountClientRedirectsPage;

  it.each(RULES.map((fault) => [fault.code, fault] as const))('rule %s is said in its words', (_, fault) => {
    const html = plain(renderPage({ ...form, broken: { member: 'redirect_uris[0]', fault } }));
    expect(html).toContain(plain(ruleText(fault, messagesFor(locale))));
    expect(html).not.toMatch(/undefined|\[object/);
    if (locale === 'en') return;
    expect(html).not.toContain(fault.text);
    expect(html).not.toContain(plain(ruleText(fault, messagesFor('en'))));
  });

  it.each(DIFFERENCES.map((reason) => [reason.code, reason] as const))('difference %s, too', (_, reason) => {
    const comparisons = redirects.comparisons.slice(0, 1).map((one) => ({ ...one, reason }));
    expect(comparisons).toHaveLength(1);
    const html = plain(renderPage({ ...redirects, comparisons }));
    expect(html).toContain(plain(differenceText(reason, messagesFor(locale))));
    if (locale === 'en') return;
    expect(html).not.toContain(reason.text);
    expect(html).not.toContain(plain(differenceText(reason, messagesFor('en'))));
  });
});

describe('values that only pages show', () => {
  const OFFER = { grantTypes: ['client_credentials'], authenticationMethods: [], redirectUris: DEFAULT_POLICY };
  const machine = completeMetadata({ grantTypes: ['client_credentials'] }, OFFER);
  const api = (identifier: string) => ({
    ...managementApi('https://id.test'),
    ...{ identifier, isManagement: false, scopes: [{ name: 'read', description: 'read' }] },
  });
  const apis = new Map([api('https://a.test'), api('https://b.test')].map((one) => [one.identifier, one]));
  const asking = { ...machine, permissions: [{ api: 'https://api.test', scopes: ['read'] }] };
  const policy = { ...DEFAULT_POLICY, developerGrantTypes: ['client_credentials'] };

  it.each<[MetadataFaultCode, () => unknown]>([
    ['key', () => completeMetadata({ grantTypes: ['client_credentials'], jwks: { keys: [{ kty: 'oct' }] } }, OFFER)],
    ['scope_ambiguous', () => bindPermissions(apis, { scope: ['read'] }, { byDefault: [] })],
    ['scope_beyond', () => checkCeilings(asking, { ...policy, developerScopes: ['openid'] })],
    ['scope_none', () => checkCeilings(asking, { ...policy, developerScopes: [] })],
  ])('come with %s', (code, work) => {
    const fault = reasonOf(work);
    expect(fault).toMatchObject({ code });
    expect(Object.keys(fault?.values ?? {})).toEqual(expect.arrayContaining(Object.keys(BEYOND[code] ?? {})));
    for (const locale of OTHERS) expect(fault && ruleText(fault, messagesFor(locale))).not.toMatch(/[{}]|undefined/);
  });
});

function filled(text: string, beyond: Readonly<Record<string, string | number>> = {}) {
  const names = [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const values = Object.fromEntries(
    names.map((name) => [name, ['most', 'position', 'index'].includes(name) ? 7 : `x-${name}`]),
  );
  return {
    text: text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name])),
    values: { ...values, ...beyond },
  };
}

function reasonOf(work: () => unknown): MetadataFault | undefined {
  try {
    work();
  } catch (error) {
    if (error instanceof ClientMetadataError) return error.reason;
    throw error;
  }
  return undefined;
}

/** Without the marks that keep values apart in texts of another direction, and as it is read. */
function plain(html: string): string {
  return html
    .replace(/[\u2066-\u2069]/g, '')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'");
}
