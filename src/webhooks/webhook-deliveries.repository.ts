import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { type Statement, type Transaction, statement } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';
import { type Delivery, type DeliveryState, TEST_TYPE } from './webhook.js';

export interface DeliveryPage {
  readonly state?: DeliveryState | undefined;
  readonly type?: string | undefined;
  readonly after?: string | undefined;
  readonly limit: number;
}

/** What a replay took on. */
export interface Replayed {
  readonly queued: number;
  /** The newest event it looked at, when there may be more after it. */
  readonly goesOnAfter: Date | undefined;
}

const COLUMNS = 'id, endpoint_id, type, occurred_at, state, attempts, due_at, status, error, created_at, ended_at';
const ONE = 'tenant_id = $1 AND endpoint_id = $2 AND id = $3';
const ANEW = `state = 'queued', attempts = 0, due_at = now(), claim = NULL, status = NULL, error = NULL, ended_at = NULL,
  expires_at = now() + interval '29 days'`;
const ANNOUNCE = `pg_notify('tenantry_changes', 'webhook_deliveries:' || $1::text || ':queued')`;

const CONDITIONS: readonly (readonly ['after' | 'state' | 'type', (parameter: string) => string])[] = [
  ['after', ($) => `id < ${$}::uuid`],
  ['state', ($) => `state = ${$}::text`],
  ['type', ($) => `type = ${$}::text`],
];

const find = statement('webhook_deliveries.find', `SELECT ${COLUMNS} FROM webhook_deliveries WHERE ${ONE}`);
const createTest = statement(
  'webhook_deliveries.create_test',
  `WITH made AS (
     INSERT INTO webhook_deliveries (tenant_id, endpoint_id, id, type, occurred_at)
     SELECT tenant_id, id, $3::uuid, '${TEST_TYPE}', date_trunc('milliseconds', now())
       FROM webhook_endpoints WHERE tenant_id = $1::uuid AND id = $2::uuid AND enabled
     RETURNING ${COLUMNS}
   ) SELECT made.*, ${ANNOUNCE} AS announced FROM made`,
);
const replay = statement(
  'webhook_deliveries.replay',
  `WITH again AS (UPDATE webhook_deliveries SET ${ANEW} WHERE ${ONE} RETURNING ${COLUMNS})
   SELECT again.*, ${ANNOUNCE} AS announced FROM again`,
);

/** The smallest UUID of version 7 of a moment, a second earlier because the clocks of processes differ. */
const ID_SINCE = `(lpad(to_hex(greatest(((extract(epoch FROM $3::timestamptz) - 1) * 1000)::bigint, 0)), 12, '0')
  || repeat('0', 20))::uuid`;
/**
 * Events of the log that the endpoint wants: those that it has not taken, or all of them. What waits already is left as
 * it is.
 */
const replaySince = statement(
  'webhook_deliveries.replay_since',
  `WITH endpoint AS (
     SELECT event_types FROM webhook_endpoints WHERE tenant_id = $1::uuid AND id = $2::uuid AND enabled
   ), wanted AS MATERIALIZED (
     SELECT a.id, a.type, a.occurred_at FROM endpoint, audit_events a
       LEFT JOIN webhook_deliveries d ON d.tenant_id = $1::uuid AND d.endpoint_id = $2::uuid AND d.id = a.id
      WHERE a.tenant_id = $1::uuid AND a.id >= ${ID_SINCE}
        AND a.occurred_at >= $3::timestamptz AND a.occurred_at < $4::timestamptz
        AND (cardinality(event_types) = 0 OR a.type = ANY (event_types)
             OR split_part(a.type, '.', 1) || '.*' = ANY (event_types))
        AND (d.id IS NULL OR d.state = 'failed' OR ($5::boolean AND d.state = 'delivered'))
      ORDER BY a.id LIMIT $6::integer
   ), stored AS (
     INSERT INTO webhook_deliveries (tenant_id, endpoint_id, id, type, occurred_at)
     SELECT $1::uuid, $2::uuid, id, type, occurred_at FROM wanted
     ON CONFLICT (tenant_id, endpoint_id, id) DO UPDATE SET ${ANEW}
     RETURNING id
   )
   SELECT (SELECT count(*)::int FROM stored) AS queued, (SELECT max(occurred_at) FROM wanted) AS newest,
          ${ANNOUNCE} AS announced`,
);

/** What became of the events of a tenant at its endpoints. */
@Injectable()
export class WebhookDeliveriesRepository {
  constructor(private readonly database: Database) {}

  /** Newest first (ids are ordered by time), before the given id. */
  async list(tenantId: TenantId, endpointId: string, page: DeliveryPage): Promise<Delivery[]> {
    const given = CONDITIONS.filter(([name]) => page[name] !== undefined);
    const values = given.map(([name]) => page[name]);
    return this.database.query<Delivery & object>(tenantId, listBy(given), [
      tenantId,
      endpointId,
      page.limit,
      ...values,
    ]);
  }

  async find(tenantId: TenantId, endpointId: string, id: string): Promise<Delivery | undefined> {
    const [row] = await this.database.query<Delivery & object>(tenantId, find, [tenantId, endpointId, id]);
    return row;
  }

  /** @returns undefined when there is no such endpoint that is enabled */
  async createTest(
    tenantId: TenantId,
    endpointId: string,
    id: string,
    transaction: Transaction,
  ): Promise<Delivery | undefined> {
    const [row] = await transaction.query<Delivery & object>(createTest, [tenantId, endpointId, id]);
    return row;
  }

  /** Queues one again. An attempt that is under way counts no more. @returns undefined when there is none */
  async replay(
    tenantId: TenantId,
    endpointId: string,
    id: string,
    transaction: Transaction,
  ): Promise<Delivery | undefined> {
    const [row] = await transaction.query<Delivery & object>(replay, [tenantId, endpointId, id]);
    return row;
  }

  /** Queues events of the log, oldest first and `atMost` of them. */
  async replaySince(
    tenantId: TenantId,
    endpointId: string,
    wanted: { readonly since: Date; readonly until: Date; readonly all: boolean; readonly atMost: number },
    transaction: Transaction,
  ): Promise<Replayed> {
    const { since, until, all, atMost } = wanted;
    const values = [tenantId, endpointId, since, until, all, atMost];
    const [row] = await transaction.query<{ queued: number; newest: Date | null }>(replaySince, values);
    const queued = row?.queued ?? 0;
    return { queued, goesOnAfter: queued < atMost ? undefined : (row?.newest ?? undefined) };
  }
}

/** One statement for each combination of filters, so that each can use its index. */
function listBy(conditions: typeof CONDITIONS): Statement {
  const texts = conditions.map(([, condition], index) => ` AND ${condition(`$${index + 4}`)}`);
  return statement(
    `webhook_deliveries.list_${conditions.map((condition) => CONDITIONS.indexOf(condition)).join('')}`,
    `SELECT ${COLUMNS} FROM webhook_deliveries WHERE tenant_id = $1 AND endpoint_id = $2${texts.join('')}
      ORDER BY id DESC LIMIT $3`,
  );
}
