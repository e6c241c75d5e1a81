import { Injectable } from '@nestjs/common';
import { SYSTEM_TENANT_SLUG } from '../../database/tenant-id.js';
import { InsufficientScopeError } from '../../oauth/oauth-error.js';
import { type AccessGrant, GRANT_SECONDS, isFor } from '../../operator-access/access-grant.js';
import { AccessGrants, TooManyGrantsError } from '../../operator-access/access-grants.service.js';
import type { Tenant } from '../../tenants/tenant.js';
import { requireOperator, requireScope } from '../kit/authority.js';
import { checkIfMatch } from '../kit/etag.js';
import { type ManagementWrite, NO_CONTENT } from '../kit/management-write.js';
import { type Page, type PageQuery, isId, limitOf, positionOf, toPage } from '../kit/paging.js';
import { type Caller, actorOf, grantedOperator } from '../kit/principal.js';
import { Problem, invalidMember, notFound } from '../kit/problem.js';
import type { View } from '../kit/view.js';
import type { WriteAnswer } from '../kit/write-answer.js';
import { accessGrantView } from './access-grant.view.js';
import type { CreateAccessGrantDto } from './access-grants.dto.js';

/** Operators ask for access to a tenant; its owners approve, refuse and end it. */
@Injectable()
export class AccessGrantManagement {
  constructor(private readonly grants: AccessGrants) {}

  async list(tenant: Tenant, query: PageQuery): Promise<Page<View>> {
    const rows = await this.grants.list(tenant.id, { after: positionOf(query, isId), limit: limitOf(query) + 1 });
    return toPage(rows, query, { item: accessGrantView, position: ({ id }) => id });
  }

  async get(tenant: Tenant, id: string): Promise<AccessGrant> {
    const grant = isId(id) ? await this.grants.find(tenant.id, id) : undefined;
    if (!grant) throw notFound();
    return grant;
  }

  async create(write: ManagementWrite, tenant: Tenant, body: CreateAccessGrantDto): Promise<WriteAnswer> {
    requireOperator(write.caller);
    const { reason, ticket = null, reach = ['people'], level = 'read', emergency = false } = body;
    const { expires_in_seconds: durationSeconds = usualSeconds(tenant) } = body;
    refuseNeedless(tenant, emergency);
    const { operatorAccessMaxSeconds: most } = tenant.policy;
    if (durationSeconds > most) throw invalidMember('expires_in_seconds', `must be at most ${most} at this tenant`);
    const { operator, registration } = grantedOperator(write.caller);
    const operatorRegistrationId = registration?.id ?? null;
    const terms = { reason, ticket, reach, level, emergency, durationSeconds };
    const grant = { operator, operatorRegistrationId, ...terms };
    return write.perform<AccessGrant>({
      tenantId: tenant.id,
      change: (made) => ({
        type: made.beginsAt ? 'access_grant.given' : 'access_grant.requested',
        target: `access_grant:${made.id}`,
        body: { reason, ticket, reach, level, emergency },
        details: { begins_at: made.beginsAt, expires_at: made.expiresAt },
        after: accessGrantView(made),
      }),
      answer: (made) => write.created(made, accessGrantView(made)),
      work: (companion) =>
        this.grants.create(tenant, grant, companion).catch((error: unknown) => {
          if (!(error instanceof TooManyGrantsError)) throw error;
          throw new Problem('conflict', 'The tenant has as many open access grants and requests as it can; end one.');
        }),
      otherwise: notFound,
    });
  }

  async approve(write: ManagementWrite, tenant: Tenant, id: string, ifMatch: string | undefined): Promise<WriteAnswer> {
    const known = await this.get(tenant, id);
    requireOwnSide(write.caller, tenant);
    checkIfMatch(ifMatch, known.version, { needed: false });
    return write.perform<AccessGrant>({
      tenantId: tenant.id,
      change: (approved) => ({
        type: 'access_grant.approved',
        target: `access_grant:${id}`,
        details: { operator: approved.operator, expires_at: approved.expiresAt },
        before: accessGrantView(known),
      }),
      answer: (approved) => write.changed(approved, accessGrantView(approved)),
      work: (companion) => this.grants.approve(tenant.id, id, actorOf(write.caller), companion),
      otherwise: () => new Problem('conflict', 'Nothing is left to approve: it has begun, ended or lapsed.'),
    });
  }

  /** Operators end their own without a further permission. */
  async end(write: ManagementWrite, tenant: Tenant, id: string, ifMatch: string | undefined): Promise<WriteAnswer> {
    const known = await this.get(tenant, id);
    if (!isFor(known, grantedOperator(write.caller))) requireScope(write.caller, 'tenants:write');
    checkIfMatch(ifMatch, known.version, { needed: false });
    return write.perform<AccessGrant>({
      tenantId: tenant.id,
      change: (ended) => ({
        type: hasBegunBefore(ended) ? 'access_grant.ended' : 'access_grant.refused',
        target: `access_grant:${id}`,
        details: { operator: ended.operator },
        before: accessGrantView(known),
        after: accessGrantView(ended),
      }),
      answer: () => NO_CONTENT,
      work: (companion) => this.grants.end(tenant.id, id, actorOf(write.caller), companion),
      otherwise: () => new Problem('conflict', 'It has ended already.'),
    });
  }
}

function hasBegunBefore({ beginsAt, endedAt }: AccessGrant): boolean {
  return beginsAt !== null && endedAt !== null && beginsAt <= endedAt;
}

/** @throws Problem where operators need no grant, or get none */
function refuseNeedless({ slug, policy }: Tenant, emergency: boolean): void {
  const { operatorAccess } = policy;
  if (slug === SYSTEM_TENANT_SLUG) throw new Problem('conflict', 'Operators need no access grant at their own tenant.');
  if (operatorAccess === 'open') throw new Problem('conflict', 'The tenant is open to operators: no grant is needed.');
  if (operatorAccess === 'by_grant' && emergency) {
    throw invalidMember('emergency', 'has no use at this tenant: a grant begins at once');
  }
  if (operatorAccess === 'forbidden' && !emergency) {
    throw new Problem(
      'conflict',
      'The tenant forbids access of operators. In an emergency ask with "emergency": true; its owners can refuse it for a day.',
    );
  }
}

/** Whoever asks does not approve. @throws InsufficientScopeError */
function requireOwnSide(caller: Caller, tenant: Tenant): void {
  if (caller.tenant.id !== tenant.id) {
    throw new InsufficientScopeError('Only administrators of the tenant itself approve access to it.');
  }
}

function usualSeconds({ policy }: Tenant): number {
  return Math.min(GRANT_SECONDS.usual, policy.operatorAccessMaxSeconds);
}
