import type { AuditEventRow } from '../audit/audit-row.js';
import type { TenantId } from '../database/tenant-id.js';
import { TEST_TYPE } from './webhook.js';

/** Standard Webhooks, "Payload structure": payloads should stay below 20 kB. */
const MAX_BYTES = 20_000;

/** The body that a receiver gets of an event: the members that the audit log shows to the tenant, and its id. */
export function eventPayload({ tenant_id, type, occurred_at, ...event }: AuditEventRow): string {
  const timestamp = new Date(occurred_at).toISOString();
  const payload = { type, timestamp, data: { tenant_id, ...event, type, occurred_at: timestamp } };
  const text = JSON.stringify(payload);
  if (Buffer.byteLength(text) <= MAX_BYTES) return text;
  return JSON.stringify({ ...payload, data: { ...payload.data, details: null, details_left_out: true } });
}

export function testPayload(tenantId: TenantId, webhookId: string, occurredAt: Date): string {
  const data = { tenant_id: tenantId, webhook_id: webhookId };
  return JSON.stringify({ type: TEST_TYPE, timestamp: occurredAt.toISOString(), data });
}
