import { Injectable } from '@nestjs/common';
import type { AuditEventRow } from '../audit/audit-row.js';
import { auditColumnsOf, insertAuditEvents } from '../audit/audit-statement.js';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import { type TenantId, toTenantId } from '../database/tenant-id.js';

/** A delivery that this process is to make. */
export interface ClaimedDelivery {
  readonly tenantId: TenantId;
  readonly endpointId: string;
  readonly id: string;
  /** Of this attempt. */
  readonly claim: string;
}

export interface QueuedDelivery {
  readonly type: string;
  readonly occurred_at: Date;
  /** With the one that begins. */
  readonly attempts: number;
  readonly url: string;
  /** Sealed. */
  readonly secret: Buffer;
  readonly previous_secret: Buffer | null;
}

export interface WebhookQueueState {
  readonly waiting: number;
  readonly overdueSeconds: number;
}

/** An endpoint that has taken nothing for so long is disabled. */
export const FAILING_LIMIT_DAYS = 3;

const claim = statement(
  'webhook_deliveries.claim',
  `SELECT tenant, endpoint, delivery, claimed_as
     FROM claim_webhook_deliveries($1, $2, $3, $4::uuid[], $5, $6::uuid, $7::uuid)`,
);
const state = statement('webhook_deliveries.state', 'SELECT waiting::int, overdue_seconds FROM webhook_queue_state()');

const OURS = `d.tenant_id = $1 AND d.endpoint_id = $2 AND d.id = $3 AND d.claim = $4 AND d.state = 'queued'`;

const find = statement(
  'webhook_deliveries.find_claimed',
  `SELECT d.type, d.occurred_at, d.attempts, e.url, e.secret,
          CASE WHEN e.previous_until > now() THEN e.previous_secret END AS previous_secret
     FROM webhook_deliveries d JOIN webhook_endpoints e ON e.tenant_id = d.tenant_id AND e.id = d.endpoint_id
    WHERE ${OURS} AND e.enabled`,
);
const findEvent = statement(
  'webhook_deliveries.find_event',
  `SELECT ${auditColumnsOf('a')}
     FROM webhook_deliveries d
     JOIN audit_events a ON a.tenant_id = d.tenant_id AND a.id = d.id AND a.occurred_at = d.occurred_at
    WHERE d.tenant_id = $1 AND a.tenant_id = $1 AND d.endpoint_id = $2 AND d.id = $3`,
);
const deliver = statement(
  'webhook_deliveries.deliver',
  `WITH delivered AS (
     UPDATE webhook_deliveries d SET state = 'delivered', status = $5, error = NULL, ended_at = now(), claim = NULL
      WHERE ${OURS} RETURNING d.id
   ), recovered AS (
     UPDATE webhook_endpoints SET failing_since = NULL
      WHERE tenant_id = $1 AND id = $2 AND failing_since IS NOT NULL AND EXISTS (SELECT FROM delivered)
   )
   SELECT id FROM delivered`,
);
const fail = statement(
  'webhook_deliveries.fail',
  `WITH tried AS (
     UPDATE webhook_deliveries d
        SET status = $5, error = $6, claim = NULL,
            state = CASE WHEN $7::float8 IS NULL THEN 'failed' ELSE 'queued' END,
            ended_at = CASE WHEN $7::float8 IS NULL THEN now() END,
            due_at = now() + make_interval(secs => coalesce($7::float8, 0))
      WHERE ${OURS} RETURNING d.id
   ), marked AS (
     UPDATE webhook_endpoints SET failing_since = now()
      WHERE tenant_id = $1 AND id = $2 AND failing_since IS NULL AND EXISTS (SELECT FROM tried)
   )
   SELECT EXISTS (SELECT FROM webhook_endpoints WHERE tenant_id = $1 AND id = $2 AND enabled
                     AND failing_since < now() - interval '${FAILING_LIMIT_DAYS} days') AS too_long
     FROM tried`,
);
const disable = statement(
  'webhook_endpoints.disable',
  `WITH disabled AS (
     UPDATE webhook_endpoints SET enabled = false, disabled_reason = $3, version = version + 1, updated_at = now()
      WHERE tenant_id = $1 AND id = $2 AND enabled RETURNING id
   ), recorded AS (${insertAuditEvents('$4', { source: 'disabled' })})
   SELECT id FROM disabled`,
);

