import { Injectable } from '@nestjs/common';
import { AuditEventsRepository } from '../audit/audit-events.repository.js';
import type { AuditEventRow } from '../audit/audit-row.js';
import type { TenantId } from '../database/tenant-id.js';
import { PERSON_EVENTS, type PersonEventType } from './person-events.js';

/** An event as its person sees it. Who administered the account, from where and how is not part of it. */
export interface PersonEvent {
  readonly id: string;
  readonly type: PersonEventType;
  readonly occurredAt: Date;
  readonly outcome: 'success' | 'failure';
  readonly clientId: string | undefined;
  /** Network address; absent when somebody else acted. */
  readonly address: string | undefined;
  /** An administrator did it. */
  readonly isByOthers: boolean;
}

/** What happened to a person's account, from the audit log. */
@Injectable()
export class AccountActivity {
  constructor(private readonly events: AuditEventsRepository) {}

  /** Newest first. @param after id of the last one of the page before */
  async list(
    tenantId: TenantId,
    userId: string,
    page: { readonly after?: string | undefined; readonly limit: number },
  ): Promise<PersonEvent[]> {
    const rows = await this.events.list(tenantId, { ...page, userId, types: PERSON_EVENTS });
    return rows.map(toPersonEvent);
  }
}

function toPersonEvent(row: AuditEventRow): PersonEvent {
  const isByOthers = row.actor !== null && row.actor !== undefined;
  return {
    id: row.id,
    type: row.type as PersonEventType,
    occurredAt: new Date(row.occurred_at),
    outcome: row.outcome === 'failure' ? 'failure' : 'success',
    clientId: row.client_id ?? undefined,
    address: isByOthers ? undefined : (row.address ?? undefined),
    isByOthers,
  };
}
