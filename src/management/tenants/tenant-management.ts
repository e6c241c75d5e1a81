import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { CONFIG, type Config, type MailFrom } from '../../config/config.js';
import { isUniqueViolation } from '../../database/database-error.js';
import { type TenantId, toTenantId } from '../../database/tenant-id.js';
import { isAllowedSender } from '../../mail/compose-mail.js';
import { parseMailAddress } from '../../mail/mail-address.js';
import { TenantAddresses } from '../../tenants/tenant-addresses.js';
import type { TenantEntity } from '../../tenants/tenant.entity.js';
import { findPolicyFault } from '../../tenants/policy-rules.js';
import { findPolicyWarnings } from '../../tenants/policy-warnings.js';
import { type TenantPolicy, effectivePolicy } from '../../tenants/tenant-policy.js';
import { TenantsRepository } from '../../tenants/tenants.repository.js';
import { TenantsService } from '../../tenants/tenants.service.js';
import { readBranding } from './branding-input.js';
import { requireOperator, requireScope } from '../kit/authority.js';
import { checkIfMatch, stale } from '../kit/etag.js';
import { type Page, type PageQuery, isId, limitOf, positionOf, toPage } from '../kit/paging.js';
import { type ManagementWrite, NO_CONTENT } from '../kit/management-write.js';
import { type Caller, SYSTEM_TENANT_SLUG } from '../kit/principal.js';
import { Problem, invalidMember, notFound } from '../kit/problem.js';
import type { PolicyDto } from './policy.dto.js';
import type { CreateTenantDto, UpdateTenantDto } from './tenants.dto.js';
import type { WriteAnswer } from '../kit/write-answer.js';
import { fromWire, mergePatch } from '../kit/wire.js';
import { tenantView } from './tenant.view.js';
import type { View } from '../kit/view.js';

