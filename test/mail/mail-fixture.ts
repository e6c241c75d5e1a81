import { AuditRecorder } from '../../src/audit/audit-recorder.js';
import { Database } from '../../src/database/database.js';
import { MailDelivery } from '../../src/mail/mail-delivery.js';
import type { Mail, MailOf } from '../../src/mail/mail.js';
import { Mailer } from '../../src/mail/mailer.js';
import { TenantResolver } from '../../src/tenants/tenant-resolver.js';
import type { Tenant } from '../../src/tenants/tenant.js';
import type { Platform } from '../support/platform.js';
import type { TenantFixture } from '../support/tenant-fixture.js';

const values = { date: new Date(0) };

export const testMail = (to: string, rest: Partial<MailOf<'test'>> = {}): MailOf<'test'> => ({
  template: 'test',
  locale: 'en',
  values,
  ...rest,
  to,
});

export interface MailRow {
  readonly id: string;
  readonly state: string;
  readonly attempts: number;
  readonly reply: string | null;
  readonly content: Buffer | null;
  readonly recipient: string;
  readonly wait_seconds: number;
}

/** The outbox of a platform, as tests use it. */
export class MailFixture {
  constructor(private readonly platform: Platform) {}

  async tenant({ slug }: TenantFixture, policy: Partial<Tenant['policy']> = {}): Promise<Tenant> {
    const tenant = await this.platform.application.nest.get(TenantResolver).find({ kind: 'path', slug });
    if (!tenant) throw new Error(`There is no ${slug}.`);
    return { ...tenant, policy: { ...tenant.policy, ...policy } };
  }

  async send(tenant: Tenant, mail: Mail, by: Platform = this.platform): Promise<void> {
    const { nest } = by.application;
    await nest.get(Database).transaction(tenant.id, (transaction) => nest.get(Mailer).send(tenant, mail, transaction));
  }

  /** Rows of the mails to this address, oldest first. */
  async rows(to: string): Promise<readonly MailRow[]> {
    const at = to.indexOf('@');
    const masked = `${to.charAt(0)}…${at > 4 ? to.charAt(at - 1) : ''}${to.slice(at)}`;
    return this.platform.database.query<MailRow>(
      `SELECT id, state, attempts, reply, content, recipient,
              extract(epoch FROM due_at - now())::float8 AS wait_seconds
         FROM mails WHERE recipient = $1 ORDER BY id`,
      [masked],
    );
  }

  async row(to: string): Promise<MailRow> {
    const [row] = await this.rows(to);
    if (!row) throw new Error(`There is no mail to ${to}.`);
    return row;
  }

  /** Delivers what is due, until nothing is. */
  async deliver(by: Platform = this.platform): Promise<void> {
    await by.application.nest.get(MailDelivery).deliverDue();
  }

  /** As if so much time had passed for everything that waits. */
  async advance(interval = '1 day'): Promise<void> {
    await this.platform.database.query(
      `UPDATE mails SET due_at = due_at - $1::interval WHERE state = 'queued' AND due_at > now()`,
      [interval],
    );
  }

  async events(type: string): Promise<readonly { readonly target: string; readonly details: object }[]> {
    await this.platform.application.nest.get(AuditRecorder).flush();
    return this.platform.database.query('SELECT target, details FROM audit_events WHERE type = $1 ORDER BY id', [type]);
  }
}
