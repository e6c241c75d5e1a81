import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { decodeJwt } from 'jose';
import { AuditRecorder } from '../../audit/audit-recorder.js';
import { AuditFeed } from '../../audit-chain/audit-feed.js';
import { toCursor } from '../../audit-chain/feed-cursor.js';
import { isGap } from '../../audit-chain/feed-page.js';
import { readBearerToken } from '../../protocol/bearer-token.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { ManagementRequest } from '../kit/management.guard.js';
import type { Standing } from '../kit/standing-access.js';
import type { View } from '../kit/view.js';
import { auditEventView } from './audit-event.view.js';
import type { PullAuditEventsQuery, StreamAuditEventsQuery } from './audit-events.query.js';
import { cursorExpired, feedFilterOf, placeOf } from './audit-pull.js';
import { AuditStreams } from './audit-streams.js';

/** Following a tenant's log: asked for again and again, or as a stream. */
@Injectable()
export class AuditFollowing {
  constructor(
    private readonly feed: AuditFeed,
    private readonly recorder: AuditRecorder,
    private readonly streams: AuditStreams,
  ) {}

  /** @throws Problem when the cursor is none, or leads to what is not there any more */
  async pull({ id: tenantId }: Tenant, query: PullAuditEventsQuery): Promise<View> {
    const after = placeOf(query.after, 'after');
    await this.recorder.flush();
    if (!after && query.start === 'newest') {
      return { data: [], page: { next: toCursor(await this.feed.end(tenantId)), has_more: false } };
    }
    const page = await this.feed.readAll(tenantId, { after, filter: feedFilterOf(query), limit: query.limit });
    if (isGap(page)) throw cursorExpired(page);
    const { events, next, hasMore } = page;
    return {
      data: events.map(({ event }) => auditEventView(event)),
      page: { next: toCursor(next), has_more: hasMore },
    };
  }

  /** @throws Problem as above, and when there are too many streams */
  async stream(
    wanted: Pick<Standing, 'scope' | 'reach'> & {
      readonly tenant: Tenant;
      readonly query: StreamAuditEventsQuery;
      readonly lastEventId: string | undefined;
    },
    request: ManagementRequest,
    response: Response,
  ): Promise<void> {
    const { tenant, query, lastEventId, scope, reach } = wanted;
    const after = lastEventId ? placeOf(lastEventId, 'Last-Event-ID') : placeOf(query.after, 'after');
    if (request.method === 'HEAD') return void response.type('text/event-stream').end();
    const standing = { request, scope, reach, tenantId: tenant.id };
    const expiresAt = (decodeJwt(readBearerToken(request.headers.authorization)).exp ?? 0) * 1000;
    await this.streams.open({ tenantId: tenant.id, filter: feedFilterOf(query), standing, expiresAt }, after, response);
  }
}
