import { Injectable } from '@nestjs/common';
import { findLocale } from '../../language/messages.js';
import { type InvitationEntity, statusOf } from '../../registration/invitation.entity.js';
import { INVITATION_SORT_KEYS } from '../../registration/invitation-list.js';
import { INVITATION_LIFETIME_SECONDS, Invitations } from '../../registration/invitations.js';
import { readEmailAddress } from '../../oauth/email-address.js';
import { RolesService } from '../../roles/roles.service.js';
import type { Tenant } from '../../tenants/tenant.js';
import { findUsernameFault } from '../../users/identifier.js';
import { UsersService } from '../../users/users.service.js';
import { requirePowerOverOwners, requirePowerOverRole } from '../kit/authority.js';
import { checkIfMatch, stale } from '../kit/etag.js';
import { type ManagementWrite, NO_CONTENT } from '../kit/management-write.js';
import { readAge, readListQuery, toListPage } from '../kit/list-query.js';
import { type Page, isId } from '../kit/paging.js';
import { Problem, invalidMember, notFound } from '../kit/problem.js';
import type { View } from '../kit/view.js';
import type { WriteAnswer } from '../kit/write-answer.js';
import { invitationView } from './invitation.view.js';
import type { CreateInvitationDto, ListInvitationsQuery } from './invitations.dto.js';

/** What operators and tenant admins do with invitations. */
@Injectable()
export class InvitationManagement {
  constructor(
    private readonly service: Invitations,
    private readonly users: UsersService,
    private readonly roles: RolesService,
  ) {}

  async list(tenant: Tenant, query: ListInvitationsQuery): Promise<Page<View>> {
    const request = readListQuery(query, INVITATION_SORT_KEYS, isId);
    const { status, total } = query;
    const listed = await this.service.list(tenant.id, { ...request, range: readAge(query), status, total });
    return toListPage(listed, invitationView);
  }

  async get(tenant: Tenant, id: string): Promise<InvitationEntity> {
    const invitation = isId(id) ? await this.service.find(tenant.id, id) : undefined;
    if (!invitation) throw notFound();
    return invitation;
  }

  async create(write: ManagementWrite, tenant: Tenant, body: CreateInvitationDto): Promise<WriteAnswer> {
    const { username, name, given_name, family_name, tenant_admin: tenantAdmin = false } = body;
    const roles = body.roles ?? [];
    await this.refuseUnknown(tenant, roles);
    await this.requirePower(write, tenant, { tenantAdmin, roles });
    refuseClosed(tenant);
    const email = readEmailAddress(body.email) ?? body.email;
    const fault = username === undefined ? undefined : findUsernameFault(username);
    if (fault) throw invalidMember('username', fault);
    await this.refuseTaken(tenant, 'email', email);
    if (username !== undefined) await this.refuseTaken(tenant, 'username', username);
    const claims = Object.fromEntries(
      Object.entries({ name, given_name, family_name }).filter(([, value]) => value !== undefined),
    );
    const invitation = {
      email,
      attributes: { username, claims },
      tenantAdmin,
      roles,
      locale: findLocale(body.locale ?? undefined),
      lifetimeSeconds: body.expires_in_seconds ?? INVITATION_LIFETIME_SECONDS.usual,
    };
    return write.perform<InvitationEntity>({
      tenantId: tenant.id,
      change: (made) => ({
        type: 'invitation.created',
        target: `invitation:${made.id}`,
        body,
        after: impersonalView(made),
      }),
      answer: (made) => write.created(made, invitationView(made)),
      work: (companion) => this.service.create(tenant, invitation, companion),
      otherwise: notFound,
    });
  }

  /** Another mail with another link; the one before does not work any more. */
  async resend(write: ManagementWrite, tenant: Tenant, id: string, ifMatch: string | undefined): Promise<WriteAnswer> {
    const known = await this.get(tenant, id);
    checkIfMatch(ifMatch, known.version, { needed: false });
    await this.requirePower(write, tenant, known);
    refuseClosed(tenant);
    refuseEnded(known);
    const before = impersonalView(known);
    return write.perform<InvitationEntity>({
      tenantId: tenant.id,
      change: (sent) => ({
        type: 'invitation.sent',
        target: `invitation:${id}`,
        before,
        after: impersonalView(sent),
      }),
      answer: (sent) => write.changed(sent, invitationView(sent)),
      work: (companion) => this.service.resend(tenant, known, companion),
      otherwise: stale,
    });
  }

  async withdraw(
    write: ManagementWrite,
    tenant: Tenant,
    id: string,
    ifMatch: string | undefined,
  ): Promise<WriteAnswer> {
    const known = await this.get(tenant, id);
    checkIfMatch(ifMatch, known.version, { needed: false });
    await this.requirePower(write, tenant, known);
    refuseEnded(known);
    const before = impersonalView(known);
    return write.perform<true>({
      tenantId: tenant.id,
      change: () => ({ type: 'invitation.withdrawn', target: `invitation:${id}`, before }),
      answer: () => NO_CONTENT,
      work: (companion) => this.service.withdraw(tenant, known, companion),
      otherwise: stale,
    });
  }

  private async refuseUnknown(tenant: Tenant, roles: readonly string[]): Promise<void> {
    if (roles.length === 0) return;
    const known = (await this.roles.list(tenant)).map(({ name }) => name);
    const unknown = roles.find((name) => !known.includes(name));
    if (unknown !== undefined) throw invalidMember('roles', `has ${unknown}, which is no role of this tenant`);
  }

  /** Whoever accepts has these roles. A role that was deleted since gives nothing. */
  private async requirePower(
    { caller }: ManagementWrite,
    tenant: Tenant,
    { tenantAdmin, roles }: Pick<InvitationEntity, 'tenantAdmin' | 'roles'>,
  ): Promise<void> {
    if (tenantAdmin) requirePowerOverOwners(caller);
    requirePowerOverRole(caller, await this.roles.permissionsOf(tenant.id, roles));
  }

  /** Said at once, while it can be put right; the account itself is what decides. */
  private async refuseTaken(tenant: Tenant, member: 'email' | 'username', identifier: string): Promise<void> {
    const holder = await this.users.findByEither(tenant.id, identifier);
    if (!holder) return;
    const detail = 'is the identifier of another user';
    throw new Problem('conflict', `${member} ${detail}.`, [{ pointer: `/${member}`, detail }]);
  }
}

/** Who is invited is no user, so nothing would remove their data from the log. */
function impersonalView(invitation: InvitationEntity): View {
  const {
    email: _,
    username: __,
    name: ___,
    given_name: ____,
    family_name: _____,
    ...view
  } = invitationView(invitation);
  return view;
}

function refuseClosed({ policy }: Tenant): void {
  if (policy.signUp !== 'closed') return;
  throw new Problem('conflict', 'The policy sign_up of the tenant is closed; set it to invitation, domains or open.');
}

/** What was accepted or withdrawn stays so. An expired one can be sent again. */
function refuseEnded(invitation: InvitationEntity): void {
  const status = statusOf(invitation, new Date());
  if (status === 'accepted' || status === 'withdrawn') throw new Problem('conflict', `The invitation was ${status}.`);
}
