import { Controller, Get, Query } from '@nestjs/common';
import { type AuditFilter, AuditEventsRepository } from '../../audit/audit-events.repository.js';
import { AuditRecorder } from '../../audit/audit-recorder.js';
import type { Tenant } from '../../tenants/tenant.js';
import { ManagementController } from '../kit/management-controller.decorator.js';
import { TargetTenant } from '../kit/management.guard.js';
import { Endpoint } from '../openapi/endpoint.decorator.js';
import { type Page, isId, limitOf, positionOf, toPage } from '../kit/paging.js';
import type { View } from '../views.js';
import { ListAuditEventsQuery } from './audit-events.query.js';

@ManagementController('Audit')
@Controller('api/v1/tenants/:tenant/audit-events')
export class AuditEventsController {
  constructor(
    private readonly events: AuditEventsRepository,
    private readonly recorder: AuditRecorder,
  ) {}

  @Get()
  @Endpoint({
    id: 'listAuditEvents',
    summary: 'What happened in the tenant, newest first',
    scope: 'audit:read',
    query: ListAuditEventsQuery,
    answer: 'AuditEventPage',
  })
  async list(@TargetTenant() tenant: Tenant, @Query() query: ListAuditEventsQuery): Promise<Page<View>> {
    await this.recorder.flush();
    const page = { after: positionOf(query, isId), limit: limitOf(query) + 1, ...filterOf(query) };
    const rows = await this.events.list(tenant.id, page);
    return toPage(rows, query, { item: ({ tenant_id: _, ...event }) => event, position: ({ id }) => id });
  }
}

function filterOf(query: ListAuditEventsQuery): AuditFilter {
  const { type, outcome, client_id: clientId, address } = query;
  return {
    type,
    outcome,
    clientId,
    address,
    userId: query.user_id?.toLowerCase(),
    requestId: query.request_id?.toLowerCase(),
    since: timeOf(query.since),
    until: timeOf(query.until),
  };
}

function timeOf(text: string | undefined): Date | undefined {
  return text === undefined ? undefined : new Date(text);
}
