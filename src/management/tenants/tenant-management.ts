import { Injectable } from '@nestjs/common';
import { isUniqueViolation } from '../../database/database-error.js';
import { type TenantId, toTenantId } from '../../database/tenant-id.js';
import { InsufficientScopeError } from '../../oauth/oauth-error.js';
import { TenantAddresses } from '../../tenants/tenant-addresses.js';
import type { TenantEntity } from '../../tenants/tenant.entity.js';
import type { TenantPolicy } from '../../tenants/tenant-policy.js';
import { TenantsRepository } from '../../tenants/tenants.repository.js';
import { TenantsService } from '../../tenants/tenants.service.js';
import { readBranding } from './branding-input.js';
import { checkIfMatch, stale } from '../kit/etag.js';
import { type Page, type PageQuery, isId, limitOf, positionOf, toPage } from '../kit/paging.js';
import { type Caller, SYSTEM_TENANT_SLUG } from '../kit/principal.js';
import { Problem, invalidMember, notFound } from '../kit/problem.js';
import type { CreateTenantDto, PolicyDto, UpdateTenantDto } from './tenants.dto.js';
import { Recording } from '../kit/recording.js';
import { type TenantView, tenantView } from '../views.js';
import { fromWire, mergePatch } from '../kit/wire.js';

/** Slugs that would look like something else in an address or in this API. */
const LOOKS_LIKE_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-/;

/** What operators and tenant admins do with tenants. */
@Injectable()
export class TenantManagement {
  constructor(
    private readonly service: TenantsService,
    private readonly repository: TenantsRepository,
    private readonly addresses: TenantAddresses,
    private readonly recording: Recording,
  ) {}

  view(tenant: TenantEntity): TenantView {
    return tenantView(tenant, this.addresses.issuers(tenant.slug));
  }

  async list(caller: Caller, query: PageQuery): Promise<Page<TenantView>> {
    const rows = caller.isOperator
      ? await this.repository.list({ after: positionOf(query, isId), limit: limitOf(query) + 1 })
      : [await this.get(caller.tenant.id)];
    return toPage(rows, query, { item: (row) => this.view(row), position: ({ id }) => id });
  }

  async create(caller: Caller, body: CreateTenantDto): Promise<TenantEntity> {
    requireOperator(caller);
    const { slug, display_name: displayName } = body;
    if (LOOKS_LIKE_ID.test(slug)) throw invalidMember('slug', 'must not look like an id');
    const policy = withPolicy({}, body.policy);
    const branding = readBranding({}, body.branding);
    try {
      const id = await this.service.create({ slug, displayName, policy, branding }, (tenantId) =>
        this.recording.of(caller, tenantId, { type: 'tenant.created', target: `tenant:${tenantId}`, body: flat(body) }),
      );
      return await this.get(id);
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      throw new Problem('conflict', 'slug is taken.', [{ pointer: '/slug', detail: 'is taken' }]);
    }
  }

  async update(
    caller: Caller,
    tenant: TenantEntity,
    body: UpdateTenantDto,
    ifMatch: string | undefined,
  ): Promise<TenantEntity> {
    const namesOnlyState = Object.keys(body).every((member) => member === 'status');
    checkIfMatch(ifMatch, tenant.version, { needed: !namesOnlyState });
    if (body.status !== undefined && body.status !== tenant.status) {
      requireOperator(caller);
      refuseSystem(tenant, 'suspended');
    }
    const id = toTenantId(tenant.id);
    const changes = {
      ...(body.display_name !== undefined && { displayName: body.display_name }),
      ...(body.status !== undefined && { status: body.status }),
      ...(body.policy !== undefined && { policy: withPolicy(tenant.policy, body.policy) }),
      ...(body.branding !== undefined && { branding: readBranding(tenant.branding, body.branding) }),
    };
    const change = { type: 'tenant.updated', target: `tenant:${id}`, body: flat(body) } as const;
    const updated = await this.service.update(tenant, changes, this.recording.of(caller, id, change));
    if (!updated) throw stale();
    return this.get(id);
  }

  async delete(caller: Caller, tenant: TenantEntity, ifMatch: string | undefined): Promise<void> {
    requireOperator(caller);
    refuseSystem(tenant, 'deleted');
    checkIfMatch(ifMatch, tenant.version, { needed: false });
    if (tenant.status !== 'suspended') throw new Problem('conflict', 'Only a suspended tenant can be deleted.');
    // Nobody can ask for the tenant's own log any more, so its end stands in the operators'.
    const details = { slug: tenant.slug };
    const change = { type: 'tenant.deleted', target: `tenant:${tenant.id}`, details } as const;
    const deleted = await this.service.delete(tenant, this.recording.of(caller, caller.tenant.id, change));
    if (!deleted) throw notFound();
  }

  private async get(id: TenantId): Promise<TenantEntity> {
    const tenant = await this.repository.findById(id);
    if (!tenant) throw notFound();
    return tenant;
  }
}

function requireOperator(caller: Caller): void {
  if (!caller.isOperator) throw new InsufficientScopeError('Only operators of the platform may do this.');
}

function refuseSystem(tenant: TenantEntity, what: string): void {
  if (tenant.slug === SYSTEM_TENANT_SLUG) throw new Problem('conflict', `The tenant system cannot be ${what}.`);
}

function withPolicy(current: Partial<TenantPolicy>, patch: PolicyDto | null | undefined): Partial<TenantPolicy> {
  return patch ? mergePatch(current, fromWire(patch)) : patch === null ? {} : current;
}

/** Without the logo: the log has no use for an image. */
function flat({ branding, ...body }: CreateTenantDto | UpdateTenantDto): object {
  return { ...body, ...(branding !== undefined && { branding: branding && { ...branding, logo: undefined } }) };
}
