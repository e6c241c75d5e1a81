import { composeMail } from '../../src/mail/compose-mail.js';
import type { MailTemplate } from '../../src/mail/mail-template.js';
import { mailTemplates } from '../../src/mail/mail-templates.js';
import { NO_TEXTS } from '../../src/tenants/tenant-texts.js';
import { DEFAULT_POLICY } from '../../src/tenants/tenant-policy.js';
import type { SampleTenant } from './sample-pages.js';

const MOMENT = new Date('2026-03-03T10:00:00Z');
/** What any of the templates is given. */
const VALUES = {
  date: MOMENT,
  at: MOMENT,
  until: MOMENT,
  minutes: 15,
  left: 3,
  address: '2001:db8:1234:5678:9abc:def0:1234:5678',
  email: 'alice.amherst@new.example',
  username: 'alice@people.example',
  name: 'Sicherheitsschlüssel (blau)',
  factor: 'Sicherheitsschlüssel',
};
const FROM = { address: 'no-reply@id.example', addresses: [], domains: [] };
const LINK = `https://id.example/t/sample/confirm?token=${'a'.repeat(43)}`;

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
  const composed = Object.entries<MailTemplate>(mailTemplates).map(async ([name, template]) => {
    const stored = { id: '01a20ccb-5908-7421-b495-92cb052cefe0', locale, createdAt: MOMENT };
    const hasCode = template.closing !== undefined && !template.isNotice;
    const content = { to: 'alice@new.example', values: VALUES, link: LINK, ...(hasCode && { code: '184 207' }) };
    return [name, (await composeMail(sender, stored, template, content, FROM)).html] as const;
  });
  return Object.fromEntries(await Promise.all(composed));
}
