import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../config/config.js';
import { isUuid } from '../../crypto/uuid.js';
import { isUniqueViolation } from '../../database/database-error.js';
import { toTenantId } from '../../database/tenant-id.js';
import type { TenantDeletion } from '../../offboarding/tenant-deletion.js';
import { TenantDeletions } from '../../offboarding/tenant-deletions.js';
import { TenantDestruction } from '../../offboarding/tenant-destruction.js';
import type { TenantEntity } from '../../tenants/tenant.entity.js';
import { refuseSystem, requireOperator } from '../kit/authority.js';
import { checkIfMatch, stale } from '../kit/etag.js';
import { type ManagementWrite, NO_CONTENT } from '../kit/management-write.js';
import { type Page, type PageQuery, isId, limitOf, positionOf, toPage } from '../kit/paging.js';
import { type Caller, actorOf } from '../kit/principal.js';
import { Problem, invalidMember, notFound } from '../kit/problem.js';
import type { View } from '../kit/view.js';
import { WriteAnswer } from '../kit/write-answer.js';
import type { ScheduleDeletionDto } from './tenant-deletions.dto.js';
import { tenantDeletionView } from './tenant-deletion.view.js';

/** A request works on a destruction for so long; the maintenance goes on with the rest. */
const BUDGET_MS = 5000;

/** What operators do to end a tenant. */
@Injectable()
export class TenantDeletionManagement {
  constructor(
    private readonly deletions: TenantDeletions,
    private readonly destruction: TenantDestruction,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async list(caller: Caller, query: PageQuery): Promise<Page<View>> {
    requireOperator(caller);
    const rows = await this.deletions.list({ after: positionOf(query, isId), limit: limitOf(query) + 1 });
    return toPage(rows, query, { item: tenantDeletionView, position: ({ id }) => id });
  }

  async get(caller: Caller, id: string): Promise<View> {
    requireOperator(caller);
    const deletion = isUuid(id) ? await this.deletions.find(id) : undefined;
    if (!deletion) throw notFound();
    return tenantDeletionView(deletion);
  }

  async pending(caller: Caller, { deletionId }: TenantEntity): Promise<View> {
    requireOperator(caller);
    if (deletionId === null) throw notScheduled();
    return this.get(caller, deletionId);
  }

  async schedule(
    write: ManagementWrite,
    tenant: TenantEntity,
    { after_days: days, immediately = false }: ScheduleDeletionDto,
    ifMatch?: string,
  ): Promise<WriteAnswer> {
    requireOperator(write.caller);
    refuseSystem(tenant, 'deleted');
    checkIfMatch(ifMatch, tenant.version, { needed: false });
    if (immediately && days !== undefined) throw invalidMember('after_days', 'must be absent with immediately');
    if (tenant.deletionId !== null) throw scheduledAlready();
    if (immediately && tenant.status !== 'suspended') {
      throw new Problem('conflict', 'Only a suspended tenant can be deleted immediately.');
    }
    const inDays = immediately ? 0 : (days ?? this.config.tenantDeletionDays);
    const answer = await this.write(write, tenant, inDays);
    return immediately ? this.destroy(answer) : answer;
  }

  async withdraw(write: ManagementWrite, tenant: TenantEntity, ifMatch: string | undefined): Promise<WriteAnswer> {
    requireOperator(write.caller);
    checkIfMatch(ifMatch, tenant.version, { needed: false });
    if (tenant.deletionId === null) throw notScheduled();
    return write.perform<TenantDeletion>({
      tenantId: toTenantId(tenant.id),
      change: ({ id }) => ({
        type: 'tenant.deletion_withdrawn',
        target: `tenant:${tenant.id}`,
        details: { deletion: id },
        before: { deletion_id: id },
        after: { deletion_id: null },
      }),
      answer: () => NO_CONTENT,
      work: (companion) => this.deletions.withdraw(tenant, actorOf(write.caller), companion),
      otherwise: stale,
    });
  }

  private async write(write: ManagementWrite, tenant: TenantEntity, inDays: number): Promise<WriteAnswer> {
    try {
      return await write.perform<TenantDeletion>({
        tenantId: toTenantId(tenant.id),
        change: ({ id, dueAt }) => ({
          type: 'tenant.deletion_scheduled',
          target: `tenant:${tenant.id}`,
          details: { deletion: id, scheduled_for: dueAt },
          before: { deletion_id: null },
          after: { deletion_id: id },
        }),
        answer: answerOf,
        work: (companion) => this.deletions.schedule(tenant, { inDays, requestedBy: actorOf(write.caller) }, companion),
        otherwise: () => new Problem('conflict', 'The tenant has changed at this moment. Read it and decide again.'),
      });
    } catch (error) {
      if (isUniqueViolation(error)) throw scheduledAlready();
      throw error;
    }
  }

  /** What is not done within the request is done by the maintenance, so a failure here is not one of the request. */
  private async destroy(answer: WriteAnswer): Promise<WriteAnswer> {
    const { id } = answer.body as { readonly id: string };
    await this.destruction.destroyNext({ ms: BUDGET_MS }, id).catch(() => false);
    const deletion = await this.deletions.find(id);
    return deletion ? answerOf(deletion) : answer;
  }
}

/** The address of a deletion is not below that of the tenant, which will be gone. */
function answerOf(deletion: TenantDeletion): WriteAnswer {
  return new WriteAnswer(tenantDeletionView(deletion), { Location: `/api/v1/tenants/deletions/${deletion.id}` });
}

function scheduledAlready(): Problem {
  return new Problem(
    'conflict',
    'The deletion of this tenant is scheduled already; withdraw it to choose another date.',
  );
}

function notScheduled(): Problem {
  return new Problem('not-found', 'The deletion of this tenant is not scheduled.');
}
