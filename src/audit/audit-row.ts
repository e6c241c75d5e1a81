import { isUuid } from '../crypto/uuid.js';
import { withoutUnseen } from '../oauth/visible-text.js';
import type { TenantId } from '../database/tenant-id.js';
import { publishAuditEvent } from './audit-channel.js';
import type { AuditEvent } from './audit-event.js';
import { EventIds } from './event-ids.js';

/** An event as the table has it. */
export interface AuditEventRow {
  readonly tenant_id: TenantId;
  readonly id: string;
  readonly occurred_at: Date | string;
  readonly type: string;
  readonly outcome: string;
  readonly actor: string | null | undefined;
  readonly client_id: string | null | undefined;
  readonly user_id: string | null | undefined;
  readonly target: string | null | undefined;
  readonly address: string | null | undefined;
  readonly request_id: string | null | undefined;
  readonly details: unknown;
}

/** Characters that PostgreSQL cannot store in text, as JSON escapes: NUL and lone surrogates. */
const UNSTORABLE = /\\u(?:0000|d[89a-f][0-9a-f]{2})/i;
const HALF_PAIRS = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const MAX_TEXT_LENGTH = 2048;

/** The event with its id, which tells its time to the millisecond. */
export function toRow(event: AuditEvent, ids = new EventIds()): AuditEventRow {
  publishAuditEvent(event);
  const { id, time } = ids.next();
  const { userId } = event;
  return {
    tenant_id: event.tenantId,
    id,
    occurred_at: time,
    type: event.type,
    outcome: event.outcome,
    actor: event.actor,
    client_id: event.clientId,
    user_id: userId !== undefined && isUuid(userId) ? userId : undefined,
    target: event.target,
    address: event.origin?.address,
    request_id: event.origin?.requestId,
    details: event.details,
  };
}

/**
 * The parameter of the insert, as JSON. Characters that cannot be stored are removed, so that they do not make the
 * insert fail.
 */
export function toParameter(rows: readonly AuditEventRow[]): string {
  const text = JSON.stringify(rows);
  // Nearly all have no escape at all, which is found out faster.
  return text.includes('\\u') && UNSTORABLE.test(text) ? JSON.stringify(storable(rows)) : text;
}

/** What somebody sent, as it may stand in the log: without what cannot be seen, and bounded. */
export function boundedText(text: string, maxLength: number): string {
  return withoutUnseen(text).slice(0, Math.min(maxLength, MAX_TEXT_LENGTH));
}

function storable(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\u0000', '').replace(HALF_PAIRS, '\ufffd');
  if (Array.isArray(value)) return value.map(storable);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [storable(name), storable(member)]));
}
