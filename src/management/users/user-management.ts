import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AccountDeletions } from '../../account/account-deletions.js';
import { RolesService } from '../../roles/roles.service.js';
import type { Tenant } from '../../tenants/tenant.js';
import { changeAttributes } from '../../users/attribute-values.js';
import type { ProfileClaims } from '../../users/user.js';
import type { UserEntity } from '../../users/user.entity.js';
import type { UserInput } from '../../users/user-input.js';
import { SetPasswords } from '../../registration/set-passwords.js';
import { USER_SORT_KEYS } from '../../users/user-list.js';
import { UsersService } from '../../users/users.service.js';
import { keepsAdministrator, requirePowerOverOwners, requirePowerOverUser } from '../kit/authority.js';
import { checkIfMatch, stale } from '../kit/etag.js';
import { readAge, readListQuery, toListPage } from '../kit/list-query.js';
import { type Page, isId } from '../kit/paging.js';
import { type ManagementWrite, NO_CONTENT } from '../kit/management-write.js';
import { Problem, notFound } from '../kit/problem.js';
import type { WriteAnswer } from '../kit/write-answer.js';
import type { CreateUserDto, ListUsersQuery, UpdateUserDto, UserDataDto } from './users.dto.js';
import { mergePatch } from '../kit/wire.js';
import { UserNotices } from './user-notices.js';
import { userView } from './user.view.js';
import type { View } from '../kit/view.js';

/** Standard claims that are kept as they come; the rest have columns of their own. */
const PROFILE_CLAIMS = [
  'name',
  'given_name',
  'family_name',
  'middle_name',
  'nickname',
  'preferred_username',
  'profile',
  'picture',
  'website',
  'gender',
  'birthdate',
  'zoneinfo',
  'locale',
  'address',
] as const satisfies (keyof ProfileClaims)[];

const NOTHING = { claims: {}, attributes: {} };

/** What operators and tenant admins do with users. */
@Injectable()
export class UserManagement {
  constructor(
    private readonly service: UsersService,
    private readonly passwords: SetPasswords,
    private readonly deletions: AccountDeletions,
    private readonly notices: UserNotices,
    private readonly roles: RolesService,
  ) {}

  async list(tenant: Tenant, query: ListUsersQuery): Promise<Page<View>> {
    const { identifier, enabled, email_verified: emailVerified, role, group_id: group, total } = query;
    const request = readListQuery(query, USER_SORT_KEYS, isId);
    const filter = { identifier, enabled, emailVerified, role, group, total };
    const listed = await this.service.list(tenant.id, { ...request, range: readAge(query), ...filter });
    return toListPage(listed, (user) => userView(user, tenant.userAttributes));
  }

  async get(tenant: Tenant, id: string): Promise<UserEntity> {
    const user = isId(id) ? await this.service.findEntity(tenant.id, id) : undefined;
    if (!user) throw notFound();
    return user;
  }

  async create(write: ManagementWrite, tenant: Tenant, body: CreateUserDto): Promise<WriteAnswer> {
    if (body.tenant_admin) requirePowerOverOwners(write.caller);
    const input = { ...toInput(tenant, NOTHING, body), username: body.username };
    return write.perform<UserEntity>({
      tenantId: tenant.id,
      change: ({ id }) => ({ type: 'user.created', target: `user:${id}`, body }),
      answer: (user) => write.created(user, userView(user, tenant.userAttributes)),
      work: (companion) => this.service.create(tenant, input, companion),
      otherwise: notFound,
    });
  }

  async update(
    write: ManagementWrite,
    tenant: Tenant,
    change: { readonly id: string; readonly body: UpdateUserDto; readonly ifMatch: string | undefined },
  ): Promise<WriteAnswer> {
    const { body, ifMatch } = change;
    const known = await this.get(tenant, change.id);
    checkIfMatch(ifMatch, known.version, { needed: false });
    await this.requirePower(write, tenant, known);
    if (body.tenant_admin !== undefined) requirePowerOverOwners(write.caller);
    const input = toInput(tenant, known, body);
    const before = userView(known, tenant.userAttributes);
    return write.perform<UserEntity>({
      tenantId: tenant.id,
      change: ({ id }) => ({ type: 'user.updated', target: `user:${id}`, body, before }),
      answer: (user) => write.changed(user, userView(user, tenant.userAttributes)),
      work: (companion) =>
        this.service.update(tenant, known, input, {
          companion: this.notices.with(tenant, known, companion),
          keepsAdministrator: keepsAdministrator(tenant, write.caller),
        }),
      otherwise: stale,
    });
  }

