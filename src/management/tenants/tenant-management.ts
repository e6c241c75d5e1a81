import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { CONFIG, type Config } from '../../config/config.js';
import { isForeignKeyViolation, isUniqueViolation } from '../../database/database-error.js';
import { SYSTEM_TENANT_SLUG, toTenantId } from '../../database/tenant-id.js';
import { ReadinessReport } from '../../onboarding/readiness-report.js';
import { findLocale } from '../../language/messages.js';
import { readEmailAddress } from '../../oauth/email-address.js';
import { INVITATION_LIFETIME_SECONDS, Invitations, type NewInvitation } from '../../registration/invitations.js';
import { TenantResolver } from '../../tenants/tenant-resolver.js';
import { readinessView } from '../readiness/readiness.view.js';
import { SLUG, TenantAddresses } from '../../tenants/tenant-addresses.js';
import { MAX_FORMER_SLUGS } from '../../tenants/former-slugs.js';
import type { TenantEntity } from '../../tenants/tenant.entity.js';
import { type InheritedPolicy, effectivePolicy } from '../../tenants/policy-inheritance.js';
import { PolicyLayersRepository } from '../../tenants/policy-layers.repository.js';
import { findPolicyWarnings } from '../../tenants/policy-warnings.js';
import { TENANT_SORT_KEYS } from '../../tenants/tenant-list.js';
import { TenantsRepository } from '../../tenants/tenants.repository.js';
import { TenantsService } from '../../tenants/tenants.service.js';
import { checkBrandingSender, readBranding } from './branding-input.js';
import {
  refuseSystem,
  requireOperator,
  requirePowerOverOwners,
  requirePowerOverResets,
  requireScope,
} from '../kit/authority.js';
import { checkIfMatch, stale } from '../kit/etag.js';
import { readAge, readListQuery, toListPage } from '../kit/list-query.js';
import { type Page, isId } from '../kit/paging.js';
import { type ManagementWrite, NO_CONTENT } from '../kit/management-write.js';
import { type Caller, actorOf } from '../kit/principal.js';
import { Problem, invalidMember, notFound } from '../kit/problem.js';
import type { PolicyDto } from './policy.dto.js';
import type { CreateTenantDto, FirstAdminDto, ListTenantsQuery, UpdateTenantDto } from './tenants.dto.js';
import type { WriteAnswer } from '../kit/write-answer.js';
import { PolicyDryRun } from './policy-dry-run.js';
import { requireNoLaxerAccess } from './operator-access-rule.js';
import { checkSender, readPolicy } from './policy-input.js';
import { readLocks } from './policy-members.js';
import { tenantView } from './tenant.view.js';
import type { View } from '../kit/view.js';

