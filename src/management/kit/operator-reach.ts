import { Injectable } from '@nestjs/common';
import type { Request } from 'express';
import { AuditRecorder } from '../../audit/audit-recorder.js';
import { SYSTEM_TENANT_SLUG } from '../../database/tenant-id.js';
import type { AccessLevel, Reach } from '../../operator-access/access-grant.js';
import { OperatorAccess } from '../../operator-access/operator-access.js';
import { originOf } from '../../protocol/oauth-request.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { TenantRequest } from '../../tenants/tenant-request.js';
import type { OperatorAccessChoice } from '../../tenants/tenant-policy.js';
import { type GrantInUse, type Principal, actorOf, grantedOperator } from './principal.js';
import { Problem } from './problem.js';

/**
 * What an operation reaches into. `people`: accounts, all below them, and what tells of persons, such as mail and the
 * audit log. `secrets`: what lets somebody act as a client, or receive what is sent out. `invitations` are people, except
 * at a tenant without an owner, which somebody has to invite. `none`: how a tenant is set up, its state and its numbers.
 */
export type EndpointReach = Reach | 'invitations' | 'none';

const HOW: Readonly<Record<OperatorAccessChoice, string>> = {
  open: '',
  by_grant: 'Ask for one with a reason: POST .../access-grants, or "npx tenantry access-grants create".',
  by_approval: 'Ask for one with a reason (POST .../access-grants); it begins when an owner of the tenant approves it.',
  forbidden:
    'The tenant forbids it. In an emergency ask with "emergency": true (POST .../access-grants); the owners can refuse it for a day.',
};

interface Call {
  readonly tenant: Tenant;
  readonly principal: Principal;
  readonly reach: EndpointReach;
}

/** Operators reach into a tenant's people and secrets only by its access grants. Each use is in the tenant's log. */
@Injectable()
export class OperatorReach {
  constructor(
    private readonly access: OperatorAccess,
    private readonly audit: AuditRecorder,
  ) {}

  /** @returns the grant by which it is done; undefined where none is needed @throws Problem without one */
  async check(request: Request & TenantRequest, call: Call): Promise<GrantInUse | undefined> {
    const { tenant, principal, reach } = call;
    const attempt = attemptOf(request, call);
    if (!attempt) return undefined;
    const { operatorAccess } = tenant.policy;
    const grant = await this.access.findGrant(tenant, attempt);
    if (!grant && reach === 'invitations' && !(await this.access.hasOwner(tenant.id))) return undefined;
    if (!grant) throw required(attempt, operatorAccess);
    await this.record(request, { tenant, principal, id: grant.id, what: attempt });
    return {
      id: grant.id,
      tenantId: tenant.id,
      hold: async (transaction) => {
        if (!(await this.access.hold(tenant.id, grant.id, transaction))) throw required(attempt, operatorAccess);
      },
    };
  }

  /** Whether what has been recorded as allowed is so still. */
  async allows(request: { readonly method: string }, call: Call): Promise<boolean> {
    const attempt = attemptOf(request, call);
    return !attempt || (await this.access.findGrant(call.tenant, attempt)) !== undefined;
  }

  /** Stored before anything is done or shown. @throws Problem while the log takes nothing */
  private async record(
    request: Request & TenantRequest,
    use: {
      readonly tenant: Tenant;
      readonly principal: Principal;
      readonly id: string;
      readonly what: { readonly reach: Reach; readonly level: AccessLevel };
    },
  ): Promise<void> {
    const { tenant, principal, id, what } = use;
    await this.requireLog();
    this.audit.record({
      tenantId: tenant.id,
      type: 'access_grant.used',
      outcome: 'success',
      actor: actorOf(principal),
      target: `access_grant:${id}`,
      origin: originOf(request),
      details: {
        method: request.method,
        path: request.path.slice(0, 500),
        reach: what.reach,
        level: what.level,
        ...(principal.user && { through: principal.client?.clientId }),
      },
    });
    await this.audit.flush();
    await this.requireLog();
  }

  private async requireLog(): Promise<void> {
    try {
      await this.audit.requireRoom();
    } catch (cause) {
      throw new Problem('unavailable', 'The use of the access grant cannot be recorded now; try again.', [], {
        cause,
        headers: { 'Retry-After': '1' },
      });
    }
  }
}

/** @returns undefined where no grant is needed */
function attemptOf({ method }: { readonly method: string }, { tenant, principal, reach }: Call) {
  if (reach === 'none' || tenant.policy.operatorAccess === 'open' || tenant.slug === SYSTEM_TENANT_SLUG)
    return undefined;
  const level: AccessLevel = method === 'GET' || method === 'HEAD' ? 'read' : 'write';
  return { ...grantedOperator(principal), reach: reach === 'invitations' ? 'people' : reach, level } as const;
}

function required(
  { reach, level }: { readonly reach: Reach; readonly level: AccessLevel },
  choice: OperatorAccessChoice,
) {
  const detail = `An operator needs an access grant of the tenant to ${level} ${reach}. ${HOW[choice]}`;
  // RFC 6750 §3.1: "The request requires higher privileges than provided by the access token."
  const headers = { 'WWW-Authenticate': 'Bearer error="insufficient_scope"' };
  return new Problem('access-grant-required', detail, [], {
    headers,
    members: { reach, level, operator_access: choice },
  });
}