  /** The account keeps the password it has until the person sets another one. */
  async mailSetPassword(
    write: ManagementWrite,
    tenant: Tenant,
    id: string,
    ifMatch: string | undefined,
  ): Promise<WriteAnswer> {
    const known = await this.get(tenant, id);
    checkIfMatch(ifMatch, known.version, { needed: false });
    await this.requirePower(write, tenant, known);
    const { email, enabled } = known;
    if (email === null) throw new Problem('conflict', 'The user has no e-mail address; set email first.');
    if (!enabled) throw new Problem('conflict', 'The user is disabled; set enabled first.');
    return write.perform<true>({
      tenantId: tenant.id,
      change: () => ({ type: 'user.updated', target: `user:${id}`, details: { mailed: 'set_password' } }),
      answer: () => write.changed(known, userView(known, tenant.userAttributes)),
      work: (companion) => this.passwords.send(tenant, { ...known, email }, companion),
      otherwise: notFound,
    });
  }

  async delete(write: ManagementWrite, tenant: Tenant, id: string, ifMatch: string | undefined): Promise<WriteAnswer> {
    const known = await this.get(tenant, id);
    checkIfMatch(ifMatch, known.version, { needed: false });
    await this.requirePower(write, tenant, known);
    return write.perform<true>({
      tenantId: tenant.id,
      change: () => ({ type: 'user.deleted', target: `user:${id}` }),
      answer: () => NO_CONTENT,
      work: (companion) =>
        this.service.delete(tenant.id, id, {
          companion,
          keepsAdministrator: keepsAdministrator(tenant, write.caller),
          // Asked again in the transaction: the user may have been given a role since.
          permit: (user, manager) => this.requirePower(write, tenant, user, manager),
        }),
      otherwise: notFound,
    });
  }

  /** @throws InsufficientScopeError when the caller lacks something that the user may do */
  async requirePower(
    { caller }: ManagementWrite,
    tenant: Tenant,
    { managementRoles }: Pick<UserEntity, 'managementRoles'>,
    within?: EntityManager,
  ): Promise<void> {
    requirePowerOverUser(caller, await this.roles.permissionsOf(tenant.id, managementRoles, within));
  }

  /** A person asked for the deletion of their account; the administrator keeps it. */
  async withdrawDeletion(write: ManagementWrite, tenant: Tenant, id: string): Promise<WriteAnswer> {
    const known = await this.get(tenant, id);
    await this.requirePower(write, tenant, known);
    const before = { deletion_scheduled_for: known.deletionScheduledFor ?? null };
    return write.perform<true>({
      tenantId: tenant.id,
      change: () => ({ type: 'user.deletion_withdrawn', target: `user:${id}`, before }),
      answer: () => NO_CONTENT,
      work: (companion) => this.deletions.withdrawWith(tenant, id, companion),
      otherwise: notFound,
    });
  }
}

function toInput(
  { userAttributes }: Tenant,
  known: Pick<UserEntity, 'claims' | 'attributes'>,
  body: UserDataDto & { username?: string },
): UserInput {
  const given = Object.fromEntries(PROFILE_CLAIMS.map((name) => [name, body[name]]));
  const changesClaims = PROFILE_CLAIMS.some((name) => body[name] !== undefined);
  return {
    username: body.username,
    password: body.password,
    isPasswordOfAdministrator: true,
    email: body.email,
    emailVerified: body.email_verified,
    phoneNumber: body.phone_number,
    phoneNumberVerified: body.phone_number_verified,
    claims: changesClaims ? mergePatch(known.claims, given) : undefined,
    attributes: body.attributes && changeAttributes(userAttributes, known.attributes, body.attributes, 'admin'),
    tenantAdmin: body.tenant_admin,
    enabled: body.enabled,
    mustChangePassword: body.must_change_password,
  };
}
