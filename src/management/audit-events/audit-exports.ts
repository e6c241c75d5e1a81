import { Readable } from 'node:stream';
import { Injectable, StreamableFile } from '@nestjs/common';
import type { Response } from 'express';
import { AuditRecorder } from '../../audit/audit-recorder.js';
import { AuditExport } from '../../audit-chain/audit-export.js';
import { onceClosed } from '../../http/once-closed.js';
import type { Tenant } from '../../tenants/tenant.js';
import { Problem } from '../kit/problem.js';
import type { ExportAuditEventsQuery } from './audit-events.query.js';

/** Of one process. Each reads the database as fast as it is taken. */
const MOST_AT_ONCE = 4;
/** Who takes nothing for so long has gone. */
const STALLED_MS = 60_000;

/** Exports that are under way. */
@Injectable()
export class AuditExports {
  private active = 0;

  constructor(
    private readonly log: AuditExport,
    private readonly recorder: AuditRecorder,
  ) {}

  /** @throws Problem when too many are under way */
  async stream(tenant: Tenant, query: ExportAuditEventsQuery, response: Response): Promise<StreamableFile> {
    if (this.active >= MOST_AT_ONCE) {
      throw new Problem('too-many-requests', `Of these, ${MOST_AT_ONCE} run at a time; try again soon.`, [], {
        headers: { 'Retry-After': '10' },
      });
    }
    this.active += 1;
    onceClosed(response, () => (this.active -= 1));
    await this.recorder.flush();
    const { id: tenantId, issuer } = tenant;
    const lines = await this.log.begin({ tenantId, issuer, after: query.after ?? 0, limit: query.limit });
    response.setTimeout(STALLED_MS, () => response.destroy());
    const stream = Readable.from(lines);
    // A file that ends before its last line is not whole, and the reader sees it.
    stream.once('error', () => response.destroy());
    return new StreamableFile(stream, { type: 'application/x-ndjson' });
  }
}