/** What operators and tenant admins do with tenants. */
@Injectable()
export class TenantManagement {
  constructor(
    private readonly service: TenantsService,
    private readonly repository: TenantsRepository,
    private readonly layers: PolicyLayersRepository,
    private readonly dryRuns: PolicyDryRun,
    private readonly addresses: TenantAddresses,
    private readonly resolver: TenantResolver,
    private readonly invitations: Invitations,
    private readonly readiness: ReadinessReport,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  view(tenant: TenantEntity): View {
    return tenantView(tenant, this.addresses);
  }

  /** The same in the answer to a write. */
  private viewOfWrite(tenant: TenantEntity): View {
    const warnings = findPolicyWarnings(effectivePolicy(tenant), {
      ...this.config,
      hasTerms: tenant.branding.termsUri !== undefined,
    });
    return tenantView(tenant, this.addresses, warnings);
  }

  /** With what it still needs, when its administrator was invited. */
  private viewOfNew(tenant: TenantEntity, invited: boolean): View {
    const view = this.viewOfWrite(tenant);
    if (!invited) return view;
    return {
      ...view,
      readiness: readinessView(this.readiness.ofNew(tenant, invited), {
        publicUrl: this.config.publicUrl,
        slug: tenant.slug,
      }),
    };
  }

  /** Who is no operator sees one tenant. */
  async list(caller: Caller, query: ListTenantsQuery): Promise<Page<View>> {
    const request = readListQuery(query, TENANT_SORT_KEYS, isId);
    const { status, policy_template: template, total } = query;
    if (template !== undefined) requireOperator(caller);
    const policyTemplateId = (await this.findTemplate(template)) ?? undefined;
    const only = caller.isOperator ? undefined : caller.tenant.id;
    const filter = { status, policyTemplateId, only, total };
    return toListPage(await this.repository.page({ ...request, range: readAge(query), ...filter }), (row) =>
      this.view(row),
    );
  }

  async create(write: ManagementWrite, body: CreateTenantDto): Promise<WriteAnswer> {
    requireOperator(write.caller);
    const { slug, display_name: displayName, admin } = body;
    if (admin) requirePowerOverOwners(write.caller);
    const reservation = this.addresses.findReservation(slug);
    if (reservation) throw invalidMember('slug', reservation);
    checkSender(body.policy?.mail_from, this.config.mailFrom);
    const id = toTenantId(uuidv7());
    const policyTemplateId = (await this.findTemplate(body.policy_template)) ?? null;
    const above = await this.repository.findInherited(policyTemplateId);
    checkBrandingSender(body.branding, { locks: above.locks, mailFrom: this.config.mailFrom });
    const tenant = {
      id,
      slug,
      displayName,
      policyTemplateId,
      policyLocks: readLocks(body.policy_locks ?? []),
      policy: readPolicy({}, admin ? forInvitations(body.policy, above) : body.policy, above),
      branding: await readBranding({}, body.branding),
    };
    try {
      return await write.perform<TenantEntity>({
        tenantId: id,
        change: () => ({ type: 'tenant.created', target: `tenant:${id}`, body: flat(body) }),
        answer: (made) => write.created(made, this.viewOfNew(made, admin !== undefined)),
        work: (companion) =>
          this.service.create(tenant, companion, async (made, within) => {
            if (admin) await this.invitations.createWithin(this.resolver.view(made), toInvitation(admin), within);
          }),
        otherwise: notFound,
      });
    } catch (error) {
      if (isForeignKeyViolation(error)) throw unknownTemplate();
      if (!isUniqueViolation(error)) throw error;
      throw slugTaken(error);
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
      refuseWhileDeleted(tenant);
    }
    const { changes: ofPolicy, inherited } = await this.policyChanges(write.caller, tenant, body);
    if (write.caller.isOperator && tenant.slug !== SYSTEM_TENANT_SLUG) {
      const after = effectivePolicy({ policy: ofPolicy.policy ?? tenant.policy, inherited });
      requireNoLaxerAccess(effectivePolicy(tenant), after);
    }
    checkBrandingSender(body.branding, { locks: inherited.locks, mailFrom: this.config.mailFrom }, tenant.branding);
    const branding = body.branding === undefined ? tenant.branding : await readBranding(tenant.branding, body.branding);
    requirePowerOverResets(write.caller, tenant.branding, branding);
    const renamed = readRenaming(write.caller, tenant, body, (slug) => this.addresses.findReservation(slug));
    const changes = {
      ...ofPolicy,
      ...renamed,
      ...(body.display_name !== undefined && { displayName: body.display_name }),
      ...(body.status !== undefined && { status: body.status }),
      ...(body.branding !== undefined && { branding }),
    };
    const before = this.viewOfWrite(tenant);
    return write.perform<TenantEntity>({
      tenantId: toTenantId(tenant.id),
      change: ({ id }) => ({ type: 'tenant.updated', target: `tenant:${id}`, body: flat(body), before }),
      answer: (updated) => write.changed(updated, this.viewOfWrite(updated)),
      work: (companion) =>
        this.service.update(tenant, changes, companion, actorOf(write.caller)).catch((error: unknown) => {
          if (isUniqueViolation(error)) throw slugTaken(error);
          throw isForeignKeyViolation(error) ? unknownTemplate() : error;
        }),
      otherwise: stale,
    });
  }

  /** The addresses of a former slug answer no longer. The slug stays reserved. */
  async endFormerSlug(write: ManagementWrite, tenant: TenantEntity, slug: string): Promise<WriteAnswer> {
    requireOperator(write.caller);
    if (!SLUG.test(slug)) throw notFound();
    return write.perform<TenantEntity>({
      tenantId: toTenantId(tenant.id),
      change: ({ id }) => ({
        type: 'tenant.former_slug_ended',
        target: `tenant:${id}`,
        details: { slug },
        before: { slug },
      }),
      answer: () => NO_CONTENT,
      work: (companion) => this.service.endFormerSlug(tenant, slug, companion),
      otherwise: notFound,
    });
  }

  /** What the same change would break. Nothing is written. */
  async dryRun(caller: Caller, tenant: TenantEntity, body: UpdateTenantDto): Promise<WriteAnswer> {
    requireScope(caller, 'tenants:write');
    checkSender(body.policy?.mail_from, this.config.mailFrom);
    const { changes, inherited } = await this.policyChanges(caller, tenant, body);
    const { policy, policyLocks } = tenant;
    return this.dryRuns.ofTenant(caller, tenant, { policy, policyLocks, ...changes, inherited });
  }

  private async policyChanges(caller: Caller, tenant: TenantEntity, body: UpdateTenantDto) {
    if (body.policy_template !== undefined) requireOperator(caller);
    const policyTemplateId = await this.findTemplate(body.policy_template);
    const isMoved = policyTemplateId !== undefined && policyTemplateId !== tenant.policyTemplateId;
    const inherited = isMoved ? await this.repository.findInherited(policyTemplateId) : tenant.inherited;
    const changes = {
      ...(isMoved && { policyTemplateId }),
      ...(body.policy_locks !== undefined && { policyLocks: readLocks(body.policy_locks ?? []) }),
      ...(body.policy !== undefined && { policy: readPolicy(tenant.policy, body.policy, inherited) }),
    };
    return { changes, inherited };
  }

  /** Its id; null for none, undefined when the request does not say. @throws Problem when there is no such template */
  private async findTemplate(name: string | null | undefined): Promise<string | null | undefined> {
    if (name === undefined || name === null) return name;
    const template = await this.layers.findTemplate(name);
    if (!template) throw unknownTemplate();
    return template.id;
  }
}

/** @returns what a renaming changes; nothing when the slug stays */
function readRenaming(
  caller: Caller,
  tenant: TenantEntity,
  { slug, former_slug_days: formerSlugDays }: UpdateTenantDto,
  findReservation: (slug: string) => string | undefined,
): { readonly slug?: string; readonly formerSlugDays?: number | undefined } {
  if (formerSlugDays !== undefined && slug === undefined) {
    throw invalidMember('former_slug_days', 'goes with slug: it says how long the addresses of the old one answer');
  }
  if (slug === undefined || slug === tenant.slug) return {};
  requireOperator(caller);
  refuseSystem(tenant, 'renamed');
  refuseWhileDeleted(tenant);
  const reservation = findReservation(slug);
  if (reservation) throw invalidMember('slug', reservation);
  const kept = (tenant.addresses.formerSlugs ?? []).filter(({ reservedUntil }) => reservedUntil > Date.now());
  if (kept.length >= MAX_FORMER_SLUGS && kept.every((former) => former.slug !== slug)) {
    throw new Problem(
      'conflict',
      `The tenant has ${kept.length} former slugs that are reserved for it, and no more are.`,
    );
  }
  return { slug, formerSlugDays };
}

/** Whose it is or was is nobody's business. */
function slugTaken(error: unknown): Problem {
  const detail = isUniqueViolation(error, 'former_slugs_reserved')
    ? 'was the slug of another tenant, and is reserved for it'
    : 'is taken';
  return new Problem('conflict', `slug ${detail}.`, [{ pointer: '/slug', detail }]);
}

/** It would be active, and gone on its day all the same. */
function refuseWhileDeleted({ deletionDueAt }: TenantEntity): void {
  if (deletionDueAt === null) return;
  throw new Problem(
    'conflict',
    `The tenant is to be deleted at ${deletionDueAt.toISOString()}. Withdraw that first (DELETE .../deletion).`,
  );
}

/** @throws Problem when nobody could accept an invitation */
function forInvitations(policy: PolicyDto | null | undefined, above: InheritedPolicy): PolicyDto | null | undefined {
  if (policy?.sign_up === 'closed') {
    throw invalidMember('policy/sign_up', 'must not be closed when an administrator is invited');
  }
  if (above.policy.signUp !== 'closed') return policy;
  if (above.locks.has('signUp')) {
    throw new Problem('conflict', 'sign_up is locked as closed above the tenant, so no administrator can be invited.');
  }
  return { sign_up: 'invitation', ...policy };
}

function unknownTemplate(): Problem {
  return invalidMember('policy_template', 'is not the name of a policy template; GET /policy-templates lists them');
}

function toInvitation({ email, name, locale }: FirstAdminDto): NewInvitation {
  return {
    email: readEmailAddress(email) ?? email,
    attributes: { username: undefined, claims: name === undefined ? {} : { name } },
    tenantAdmin: true,
    roles: [],
    locale: findLocale(locale ?? undefined),
    lifetimeSeconds: INVITATION_LIFETIME_SECONDS.usual,
  };
}

/** Without the images: the log has no use for them. */
function flat({ branding, ...body }: CreateTenantDto | UpdateTenantDto): object {
  const withoutImages = { logo: undefined, logo_dark: undefined, favicon: undefined };
  return { ...body, ...(branding !== undefined && { branding: branding && { ...branding, ...withoutImages } }) };
}
