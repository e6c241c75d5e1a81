import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { CONFIG, type Config, type MailFrom } from '../../config/config.js';
import { isUniqueViolation } from '../../database/database-error.js';
import { type TenantId, toTenantId } from '../../database/tenant-id.js';
import { isAllowedSender } from '../../mail/compose-mail.js';
import { parseMailAddress } from '../../mail/mail-address.js';
import { ReadinessReport } from '../../onboarding/readiness-report.js';
import { findLocale } from '../../language/messages.js';
import { readEmailAddress } from '../../oauth/email-address.js';
import { INVITATION_LIFETIME_SECONDS, Invitations, type NewInvitation } from '../../registration/invitations.js';
import { TenantResolver } from '../../tenants/tenant-resolver.js';
import { readinessView } from '../readiness/readiness.view.js';
import { TenantAddresses } from '../../tenants/tenant-addresses.js';
import type { TenantEntity } from '../../tenants/tenant.entity.js';
import { findPolicyFault } from '../../tenants/policy-rules.js';
import { findPolicyWarnings } from '../../tenants/policy-warnings.js';
import { type TenantPolicy, effectivePolicy } from '../../tenants/tenant-policy.js';
import { TenantsRepository } from '../../tenants/tenants.repository.js';
import { TenantsService } from '../../tenants/tenants.service.js';
import { readBranding } from './branding-input.js';
import { refuseSystem, requireOperator, requirePowerOverOwners, requireScope } from '../kit/authority.js';
import { checkIfMatch, stale } from '../kit/etag.js';
import { type Page, type PageQuery, isId, limitOf, positionOf, toPage } from '../kit/paging.js';
import type { ManagementWrite } from '../kit/management-write.js';
import type { Caller } from '../kit/principal.js';
import { Problem, invalidMember, notFound } from '../kit/problem.js';
import type { PolicyDto } from './policy.dto.js';
import type { CreateTenantDto, FirstAdminDto, UpdateTenantDto } from './tenants.dto.js';
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
    private readonly resolver: TenantResolver,
    private readonly invitations: Invitations,
    private readonly readiness: ReadinessReport,
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

  async list(caller: Caller, query: PageQuery): Promise<Page<View>> {
    const rows = caller.isOperator
      ? await this.repository.list({ after: positionOf(query, isId), limit: limitOf(query) + 1 })
      : [await this.get(caller.tenant.id)];
    return toPage(rows, query, { item: (row) => this.view(row), position: ({ id }) => id });
  }

  async create(write: ManagementWrite, body: CreateTenantDto): Promise<WriteAnswer> {
    requireOperator(write.caller);
    const { slug, display_name: displayName, admin } = body;
    if (admin) requirePowerOverOwners(write.caller);
    const reservation = this.addresses.findReservation(slug);
    if (reservation) throw invalidMember('slug', reservation);
    checkSender(body.policy?.mail_from, this.config.mailFrom);
    const id = toTenantId(uuidv7());
    const tenant = {
      id,
      slug,
      displayName,
      policy: withPolicy({}, admin ? forInvitations(body.policy) : body.policy),
      branding: readBranding({}, body.branding),
    };
    try {
      return await write.perform<TenantEntity>({
        tenantId: id,
        change: () => ({ type: 'tenant.created', target: `tenant:${id}`, body: flat(body) }),
        answer: (made) => write.created(made, this.viewOfNew(made, admin !== undefined)),
        work: (companion) =>
          this.service.create(tenant, companion, async (made, within) => {
            if (admin)
              await this.invitations.createWithin(this.resolver.view(made, 'path'), toInvitation(admin), within);
          }),
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
      refuseWhileDeleted(tenant);
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

  private async get(id: TenantId): Promise<TenantEntity> {
    const tenant = await this.repository.findById(id);
    if (!tenant) throw notFound();
    return tenant;
  }
}

/** It would be active, and gone on its day all the same. */
function refuseWhileDeleted({ deletionDueAt }: TenantEntity): void {
  if (deletionDueAt === null) return;
  throw new Problem(
    'conflict',
    `The tenant is to be deleted at ${deletionDueAt.toISOString()}. Withdraw that first (DELETE .../deletion).`,
  );
}

/** @throws Problem when mail would be sent from an address that the operator does not allow */
function checkSender(mailFrom: string | null | undefined, allowed: MailFrom): void {
  const address = mailFrom ? parseMailAddress(mailFrom) : undefined;
  if (address === undefined || isAllowedSender(address, allowed)) return;
  const choices = [...allowed.addresses, ...allowed.domains.map((domain) => `@${domain}`)].join(', ');
  throw invalidMember('policy/mail_from', `must be one that the operator allows in MAIL_FROM: ${choices}`);
}

/** @throws Problem when nobody could accept an invitation */
function forInvitations(policy: PolicyDto | null | undefined): PolicyDto {
  if (policy?.sign_up === 'closed') {
    throw invalidMember('policy/sign_up', 'must not be closed when an administrator is invited');
  }
  return { sign_up: 'invitation', ...policy };
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
