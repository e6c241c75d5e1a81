import { Controller, Get, Query } from '@nestjs/common';
import { ApiOperation, ApiParam } from '@nestjs/swagger';
import { IsOptional, IsString, Matches } from 'class-validator';
import { AuditEventsRepository } from '../audit/audit-events.repository.js';
import { AuditRecorder } from '../audit/audit-recorder.js';
import type { Tenant } from '../tenants/tenant.js';
import { ManagementController } from './management-controller.decorator.js';
import { RequireScope, TargetTenant } from './management.guard.js';
import { type Page, PageQuery, isId, limitOf, positionOf, toPage } from './page.js';
import type { View } from './views.js';

export class ListAuditEventsQuery extends PageQuery {
  @IsOptional()
  @IsString()
  @Matches(/^[a-z_]{1,50}\.[a-z_]{1,50}$/, { message: '$property must be an event type such as client.created' })
  type?: string;
}

@ManagementController('Audit')
@ApiParam({ name: 'tenant', description: 'Id or slug' })
@Controller('api/v1/tenants/:tenant/audit-events')
export class AuditEventsController {
  constructor(
    private readonly events: AuditEventsRepository,
    private readonly recorder: AuditRecorder,
  ) {}

  @Get()
  @RequireScope('audit:read')
  @ApiOperation({ summary: 'What happened in the tenant, newest first' })
  async list(@TargetTenant() tenant: Tenant, @Query() query: ListAuditEventsQuery): Promise<Page<View>> {
    await this.recorder.flush();
    const page = { after: positionOf(query, isId), type: query.type, limit: limitOf(query) + 1 };
    const rows = await this.events.list(tenant.id, page);
    return toPage(rows, query, { item: ({ tenant_id: _, ...event }) => event, position: ({ id }) => id });
  }
}
