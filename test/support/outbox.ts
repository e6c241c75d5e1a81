import { toTenantId } from '../../src/database/tenant-id.js';
import { TenantVault } from '../../src/keys/tenant-vault.js';
import type { Platform } from './platform.js';

/** A mail as it lies in the outbox. */
export interface OutboxMail {
  readonly template: string;
  readonly locale: string;
  readonly to: string;
  readonly link?: string;
  readonly code?: string;
  readonly values: Readonly<Record<string, unknown>>;
}

interface MailRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly template: string;
  readonly locale: string;
  readonly content: Buffer;
}

/** All mails to an address at a tenant, oldest first. */
export async function mailsTo(platform: Platform, tenantId: string, address: string): Promise<OutboxMail[]> {
  const text = 'SELECT id, tenant_id, template, locale, content FROM mails WHERE tenant_id = $1 ORDER BY id';
  const rows = await platform.database.query<MailRow>(text, [tenantId]);
  const vault = platform.application.nest.get(TenantVault);
  const mails = await Promise.all(
    rows.map(async ({ id, tenant_id, template, locale, content }): Promise<OutboxMail> => {
      const opened = await vault.open(toTenantId(tenant_id), content, `mail:${id}`);
      return { template, locale, ...(JSON.parse(opened.toString()) as Omit<OutboxMail, 'template' | 'locale'>) };
    }),
  );
  return mails.filter(({ to }) => to === address);
}

/** The newest one. */
export async function lastMailTo(platform: Platform, tenantId: string, address: string): Promise<OutboxMail> {
  const mail = (await mailsTo(platform, tenantId, address)).at(-1);
  if (!mail) throw new Error(`There is no mail to ${address}.`);
  return mail;
}