/** The deliveries that wait. */
@Injectable()
export class WebhookQueueRepository {
  constructor(private readonly database: Database) {}

  /**
   * Claims due deliveries of all tenants for this process.
   * @param options.busy endpoints and tenants that have all they may have
   * @param options.after what was claimed last, so that the next ones have their turn
   */
  async claim(options: {
    readonly atMost: number;
    readonly perEndpoint: number;
    readonly perTenant: number;
    readonly busy: readonly string[];
    readonly leaseSeconds: number;
    readonly after: Pick<ClaimedDelivery, 'tenantId' | 'endpointId'> | undefined;
  }): Promise<ClaimedDelivery[]> {
    const { atMost, perEndpoint, perTenant, busy, leaseSeconds, after } = options;
    const start = [after?.tenantId ?? null, after?.endpointId ?? null];
    const rows = await this.database.platformQuery<Record<'tenant' | 'endpoint' | 'delivery' | 'claimed_as', string>>(
      claim,
      [atMost, perEndpoint, perTenant, busy, leaseSeconds, ...start],
    );
    return rows.map(({ tenant, endpoint, delivery, claimed_as }) => ({
      tenantId: toTenantId(tenant),
      endpointId: endpoint,
      id: delivery,
      claim: claimed_as,
    }));
  }

  async state(): Promise<WebhookQueueState> {
    const [row] = await this.database.platformQuery<{ waiting: number; overdue_seconds: number }>(state, []);
    return { waiting: row?.waiting ?? 0, overdueSeconds: row?.overdue_seconds ?? 0 };
  }

  /** @returns undefined when the delivery or its endpoint is gone, or another process has it by now */
  async find(tenantId: TenantId, { endpointId, id, claim: own }: Claimed): Promise<QueuedDelivery | undefined> {
    const [row] = await this.database.query<QueuedDelivery & object>(tenantId, find, [tenantId, endpointId, id, own]);
    return row;
  }

  /** @returns undefined when the log has it no more */
  async findEvent(tenantId: TenantId, { endpointId, id }: Omit<Claimed, 'claim'>): Promise<AuditEventRow | undefined> {
    const [row] = await this.database.query<AuditEventRow & object>(tenantId, findEvent, [tenantId, endpointId, id]);
    return row;
  }

  /** @returns whether it was still this attempt's */
  async deliver(tenantId: TenantId, { endpointId, id, claim: own }: Claimed, status: number): Promise<boolean> {
    return (await this.database.query(tenantId, deliver, [tenantId, endpointId, id, own, status])).length === 1;
  }

  /**
   * Another attempt after `waitSeconds`, or none.
   * @returns undefined when it was not this attempt's any more; else whether the endpoint has failed for too long
   */
  async fail(
    tenantId: TenantId,
    { endpointId, id, claim: own }: Claimed,
    result: { readonly status: number | undefined; readonly error: string; readonly waitSeconds: number | undefined },
  ): Promise<{ readonly tooLong: boolean } | undefined> {
    const values = [tenantId, endpointId, id, own, result.status ?? null, result.error, result.waitSeconds ?? null];
    const [row] = await this.database.query<{ too_long: boolean }>(tenantId, fail, values);
    return row && { tooLong: row.too_long };
  }

  /** @returns whether it was enabled */
  async disable(tenantId: TenantId, endpointId: string, reason: string, event: string): Promise<boolean> {
    return (await this.database.query(tenantId, disable, [tenantId, endpointId, reason, event])).length === 1;
  }
}

type Claimed = Omit<ClaimedDelivery, 'tenantId'>;
