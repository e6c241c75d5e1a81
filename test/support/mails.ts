import { Database } from '../../src/database/database.js';
import { toTenantId } from '../../src/database/tenant-id.js';
import { TenantVault } from '../../src/keys/tenant-vault.js';
import { openContent } from '../../src/mail/mail-content.js';
import type { Platform } from './platform.js';

/** A mail in the outbox, as its recipient would read it. */
export interface StoredMail {
  readonly template: string;
  readonly locale: string;
  readonly to: string;
  /** As the digits are typed. */
  readonly code: string;
  readonly link: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** What a tenant wrote to an address, the oldest first; without those whose content is erased. */
export async function mailsTo(platform: Platform, tenant: { readonly id: string }, to: string): Promise<StoredMail[]> {
  const { nest } = platform.application;
  const tenantId = toTenantId(tenant.id);
  const cipher = await nest
    .get(Database)
    .transaction(tenantId, (transaction) => nest.get(TenantVault).within(tenantId, transaction));
  const rows = await platform.database.query<{ id: string; template: string; locale: string; content: Buffer | null }>(
    'SELECT id, template, locale, content FROM mails WHERE tenant_id = $1 ORDER BY id',
    [tenantId],
  );
  return rows.flatMap(({ id, template, locale, content }) => {
    if (!content) return [];
    const { to: recipient, code = '', link = '', values } = openContent(cipher, id, content);
    return recipient === to ? [{ template, locale, to, code: code.replaceAll(' ', ''), link, values }] : [];
  });
}

/** The newest one. */
export async function lastMailTo(platform: Platform, tenant: { readonly id: string }, to: string): Promise<StoredMail> {
  const mail = (await mailsTo(platform, tenant, to)).at(-1);
  if (!mail) throw new Error(`There is no mail to ${to}.`);
  return mail;
}