/** What operators and tenant admins do with tenants. */
@Injectable()
export class TenantManagement {
  constructor(
    private readonly service: TenantsService,
    private readonly repository: TenantsRepository,
    private readonly addresses: TenantAddresses,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  view(tenant: TenantEntity): View {
    return tenantView(tenant, this.addresses.issuers(tenant.slug));
  }

  /** The same in the answer to a write. */
  private viewOfWrite(tenant: TenantEntity): View {
    const warnings = findPolicyWarnings(effectivePolicy(tenant.policy), {
      ...this.config,
      hasTerms: tenant.branding.termsUri !== undefined,
    });
    return tenantView(tenant, this.addresses.issuers(tenant.slug), warnings);
  }

  async list(caller: Caller, query: PageQuery): Promise<Page<View>> {
    const rows = caller.isOperator
      ? await this.repository.list({ after: positionOf(query, isId), limit: limitOf(query) + 1 })
      : [await this.get(caller.tenant.id)];
    return toPage(rows, query, { item: (row) => this.view(row), position: ({ id }) => id });
  }

  async create(write: ManagementWrite, body: CreateTenantDto): Promise<WriteAnswer> {
    requireOperator(write.caller);
    const { slug, display_name: displayName } = body;
    const reservation = this.addresses.findReservation(slug);
    if (reservation) throw invalidMember('slug', reservation);
    checkSender(body.policy?.mail_from, this.config.mailFrom);
    const id = toTenantId(uuidv7());
    const tenant = {
      id,
      slug,
      displayName,
      policy: withPolicy({}, body.policy),
      branding: readBranding({}, body.branding),
    };
    try {
      return await write.perform<TenantEntity>({
        tenantId: id,
        change: () => ({ type: 'tenant.created', target: `tenant:${id}`, body: flat(body) }),
        answer: (made) => write.created(made, this.viewOfWrite(made)),
        work: (companion) => this.service.create(tenant, companion),
        otherwise: notFound,
      });
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      throw new Problem('conflict', 'slug is taken.', [{ pointer: '/slug', detail: 'is taken' }]);
    }
  }

  async update(
    write: ManagementWrite,
    tenant: TenantEntity,
    body: UpdateTenantDto,
    ifMatch: string | undefined,
  ): Promise<WriteAnswer> {
    if (Object.keys(body).some((member) => member !== 'branding')) requireScope(write.caller, 'tenants:write');
    checkSender(body.policy?.mail_from, this.config.mailFrom);
    const namesOnlyState = Object.keys(body).every((member) => member === 'status');
    checkIfMatch(ifMatch, tenant.version, { needed: !namesOnlyState });
    if (body.status !== undefined && body.status !== tenant.status) {
      requireOperator(write.caller);
      refuseSystem(tenant, 'suspended');
    }
    const changes = {
      ...(body.display_name !== undefined && { displayName: body.display_name }),
      ...(body.status !== undefined && { status: body.status }),
      ...(body.policy !== undefined && { policy: withPolicy(tenant.policy, body.policy) }),
      ...(body.branding !== undefined && { branding: readBranding(tenant.branding, body.branding) }),
    };
    const before = this.viewOfWrite(tenant);
    return write.perform<TenantEntity>({
      tenantId: toTenantId(tenant.id),
      change: ({ id }) => ({ type: 'tenant.updated', target: `tenant:${id}`, body: flat(body), before }),
      answer: (updated) => write.changed(updated, this.viewOfWrite(updated)),
      work: (companion) => this.service.update(tenant, changes, companion),
      otherwise: stale,
    });
  }

  async delete(write: ManagementWrite, tenant: TenantEntity, ifMatch: string | undefined): Promise<WriteAnswer> {
    requireOperator(write.caller);
    refuseSystem(tenant, 'deleted');
    checkIfMatch(ifMatch, tenant.version, { needed: false });
    if (tenant.status !== 'suspended') throw new Problem('conflict', 'Only a suspended tenant can be deleted.');
    const details = { slug: tenant.slug };
    return write.perform<true>({
      tenantId: toTenantId(tenant.id),
      // Nobody can ask for the tenant's own log any more, so its end stands in the operators'.
      recordedIn: write.caller.tenant.id,
      change: () => ({ type: 'tenant.deleted', target: `tenant:${tenant.id}`, details }),
      answer: () => NO_CONTENT,
      work: (companion) => this.service.delete(tenant, companion),
      otherwise: notFound,
    });
  }

  private async get(id: TenantId): Promise<TenantEntity> {
    const tenant = await this.repository.findById(id);
    if (!tenant) throw notFound();
    return tenant;
  }
}

function refuseSystem(tenant: TenantEntity, what: string): void {
  if (tenant.slug === SYSTEM_TENANT_SLUG) throw new Problem('conflict', `The tenant system cannot be ${what}.`);
}

/** @throws Problem when mail would be sent from an address that the operator does not allow */
function checkSender(mailFrom: string | null | undefined, allowed: MailFrom): void {
  const address = mailFrom ? parseMailAddress(mailFrom) : undefined;
  if (address === undefined || isAllowedSender(address, allowed)) return;
  const choices = [...allowed.addresses, ...allowed.domains.map((domain) => `@${domain}`)].join(', ');
  throw invalidMember('policy/mail_from', `must be one that the operator allows in MAIL_FROM: ${choices}`);
}

/** What the members are together is asked only when the request changes one: a date that has passed refuses nothing else. */
function withPolicy(current: Partial<TenantPolicy>, patch: PolicyDto | null | undefined): Partial<TenantPolicy> {
  if (patch === undefined) return current;
  const policy = patch === null ? {} : mergePatch(current, fromWire(patch));
  const fault = findPolicyFault(effectivePolicy(policy));
  if (fault) throw invalidMember(`policy/${fault.member}`, fault.fault);
  return policy;
}

/** Without the logo: the log has no use for an image. */
function flat({ branding, ...body }: CreateTenantDto | UpdateTenantDto): object {
  return { ...body, ...(branding !== undefined && { branding: branding && { ...branding, logo: undefined } }) };
}
