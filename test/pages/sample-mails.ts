import { SAMPLE_MAIL_NAMES, sampleMail } from '../../src/pages/preview/sample-mails.js';
import { NO_TEXTS } from '../../src/tenants/tenant-texts.js';
import { DEFAULT_POLICY } from '../../src/tenants/tenant-policy.js';
import type { SampleTenant } from './sample-pages.js';

const FROM = { address: 'no-reply@id.example', addresses: [], domains: [] };

/** The HTML of every kind of mail of a tenant, by its name. */
export async function sampleMails(tenant: SampleTenant): Promise<Readonly<Record<string, string>>> {
  const { displayName, branding, locale } = tenant;
  const { primaryColor, links } = branding;
  const sender = {
    displayName,
    policy: DEFAULT_POLICY,
    branding: { ...(primaryColor !== undefined && { primaryColor }), ...links },
    texts: NO_TEXTS,
  };
  const composed = SAMPLE_MAIL_NAMES.map(
    async (name) => [name, (await sampleMail(name, sender, { locale, mailFrom: FROM })) ?? ''] as const,
  );
  return Object.fromEntries(await Promise.all(composed));
}
