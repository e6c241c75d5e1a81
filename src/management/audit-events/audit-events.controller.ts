import { Controller, Get, Headers, Query, Req, Res, type StreamableFile } from '@nestjs/common';
import type { Response } from 'express';
import { type AuditFilter, AuditEventsRepository } from '../../audit/audit-events.repository.js';
import { AuditRecorder } from '../../audit/audit-recorder.js';
import type { Tenant } from '../../tenants/tenant.js';
import { ManagementController } from '../kit/management-controller.decorator.js';
import { type ManagementRequest, TargetTenant } from '../kit/management.guard.js';
import { Endpoint } from '../kit/endpoint.decorator.js';
import { type Page, isId, limitOf, positionOf, toPage } from '../kit/paging.js';
import type { View } from '../kit/view.js';
import { auditEventView } from './audit-event.view.js';
import { AuditExports } from './audit-exports.js';
import {
  ExportAuditEventsQuery,
  ListAuditEventsQuery,
  PullAuditEventsQuery,
  StreamAuditEventsQuery,
} from './audit-events.query.js';
import { readInstant } from '../kit/instant.js';
import { AuditFollowing } from './audit-following.js';

const SCOPE = 'audit:read';
const REACH = 'people';

@ManagementController('Audit')
@Controller('api/v1/tenants/:tenant/audit-events')
export class AuditEventsController {
  constructor(
    private readonly events: AuditEventsRepository,
    private readonly recorder: AuditRecorder,
    private readonly exports: AuditExports,
    private readonly following: AuditFollowing,
  ) {}

  @Get()
  @Endpoint({
    id: 'listAuditEvents',
    summary: 'What happened in the tenant, newest first',
    scope: SCOPE,
    reach: REACH,
    query: ListAuditEventsQuery,
    answer: 'AuditEventPage',
  })
  async list(@TargetTenant() tenant: Tenant, @Query() query: ListAuditEventsQuery): Promise<Page<View>> {
    await this.recorder.flush();
    const page = { after: positionOf(query, isId), limit: limitOf(query) + 1, ...filterOf(query) };
    const rows = await this.events.list(tenant.id, page);
    return toPage(rows, query, { item: auditEventView, position: ({ id }) => id });
  }

  @Get('pull')
  @Endpoint({
    id: 'pullAuditEvents',
    summary: 'What happened after a cursor, oldest first, with the cursor to go on from',
    scope: SCOPE,
    reach: REACH,
    query: PullAuditEventsQuery,
    answer: 'PulledAuditEvents',
    follows: true,
  })
  pull(@TargetTenant() tenant: Tenant, @Query() query: PullAuditEventsQuery): Promise<View> {
    return this.following.pull(tenant, query);
  }

  @Get('stream')
  @Endpoint({
    id: 'streamAuditEvents',
    summary: 'Events as they happen, as Server-Sent Events',
    scope: SCOPE,
    reach: REACH,
    query: StreamAuditEventsQuery,
    answer: 'AuditEventMessage',
    mediaType: 'text/event-stream',
    follows: true,
  })
  stream(
    @TargetTenant() tenant: Tenant,
    @Query() query: StreamAuditEventsQuery,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Req() request: ManagementRequest,
    @Res() response: Response,
  ): Promise<void> {
    return this.following.stream({ tenant, query, lastEventId, scope: SCOPE, reach: REACH }, request, response);
  }

  @Get('export')
  @Endpoint({
    id: 'exportAuditEvents',
    summary: 'The log with its hash chain and checkpoints, oldest first, to be verified offline',
    scope: SCOPE,
    reach: REACH,
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
