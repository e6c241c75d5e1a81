import { Injectable } from '@nestjs/common';
import { insertAuditEvents } from '../audit/audit-statement.js';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import { type TenantId, toTenantId } from '../database/tenant-id.js';

/** A mail that this process is to deliver. */
export interface ClaimedMail {
  readonly tenantId: TenantId;
  readonly id: string;
  /** Of this attempt. */
  readonly claim: string;
}

export interface QueuedMail {
  readonly template: string;
  readonly locale: string;
  readonly userId: string | undefined;
  readonly content: Buffer;
  /** With the one that begins. */
  readonly attempts: number;
  readonly createdAt: Date;
  /** What it carries has expired. */
  readonly isUseless: boolean;
}

interface QueuedRow {
  readonly template: string;
  readonly locale: string;
  readonly user_id: string | null;
  readonly content: Buffer;
  readonly attempts: number;
  readonly created_at: Date;
  readonly is_useless: boolean;
}

export interface QueueState {
  readonly waiting: number;
  readonly oldestSeconds: number;
}

const claim = statement(
  'mails.claim',
  'SELECT tenant, mail, claimed_as FROM claim_mails($1, $2, $3::uuid[], $4, $5::uuid)',
);
const state = statement('mails.state', 'SELECT waiting::int, oldest_seconds FROM mail_queue_state()');

const OURS = `tenant_id = $1 AND id = $2 AND claim = $3 AND state = 'queued'`;

const find = statement(
  'mails.find_claimed',
  `SELECT template, locale, user_id, content, attempts, created_at, coalesce(useful_until <= now(), false) AS is_useless
     FROM mails WHERE ${OURS}`,
);
const end = statement(
  'mails.end',
  `WITH ended AS (
     UPDATE mails SET state = $4, reply = $5, ended_at = now(), content = NULL, claim = NULL WHERE ${OURS}
     RETURNING id
   ), recorded AS (${insertAuditEvents('$6', { source: 'ended' })})
   SELECT id FROM ended`,
);
const postpone = statement(
  'mails.postpone',
  `UPDATE mails SET reply = $4, claim = NULL, due_at = now() + make_interval(secs => $5::float8) WHERE ${OURS}
   RETURNING id`,
);

/** The mails that wait for delivery. */
@Injectable()
export class MailQueueRepository {
  constructor(private readonly database: Database) {}

  /**
   * Claims due mails of all tenants for this process.
   * @param options.after the tenant that was served last, so that the next ones have their turn
   */
  async claim(options: {
    readonly atMost: number;
    readonly perTenant: number;
    readonly busy: readonly TenantId[];
    readonly leaseSeconds: number;
    readonly after: TenantId | undefined;
  }): Promise<ClaimedMail[]> {
    const { atMost, perTenant, busy, leaseSeconds, after } = options;
    const values = [atMost, perTenant, busy, leaseSeconds, after ?? null];
    const rows = await this.database.platformQuery<{ tenant: string; mail: string; claimed_as: string }>(claim, values);
    return rows.map(({ tenant, mail, claimed_as }) => ({ tenantId: toTenantId(tenant), id: mail, claim: claimed_as }));
  }

  async state(): Promise<QueueState> {
    const [row] = await this.database.platformQuery<{ waiting: number; oldest_seconds: number }>(state, []);
    return { waiting: row?.waiting ?? 0, oldestSeconds: row?.oldest_seconds ?? 0 };
  }

  /** @returns undefined when the mail is gone, or another process has it by now */
  async find(tenantId: TenantId, mail: Omit<ClaimedMail, 'tenantId'>): Promise<QueuedMail | undefined> {
    const [row] = await this.database.query<QueuedRow>(tenantId, find, [tenantId, mail.id, mail.claim]);
    return (
      row && {
        template: row.template,
        locale: row.locale,
        userId: row.user_id ?? undefined,
        content: row.content,
        attempts: row.attempts,
        createdAt: row.created_at,
        isUseless: row.is_useless,
      }
    );
  }

  /** The mail was taken or is given up; its content is removed. @returns whether it was still this attempt's */
  async end(
    tenantId: TenantId,
    mail: Omit<ClaimedMail, 'tenantId'>,
    result: { readonly state: 'sent' | 'failed'; readonly reply: string; readonly event: string },
  ): Promise<boolean> {
    const values = [tenantId, mail.id, mail.claim, result.state, result.reply, result.event];
    return (await this.database.query(tenantId, end, values)).length === 1;
  }

  /** Another attempt later. @returns whether it was still this attempt's */
  async postpone(
    tenantId: TenantId,
    mail: Omit<ClaimedMail, 'tenantId'>,
    { reply, waitSeconds }: { readonly reply: string; readonly waitSeconds: number },
  ): Promise<boolean> {
    const values = [tenantId, mail.id, mail.claim, reply, waitSeconds];
    return (await this.database.query(tenantId, postpone, values)).length === 1;
  }
}
