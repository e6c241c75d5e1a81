import { Controller, Get, Query, Res, type StreamableFile } from '@nestjs/common';
import type { Response } from 'express';
import { type AuditFilter, AuditEventsRepository } from '../../audit/audit-events.repository.js';
import { AuditRecorder } from '../../audit/audit-recorder.js';
import type { Tenant } from '../../tenants/tenant.js';
import { ManagementController } from '../kit/management-controller.decorator.js';
import { TargetTenant } from '../kit/management.guard.js';
import { Endpoint } from '../kit/endpoint.decorator.js';
import { type Page, isId, limitOf, positionOf, toPage } from '../kit/paging.js';
import type { View } from '../kit/view.js';
import { AuditExports } from './audit-exports.js';
import { ExportAuditEventsQuery, ListAuditEventsQuery } from './audit-events.query.js';
import { readInstant } from '../kit/instant.js';

@ManagementController('Audit')
@Controller('api/v1/tenants/:tenant/audit-events')
export class AuditEventsController {
  constructor(
    private readonly events: AuditEventsRepository,
    private readonly recorder: AuditRecorder,
    private readonly exports: AuditExports,
  ) {}

  @Get()
  @Endpoint({
    id: 'listAuditEvents',
    summary: 'What happened in the tenant, newest first',
    scope: 'audit:read',
    reach: 'people',
    query: ListAuditEventsQuery,
    answer: 'AuditEventPage',
  })
  async list(@TargetTenant() tenant: Tenant, @Query() query: ListAuditEventsQuery): Promise<Page<View>> {
    await this.recorder.flush();
    const page = { after: positionOf(query, isId), limit: limitOf(query) + 1, ...filterOf(query) };
    const rows = await this.events.list(tenant.id, page);
    return toPage(rows, query, { item: ({ tenant_id: _, ...event }) => event, position: ({ id }) => id });
  }

  @Get('export')
  @Endpoint({
    id: 'exportAuditEvents',
    summary: 'The log with its hash chain and checkpoints, oldest first, to be verified offline',
    scope: 'audit:read',
    reach: 'people',
    query: ExportAuditEventsQuery,
    answer: 'AuditLogLine',
    mediaType: 'application/x-ndjson',
  })
  export(
    @TargetTenant() tenant: Tenant,
    @Query() query: ExportAuditEventsQuery,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    return this.exports.stream(tenant, query, response);
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
    since: readInstant('since', query.since),
    until: readInstant('until', query.until),
  };
}
