import { Database } from '../../src/database/database.js';
import { TenantVault } from '../../src/keys/tenant-vault.js';
import { openContent } from '../../src/mail/mail-content.js';
import { toTenantId } from '../../src/database/tenant-id.js';
import type { Platform } from './platform.js';

/** A mail in the outbox, as its recipient would read it. */
export interface SentMail {
  readonly template: string;
  readonly locale: string;
  readonly to: string;
  /** As the digits are typed. */
  readonly code: string;
  readonly link: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** What was written to an address, the oldest first. */
export async function mailsTo(platform: Platform, tenant: { readonly id: string }, to: string): Promise<SentMail[]> {
  const { nest } = platform.application;
  const id = toTenantId(tenant.id);
  const cipher = await nest
    .get(Database)
    .transaction(id, (transaction) => nest.get(TenantVault).within(id, transaction));
  const rows = await platform.database.query<{ id: string; template: string; locale: string; content: Buffer | null }>(
    'SELECT id, template, locale, content FROM mails WHERE tenant_id = $1 ORDER BY id',
    [tenant.id],
  );
  return rows.flatMap(({ id: mailId, template, locale, content }) => {
    if (!content) return [];
    const { to: recipient, code = '', link = '', values } = openContent(cipher, mailId, content);
    return recipient === to ? [{ template, locale, to, code: code.replaceAll(' ', ''), link, values }] : [];
  });
}

/** The newest one. */
export async function lastMailTo(platform: Platform, tenant: { readonly id: string }, to: string): Promise<SentMail> {
  const mail = (await mailsTo(platform, tenant, to)).at(-1);
  if (!mail) throw new Error(`There is no mail to ${to}.`);
  return mail;
}
