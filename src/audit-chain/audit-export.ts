import { Injectable } from '@nestjs/common';
import type { TenantId } from '../database/tenant-id.js';
import { AuditChainRepository, type ChainHead } from './audit-chain.repository.js';
import { AuditSealer, toChained } from './audit-sealer.js';
import { Checkpoints } from './checkpoints.js';
import type { CheckpointLine, LogHeader, LogLine } from './exported-log.js';

const PAGE_SIZE = 500;
const SMALLEST_ID = '00000000-0000-0000-0000-000000000000';

export interface Exported {
  readonly tenantId: TenantId;
  readonly issuer: string;
  /** Events after this place. */
  readonly after: number;
  /** How many events at most. */
  readonly limit: number;
}

/** A tenant's log with all that is needed to verify it offline. It is read in pages, as fast as it is taken. */
@Injectable()
export class AuditExport {
  constructor(
    private readonly repository: AuditChainRepository,
    private readonly sealer: AuditSealer,
    private readonly checkpoints: Checkpoints,
  ) {}

  /** What is committed now is sealed and signed before the first line. */
  async begin(exported: Exported): Promise<AsyncGenerator<string>> {
    const { tenantId } = exported;
    const head = await this.sealer.seal(tenantId);
    await this.checkpoints.ensure(tenantId, head);
    return toText(this.lines(exported, head));
  }

  private async *lines({ tenantId, issuer, ...wanted }: Exported, head: ChainHead): AsyncGenerator<LogLine> {
    const after = Math.min(Math.max(wanted.after, head.firstSeq - 1), head.seq);
    const to = Math.min(head.seq, after + wanted.limit);
    const header: Omit<LogHeader, 'previous_hash'> = {
      kind: 'log',
      version: 1,
      tenant_id: tenantId,
      issuer,
      exported_at: new Date().toISOString(),
      begun_at: head.begunAt.toISOString(),
      first_seq: after + 1,
      last_seq: head.seq,
    };
    yield { ...header, previous_hash: await this.hashAt(tenantId, after, head) };
    yield* await this.checkpointsAt(tenantId, after, after);
    yield* this.events(tenantId, after, to);
    // A signature of a place that is not there any more shows that it was.
    if (to === head.seq) yield* await this.checkpointsAt(tenantId, to + 1, Number.MAX_SAFE_INTEGER);
    if (to === head.seq && after === head.firstSeq - 1) yield* this.strays(tenantId);
    yield { kind: 'end', last_seq: to, has_more: to < head.seq };
  }

  private async *events(tenantId: TenantId, after: number, to: number): AsyncGenerator<LogLine> {
    for (let seq = after; seq < to;) {
      const links = await this.repository.listLinks(tenantId, seq, Math.min(PAGE_SIZE, to - seq));
      const last = links.at(-1);
      if (!last) return;
      const signed = await this.checkpointsAt(tenantId, seq + 1, last.seq);
      for (const { event, ...link } of links) {
        while (signed[0] && signed[0].seq < link.seq) yield signed.shift() as CheckpointLine;
        yield { kind: 'event', ...link, event: event ? toChained(event) : null };
      }
      yield* signed;
      seq = last.seq;
    }
  }

  private async checkpointsAt(tenantId: TenantId, from: number, to: number): Promise<CheckpointLine[]> {
    const found = await this.repository.listCheckpoints(tenantId, { from, to, limit: PAGE_SIZE });
    return found.map(({ seq, jws }) => ({ kind: 'checkpoint', seq, jws }));
  }

  /** Events that have no place. */
  private async *strays(tenantId: TenantId): AsyncGenerator<LogLine> {
    for (let after = SMALLEST_ID; ;) {
      const rows = await this.repository.listAll(tenantId, after, PAGE_SIZE);
      for (const { sealed, ...row } of rows) if (!sealed) yield { kind: 'unsealed', event: toChained(row) };
      const last = rows.at(-1);
      if (!last || rows.length < PAGE_SIZE) return;
      after = last.id;
    }
  }

  private async hashAt(tenantId: TenantId, seq: number, head: ChainHead): Promise<string> {
    if (seq === head.firstSeq - 1) return head.firstHash;
    const [link] = await this.repository.listLinks(tenantId, seq - 1, 1);
    return link?.hash ?? '';
  }
}

async function* toText(lines: AsyncIterable<LogLine>): AsyncGenerator<string> {
  for await (const line of lines) yield `${JSON.stringify(line)}\n`;
}
