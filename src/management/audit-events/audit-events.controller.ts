import { Controller, Get, Query } from '@nestjs/common';
import { AuditEventsRepository } from '../../audit/audit-events.repository.js';
import { AuditRecorder } from '../../audit/audit-recorder.js';
import type { Tenant } from '../../tenants/tenant.js';
import { ManagementController } from '../kit/management-controller.decorator.js';
import { TargetTenant } from '../kit/management.guard.js';
import { Endpoint } from '../kit/endpoint.decorator.js';
import { type Page, isId, limitOf, positionOf, toPage } from '../kit/paging.js';
import { ListAuditEventsQuery } from './audit-events.query.js';
import type { View } from '../kit/view.js';

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
    const page = { after: positionOf(query, isId), type: query.type, limit: limitOf(query) + 1 };
    const rows = await this.events.list(tenant.id, page);
    return toPage(rows, query, { item: ({ tenant_id: _, ...event }) => event, position: ({ id }) => id });
  }
}
