import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { idAt } from '../database/id-at.js';
import { type Statement, type Transaction, statement } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';
import { type AuditEventRow, toParameter } from './audit-row.js';
import { AUDIT_COLUMNS, insertAuditEvents } from './audit-statement.js';

/** A filter of events. Each member is served by an index of its own. */
export interface AuditFilter {
  readonly type?: string | undefined;
  /** One of these. It is for a person's own events, and has no index of its own. */
  readonly types?: readonly string[] | undefined;
  readonly outcome?: string | undefined;
  readonly userId?: string | undefined;
  readonly clientId?: string | undefined;
  readonly requestId?: string | undefined;
  readonly address?: string | undefined;
  /** From this moment on. */
  readonly since?: Date | undefined;
  /** Before this moment. */
  readonly until?: Date | undefined;
}

export interface AuditPage extends AuditFilter {
  readonly after?: string | undefined;
  readonly limit: number;
}

const append = statement('audit_events.append', insertAuditEvents('$1'));

/** Clocks of processes differ from the time in an id by less. */
const SLACK = `interval '1 second'`;

const CONDITIONS: readonly (readonly [keyof AuditPage, (parameter: string) => string])[] = [
  ['after', ($) => `id < ${$}::uuid`],
  ['type', ($) => `type = ${$}::text`],
  ['outcome', ($) => `outcome = ${$}::text`],
  ['userId', ($) => `user_id = ${$}::uuid`],
  ['clientId', ($) => `client_id = ${$}::text`],
  ['requestId', ($) => `request_id = ${$}::text`],
  ['address', ($) => `address = ${$}::text`],
  ['since', ($) => `occurred_at >= ${$}::timestamptz AND id >= ${idAt(`(${$}::timestamptz - ${SLACK})`)}`],
  ['types', ($) => `type = ANY (${$}::text[])`],
  ['until', ($) => `occurred_at < ${$}::timestamptz AND id < ${idAt(`(${$}::timestamptz + ${SLACK})`)}`],
];

@Injectable()
export class AuditEventsRepository {
  constructor(private readonly database: Database) {}

  /**
   * Stores events of several tenants. The policy of the table accepts inserts without a tenant being set, and shows
   * rows only with one. Events that are stored already are skipped.
   */
  async append(events: readonly AuditEventRow[], transaction?: Transaction): Promise<void> {
    const values = [toParameter(events)];
    if (transaction) await transaction.query(append, values);
    else await this.database.platformQuery(append, values);
  }

  /** Newest first; ids are time-ordered. */
  async list(tenantId: TenantId, page: AuditPage): Promise<AuditEventRow[]> {
    const given = CONDITIONS.filter(([name]) => page[name] !== undefined);
    const values = given.map(([name]) => page[name]);
    return this.database.query<AuditEventRow>(tenantId, listBy(given), [tenantId, page.limit, ...values]);
  }
}

/**
 * One statement for each combination of filters. A statement with optional conditions could not use all the indexes.
 */
function listBy(conditions: typeof CONDITIONS): Statement {
  const texts = conditions.map(([, condition], index) => ` AND ${condition(`$${index + 3}`)}`);
  return statement(
    // Shorter than the 63 characters that a name may have.
    `audit_events.list_${conditions.map((condition) => CONDITIONS.indexOf(condition)).join('')}`,
    `SELECT ${AUDIT_COLUMNS} FROM audit_events WHERE tenant_id = $1${texts.join('')} ORDER BY id DESC LIMIT $2`,
  );
}
