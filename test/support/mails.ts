import { Database } from '../../src/database/database.js';
import { toTenantId } from '../../src/database/tenant-id.js';
import { TenantVault } from '../../src/keys/tenant-vault.js';
import { type MailContent, openContent } from '../../src/mail/mail-content.js';
import type { Platform } from './platform.js';

/** A mail as it lies in the outbox, with what is sealed in it. */
export interface StoredMail extends MailContent {
  readonly template: string;
  readonly locale: string;
}

/** The mails of a tenant to this address, oldest first. */
export async function mailsTo(platform: Platform, tenantId: string, address: string): Promise<StoredMail[]> {
  const { nest } = platform.application;
  const rows = await platform.database.query<{ id: string; template: string; locale: string; content: Buffer }>(
    'SELECT id, template, locale, content FROM mails WHERE tenant_id = $1 ORDER BY id',
    [tenantId],
  );
  const cipher = await nest
    .get(Database)
    .transaction(toTenantId(tenantId), (transaction) =>
      nest.get(TenantVault).within(toTenantId(tenantId), transaction),
    );
  return rows
    .map(({ id, template, locale, content }) => ({ template, locale, ...openContent(cipher, id, content) }))
    .filter(({ to }) => to === address);
}
