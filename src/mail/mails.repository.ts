import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { type Transaction, statement } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';

/** One limit: whose it is, and how many mails an hour. */
export interface MailLimit {
  readonly bucket: Buffer;
  readonly perHour: number;
}

export interface NewMail {
  readonly id: string;
  readonly template: string;
  readonly locale: string;
  readonly userId: string | undefined;
  readonly recipient: string;
  readonly content: Buffer;
  readonly state: 'queued' | 'kept';
  readonly usefulForSeconds: number | undefined;
  readonly limits: {
    readonly tenant: MailLimit;
    readonly network: MailLimit | undefined;
    readonly recipient: MailLimit;
  };
}

export const MAIL_STATES = ['queued', 'kept', 'sent', 'failed'] as const;

/** A mail without its content. */
export interface OutboxRow {
  readonly id: string;
  readonly template: string;
  readonly locale: string;
  readonly user_id: string | null;
  readonly recipient: string;
  readonly state: (typeof MAIL_STATES)[number];
  readonly attempts: number;
  readonly due_at: Date;
  readonly reply: string | null;
  readonly created_at: Date;
  readonly ended_at: Date | null;
}

export interface KeptMail extends Pick<OutboxRow, 'id' | 'template' | 'locale' | 'created_at'> {
  readonly content: Buffer;
}

/** Whose limit was reached. `user`: there is no such user any more, so there is nobody to write to. */
export type MailRefusal = 'recipient' | 'network' | 'tenant' | 'user';

/**
 * It goes on while a statement waits for a lock. `now()` is the start of the transaction: one that began earlier would find
 * no room behind one that began later.
 */
const CLOCK = 'clock_timestamp()';

/**
 * Takes one mail of an hour's allowance, unless it is used up. The allowance comes back evenly: after an hour all of it.
 * @param after what has to have succeeded before
 */
const take = (bucket: string, perHour: string, after: string) => `
  INSERT INTO mail_limits AS l (tenant_id, bucket, free_at, expires_at)
  SELECT $1, ${bucket}, ${CLOCK} + interval '1 hour' / ${perHour}, ${CLOCK} + interval '2 hours' WHERE ${after}
  ON CONFLICT (tenant_id, bucket) DO UPDATE
     SET free_at = greatest(l.free_at, ${CLOCK}) + interval '1 hour' / ${perHour},
         expires_at = ${CLOCK} + interval '2 hours'
   WHERE greatest(l.free_at, ${CLOCK}) + interval '1 hour' / ${perHour} <= ${CLOCK} + interval '1 hour'
  RETURNING bucket`;

/** Whether there is room, as far as can be told without a lock. */
const room = (bucket: string, perHour: string) => `
  NOT EXISTS (SELECT FROM mail_limits l WHERE l.tenant_id = $1 AND l.bucket = ${bucket}
                AND greatest(l.free_at, ${CLOCK}) + interval '1 hour' / ${perHour} > ${CLOCK} + interval '1 hour')`;

/**
 * Stores a mail where all its limits have room. Locks are taken in one order by all: user, tenant, network, recipient. What has no
 * room is found out before the lock on the tenant, so that refused mails wait for nobody and use up nothing.
 */
