import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { type Transaction, statement } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';
import type { Webhook } from './webhook.js';

export interface NewWebhook {
  readonly url: string;
  readonly description: string | null;
  readonly eventTypes: readonly string[];
  readonly enabled: boolean;
}

export interface SealedSecret {
  readonly secret: Buffer;
}

const COLUMNS = `id, url, description, event_types, enabled, disabled_reason, failing_since,
  CASE WHEN previous_until > now() THEN previous_until END AS previous_until, version, created_at, updated_at`;
const ONE = 'tenant_id = $1 AND id = $2';

const lock = statement(
  'webhook_endpoints.lock',
  `SELECT pg_advisory_xact_lock(hashtextextended('webhooks:' || $1::text, 0))`,
);
const create = statement(
  'webhook_endpoints.create',
  `INSERT INTO webhook_endpoints (tenant_id, id, url, description, event_types, enabled, secret)
   SELECT $1::uuid, $2::uuid, $3, $4, $5::text[], $6::boolean, $7::bytea
    WHERE (SELECT count(*) FROM webhook_endpoints WHERE tenant_id = $1::uuid) < $8::integer
   RETURNING ${COLUMNS}`,
);
const list = statement(
  'webhook_endpoints.list',
  `SELECT ${COLUMNS} FROM webhook_endpoints WHERE tenant_id = $1 AND ($2::uuid IS NULL OR id > $2::uuid)
    ORDER BY id LIMIT $3`,
);
const find = statement('webhook_endpoints.find', `SELECT ${COLUMNS} FROM webhook_endpoints WHERE ${ONE}`);
const update = statement(
  'webhook_endpoints.update',
  `UPDATE webhook_endpoints
      SET url = $4, description = $5, event_types = $6::text[], enabled = $7::boolean,
          disabled_reason = CASE WHEN $7::boolean = enabled THEN disabled_reason END,
          failing_since = CASE WHEN $7::boolean AND NOT enabled THEN NULL ELSE failing_since END,
          version = version + 1, updated_at = now()
    WHERE ${ONE} AND version = $3 RETURNING ${COLUMNS}`,
);
const remove = statement('webhook_endpoints.delete', `DELETE FROM webhook_endpoints WHERE ${ONE} RETURNING id`);
const rotate = statement(
  'webhook_endpoints.rotate',
  `UPDATE webhook_endpoints
      SET previous_secret = CASE WHEN $4::float8 > 0 THEN secret END,
          previous_until = CASE WHEN $4::float8 > 0 THEN now() + make_interval(hours => $4::integer) END,
          secret = $5, version = version + 1, updated_at = now()
    WHERE ${ONE} AND version = $3 RETURNING ${COLUMNS}`,
);

/** The endpoints of a tenant's webhooks. */
@Injectable()
export class WebhookEndpointsRepository {
  constructor(private readonly database: Database) {}

  /** @returns undefined when the tenant has as many as it may have */
  async create(
    tenantId: TenantId,
    endpoint: NewWebhook & SealedSecret & { readonly id: string },
    { atMost, transaction }: { readonly atMost: number; readonly transaction: Transaction },
  ): Promise<Webhook | undefined> {
    const { id, url, description, eventTypes, enabled, secret } = endpoint;
    await transaction.query(lock, [tenantId]); // of two at once, the second one counts the first
    const values = [tenantId, id, url, description, eventTypes, enabled, secret, atMost];
    const [row] = await transaction.query<Webhook & object>(create, values);
    return row;
  }

  /** In the order in which they were made, after the given id. */
  async list(tenantId: TenantId, page: { readonly after: string | undefined; readonly limit: number }) {
    return this.database.query<Webhook & object>(tenantId, list, [tenantId, page.after ?? null, page.limit]);
  }

  async find(tenantId: TenantId, id: string): Promise<Webhook | undefined> {
    const [row] = await this.database.query<Webhook & object>(tenantId, find, [tenantId, id]);
    return row;
  }

  /** One that is enabled again begins anew. @returns undefined when the version is stale */
  async update(
    tenantId: TenantId,
    id: string,
    { version, ...change }: NewWebhook & { readonly version: number },
    transaction: Transaction,
  ): Promise<Webhook | undefined> {
    const values = [tenantId, id, version, change.url, change.description, change.eventTypes, change.enabled];
    const [row] = await transaction.query<Webhook & object>(update, values);
    return row;
  }

  /** @returns whether there was one */
  async delete(tenantId: TenantId, id: string, transaction: Transaction): Promise<boolean> {
    return (await transaction.query(remove, [tenantId, id])).length === 1;
  }

  /** The secret of before signs too for so many hours. @returns undefined when the version is stale */
  async rotate(
    tenantId: TenantId,
    id: string,
    change: SealedSecret & { readonly version: number; readonly overlapHours: number },
    transaction: Transaction,
  ): Promise<Webhook | undefined> {
    const values = [tenantId, id, change.version, change.overlapHours, change.secret];
    const [row] = await transaction.query<Webhook & object>(rotate, values);
    return row;
  }
}
