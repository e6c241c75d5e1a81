import { type CanActivate, type ExecutionContext, Injectable, SetMetadata, createParamDecorator } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import { isUuid } from '../../crypto/uuid.js';
import { TenantRates } from '../../limits/tenant-rates.js';
import { RefusalRecorder } from '../../limits/refusal-recorder.js';
import { originOf } from '../../protocol/oauth-request.js';
import { InsufficientScopeError } from '../../oauth/oauth-error.js';
import type { TenantEntity } from '../../tenants/tenant.entity.js';
import type { ManagementScope } from '../../resources/management-api.js';
import { SLUG } from '../../tenants/tenant-addresses.js';
import type { TenantRequest } from '../../tenants/tenant-request.js';
import { TenantResolver } from '../../tenants/tenant-resolver.js';
import { TenantsRepository } from '../../tenants/tenants.repository.js';
import type { Tenant } from '../../tenants/tenant.js';
import { toTenantId } from '../../database/tenant-id.js';
import type { ManagementWrite } from './management-write.js';
import { ManagementStrategy } from './management.strategy.js';
import { type Caller, type Principal, actorOf } from './principal.js';
import { type EndpointReach, OperatorReach } from './operator-reach.js';
import { Problem, notFound } from './problem.js';

const REQUIRED_SCOPE = 'management:scope';
const REACH = 'management:reach';
const OPERATION = 'management:operation';

export interface ManagementRequest extends TenantRequest {
  /** Set by passport. */
  user?: Principal;
  target?: { readonly entity: TenantEntity; readonly tenant: Tenant };
  /** Set by the interceptor of writes. */
  write?: ManagementWrite;
}

/** The scope a handler needs, or a narrower one that is enough. Without this decorator a handler answers nobody. */
export const RequireScope = (...scopes: readonly ManagementScope[]) => SetMetadata(REQUIRED_SCOPE, scopes);

/** Which operation a handler is. */
export const IsOperation = (id: string) => SetMetadata(OPERATION, id);

/** What of a tenant an operator reaches into by calling the handler. */
export const Reaches = (reach: EndpointReach) => SetMetadata(REACH, reach);

/** Authenticates the caller with the passport strategy of this application. */
@Injectable()
export class ManagementAuthGuard extends AuthGuard() {
  constructor(strategy: ManagementStrategy) {
    super({ defaultStrategy: strategy.name, session: false });
  }
}

/** Checks the limit of the caller's tenant, the scope, and whether the caller may manage this tenant. Every other tenant is answered with 404. */
@Injectable()
export class ManagementPermissionGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly tenants: TenantsRepository,
    private readonly resolver: TenantResolver,
    private readonly refusals: RefusalRecorder,
    private readonly rates: TenantRates,
    private readonly operatorReach: OperatorReach,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<ManagementRequest>();
    const { user: principal } = request;
    if (!principal) throw new Error('The permission guard comes after the authentication guard.');
    await this.rates.take(principal.tenant, 'managementCalls');
    if (principal.setupLink) this.checkPurpose(request, principal, context.getHandler());
    const scopes = this.reflector.get<readonly ManagementScope[] | undefined>(REQUIRED_SCOPE, context.getHandler());
    if (!scopes?.some((name) => principal.scope.includes(name))) {
      const scope = scopes?.[0];
      this.recordRefusal(request, principal, `scope ${scope}`);
      throw new InsufficientScopeError(`The access token needs the scope ${scope}.`, scope);
    }
    const name = request.params['tenant'];
    if (typeof name !== 'string') return true;
    const tenant = await this.findTarget(request, principal, name);
    if (principal.isOperator) await this.checkReach(request, { tenant, principal }, context.getHandler());
    return true;
  }

  /** Somebody who came by a setup link may do what it is for, and is told so. @throws Problem */
  private checkPurpose(
    request: ManagementRequest,
    principal: Principal,
    handler: ReturnType<ExecutionContext['getHandler']>,
  ): void {
    const { operations = [], purposes = [] } = principal.setupLink ?? {};
    const called = this.reflector.get<string | undefined>(OPERATION, handler);
    if (operations.some((operation) => operation === called)) return;
    this.recordRefusal(request, principal, `operation ${called}`);
    throw new Problem(
      'permission-denied',
      `The setup link is for ${purposes.join(' and ')}, and this is no part of it.`,
    );
  }

  private async checkReach(
    request: ManagementRequest,
    { tenant, principal }: { readonly tenant: Tenant; readonly principal: Principal },
    handler: ReturnType<ExecutionContext['getHandler']>,
  ): Promise<void> {
    const reach = this.reflector.get<EndpointReach>(REACH, handler);
    try {
      const accessGrant = await this.operatorReach.check(request, { tenant, principal, reach });
      if (accessGrant) request.user = { ...principal, accessGrant };
    } catch (error) {
      if (error instanceof Problem) this.recordRefusal(request, principal, 'no access grant', `tenant:${tenant.slug}`);
      throw error;
    }
  }

  private async findTarget(request: ManagementRequest, principal: Principal, name: string): Promise<Tenant> {
    const entity = await this.find(name);
    if (!entity || entity.destroying || (!principal.isOperator && entity.id !== principal.tenant.id)) {
      if (entity && !entity.destroying)
        this.recordRefusal(request, principal, 'another tenant', `tenant:${entity.slug}`);
      throw notFound();
    }
    const tenant = this.resolver.view(entity);
    request.target = { entity, tenant };
    return tenant;
  }

  private find(name: string): Promise<TenantEntity | undefined> {
    if (isUuid(name)) return this.tenants.findById(toTenantId(name));
    return SLUG.test(name) ? this.tenants.findBySlug(name) : Promise.resolve(undefined);
  }

  private recordRefusal(request: ManagementRequest, principal: Principal, reason: string, target?: string): void {
    this.refusals.record({
      tenantId: principal.tenant.id,
      type: 'management.refused',
      outcome: 'failure',
      actor: actorOf(principal),
      clientId: principal.client?.clientId,
      userId: principal.user?.id,
      target,
      origin: originOf(request),
      details: { method: request.method, reason },
    });
  }
}

/** Who calls, as a handler's argument. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const request = context.switchToHttp().getRequest<ManagementRequest>();
  if (!request.user) throw new Error('@CurrentCaller() needs the management guards.');
  return { ...request.user, origin: originOf(request) };
});

/** The write that this request is, with who does it. */
export const CurrentWrite = createParamDecorator((_: unknown, context: ExecutionContext): ManagementWrite => {
  const { write } = context.switchToHttp().getRequest<ManagementRequest>();
  if (!write) throw new Error('@CurrentWrite() is for handlers that write.');
  return write;
});

/** The tenant of the path, which the guard found and the caller may manage. */
export const TargetTenant = createParamDecorator((_: unknown, context: ExecutionContext): Tenant => {
  return targetOf(context).tenant;
});

/** The same with everything stored about it. */
export const TargetTenantEntity = createParamDecorator((_: unknown, context: ExecutionContext): TenantEntity => {
  return targetOf(context).entity;
});

function targetOf(context: ExecutionContext) {
  const { target } = context.switchToHttp().getRequest<ManagementRequest>();
  if (!target) throw new Error('@TargetTenant() needs a route with :tenant.');
  return target;
}