const create = statement(
  'mails.create',
  `WITH person AS MATERIALIZED (
     SELECT id FROM users WHERE tenant_id = $1 AND id = $5::uuid FOR KEY SHARE
   ), room AS MATERIALIZED (
     SELECT ($5::uuid IS NULL OR EXISTS (SELECT FROM person)) AS person,
            ${room('$14::bytea', '$15::float8')} AS recipient,
            ($12::bytea IS NULL OR ${room('$12::bytea', '$13::float8')}) AS network
   ), of_tenant AS (
     ${take('$10::bytea', '$11::float8', '(SELECT person AND recipient AND network FROM room)')}
   ), of_network AS (
     ${take('$12::bytea', '$13::float8', '$12::bytea IS NOT NULL AND EXISTS (SELECT FROM of_tenant)')}
   ), of_recipient AS (
     ${take(
       '$14::bytea',
       '$15::float8',
       'EXISTS (SELECT FROM of_tenant) AND ($12::bytea IS NULL OR EXISTS (SELECT FROM of_network))',
     )}
   ), stored AS (
     INSERT INTO mails (tenant_id, id, template, locale, user_id, recipient, content, state, useful_until)
     SELECT $1, $2, $3, $4, $5::uuid, $6, $7, $8, now() + make_interval(secs => $9::float8)
      WHERE EXISTS (SELECT FROM of_recipient)
     RETURNING id
   )
   SELECT CASE WHEN EXISTS (SELECT FROM stored) THEN NULL
               WHEN NOT person THEN 'user'
               WHEN NOT recipient THEN 'recipient'
               WHEN NOT network THEN 'network'
               WHEN NOT EXISTS (SELECT FROM of_tenant) THEN 'tenant'
               WHEN $12::bytea IS NOT NULL AND NOT EXISTS (SELECT FROM of_network) THEN 'network'
               ELSE 'recipient' END AS refusal
     FROM room`,
);

const COLUMNS = 'id, template, locale, user_id, recipient, state, attempts, due_at, reply, created_at, ended_at';
const list = statement(
  'mails.list',
  `SELECT ${COLUMNS} FROM mails WHERE tenant_id = $1 AND ($2::uuid IS NULL OR id < $2::uuid) ORDER BY id DESC LIMIT $3`,
);
const find = statement('mails.find', `SELECT ${COLUMNS} FROM mails WHERE tenant_id = $1 AND id = $2`);

const KEPT = `SELECT id, template, locale, content, created_at FROM mails WHERE tenant_id = $1 AND state = 'kept'`;
const listKept = statement('mails.list_kept', `${KEPT} ORDER BY id DESC LIMIT $2`);
const findKept = statement('mails.find_kept', `${KEPT} AND id = $2`);

/** The outbox of a tenant. */
@Injectable()
export class MailsRepository {
  constructor(private readonly database: Database) {}

  /** @returns why the mail was not stored, if so */
  async create(tenantId: TenantId, mail: NewMail, transaction: Transaction): Promise<MailRefusal | undefined> {
    const { tenant, network, recipient } = mail.limits;
    const [row] = await transaction.query<{ refusal: MailRefusal | null }>(create, [
      tenantId,
      mail.id,
      mail.template,
      mail.locale,
      mail.userId ?? null,
      mail.recipient,
      mail.content,
      mail.state,
      mail.usefulForSeconds ?? null,
      tenant.bucket,
      tenant.perHour,
      network?.bucket ?? null,
      network?.perHour ?? 1,
      recipient.bucket,
      recipient.perHour,
    ]);
    return row?.refusal ?? undefined;
  }

  /** Newest first (ids are ordered by time), before the given id. */
  async list(
    tenantId: TenantId,
    page: { readonly after: string | undefined; readonly limit: number },
  ): Promise<OutboxRow[]> {
    return this.database.query<OutboxRow>(tenantId, list, [tenantId, page.after ?? null, page.limit]);
  }

  async find(tenantId: TenantId, id: string, transaction?: Transaction): Promise<OutboxRow | undefined> {
    const values = [tenantId, id];
    const [row] = await (transaction
      ? transaction.query<OutboxRow>(find, values)
      : this.database.query<OutboxRow>(tenantId, find, values));
    return row;
  }

  /** The newest mails that were kept because there is no SMTP server. */
  async listKept(tenantId: TenantId, limit: number): Promise<KeptMail[]> {
    return this.database.query<KeptMail>(tenantId, listKept, [tenantId, limit]);
  }

  async findKept(tenantId: TenantId, id: string): Promise<KeptMail | undefined> {
    const [row] = await this.database.query<KeptMail>(tenantId, findKept, [tenantId, id]);
    return row;
  }
}
