import { Injectable, Logger } from '@nestjs/common';
import { spoilsConnection } from '../../database/database-error.js';
import { findQuotaExceeded } from '../../limits/quota-exceeded.js';
import { TenantCounts } from '../../limits/tenant-counts.js';
import { TenantRates } from '../../limits/tenant-rates.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { ManagementWrite } from './management-write.js';
import { actorOf } from './principal.js';
import { toProblem } from './problem.filter.js';
import { AnsweredBefore, type StoredAnswer } from './request-key.js';
import type { View } from './view.js';
import { WriteAnswer } from './write-answer.js';

/** So many transactions, one after the other, are a matter of seconds, also where passwords are hashed. */
export const MAX_OPERATIONS = 100;

/** One item of a bulk request. */
export interface BulkItem {
  /** Of the answer when it is done. */
  readonly status: number;
  readonly work: (write: ManagementWrite) => Promise<WriteAnswer>;
}

/**
 * Many writes in one request. Each is what a request of its own would be: one transaction with its audit event and its
 * answer, which is stored under a key of its own when the request has an `Idempotency-Key`. So a request that was broken
 * off is sent again with its key: what was done is answered as before, and the rest is done.
 */
@Injectable()
export class BulkWrites {
  private readonly logger = new Logger('Management');

  constructor(
    private readonly counts: TenantCounts,
    private readonly rates: TenantRates,
  ) {}

  /**
   * One after the other, in their order. When the database does not answer, the rest is not tried: each would wait for
   * it until its deadline.
   * @returns one result for each, whatever became of the others
   */
  async perform(write: ManagementWrite, tenant: Tenant, items: readonly BulkItem[]): Promise<WriteAnswer> {
    const results: View[] = [];
    let lost: View | undefined;
    for (const [index, item] of items.entries()) {
      try {
        results.push(lost ?? (await this.resultOf(write, tenant, { index, item })));
      } catch (error) {
        const result = this.refused(write, tenant, error);
        if (spoilsConnection(error)) lost = result;
        results.push(result);
      }
    }
    const failed = results.filter(({ problem }) => problem !== undefined).length;
    return new WriteAnswer({ results, succeeded: results.length - failed, failed });
  }

  private async resultOf(
    write: ManagementWrite,
    tenant: Tenant,
    { index, item }: { readonly index: number; readonly item: BulkItem },
  ): Promise<View> {
    const { status, work } = item;
    const own = write.item(index, { path: write.path.replace(/\/bulk$/, ''), status });
    try {
      // The request itself has taken one of the calls that a tenant may make.
      if (index > 0) await this.rates.take(write.caller.tenant, 'managementCalls');
      const before = await own.answeredBefore();
      return before ? { ...shown(before), replayed: true } : shown({ status, answer: await work(own) });
    } catch (error) {
      if (error instanceof AnsweredBefore) return { ...shown(error.stored), replayed: true };
      throw error;
    }
  }

  private refused({ caller }: ManagementWrite, tenant: Tenant, error: unknown): View {
    const exceeded = findQuotaExceeded(error);
    if (exceeded) this.counts.record(tenant.id, exceeded, { actor: actorOf(caller), origin: caller.origin });
    const problem = toProblem(error);
    if (problem.getStatus() >= 500) this.logger.error(error);
    return { status: problem.getStatus(), problem: problem.toJson(undefined) };
  }
}

function shown({ status, answer: { headers, body } }: StoredAnswer): View {
  const { Location: location, ETag: etag } = headers;
  return {
    status,
    ...(location !== undefined && { location }),
    ...(etag !== undefined && { etag }),
    ...(body !== undefined && body !== null && { body }),
  };
}
