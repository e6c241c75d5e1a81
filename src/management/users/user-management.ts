import { Injectable } from '@nestjs/common';
import { InsufficientScopeError } from '../../oauth/oauth-error.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { ProfileClaims } from '../../users/user.js';
import type { UserEntity } from '../../users/user.entity.js';
import { type UserInput, UsersService } from '../../users/users.service.js';
import { checkIfMatch, stale } from '../kit/etag.js';
import { type Page, isId, limitOf, positionOf, toPage } from '../kit/paging.js';
import type { Caller } from '../kit/principal.js';
import { notFound } from '../kit/problem.js';
import { Recording } from '../kit/recording.js';
import type { CreateUserDto, ListUsersQuery, UpdateUserDto, UserDataDto } from './users.dto.js';
import { mergePatch } from '../kit/wire.js';
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

/** What operators and tenant admins do with users. */
@Injectable()
export class UserManagement {
  constructor(
    private readonly service: UsersService,
    private readonly recording: Recording,
  ) {}

  async list(tenant: Tenant, query: ListUsersQuery): Promise<Page<View>> {
    const { identifier } = query;
    const after = positionOf(query, isId);
    const rows = await this.service.list(tenant.id, { after, limit: limitOf(query) + 1, identifier });
    return toPage(rows, query, { item: userView, position: ({ id }) => id });
  }

  async get(tenant: Tenant, id: string): Promise<UserEntity> {
    const user = isId(id) ? await this.service.findEntity(tenant.id, id) : undefined;
    if (!user) throw notFound();
    return user;
  }

  async create(caller: Caller, tenant: Tenant, body: CreateUserDto): Promise<UserEntity> {
    if (body.tenant_admin) requireAdministration(caller);
    const input = { ...toInput({}, body), username: body.username };
    const id = await this.service.create(tenant, input, (userId) =>
      this.recording.of(caller, tenant.id, { type: 'user.created', target: `user:${userId}`, body }),
    );
    return this.get(tenant, id);
  }

  async update(
    caller: Caller,
    tenant: Tenant,
    change: { readonly id: string; readonly body: UpdateUserDto; readonly ifMatch: string | undefined },
  ): Promise<UserEntity> {
    const { body, ifMatch } = change;
    const known = await this.get(tenant, change.id);
    checkIfMatch(ifMatch, known.version, { needed: false });
    // Who could set an administrator's password could be that administrator.
    if (known.tenantAdmin || body.tenant_admin !== undefined) requireAdministration(caller);
    const recorded = { type: 'user.updated', target: `user:${known.id}`, body } as const;
    const alongside = this.recording.of(caller, tenant.id, recorded);
    const updated = await this.service.update(tenant, known, toInput(known.claims, body), alongside);
    if (!updated) throw stale();
    return this.get(tenant, known.id);
  }

  async delete(caller: Caller, tenant: Tenant, id: string, ifMatch: string | undefined): Promise<void> {
    const known = await this.get(tenant, id);
    checkIfMatch(ifMatch, known.version, { needed: false });
    if (known.tenantAdmin) requireAdministration(caller);
    const change = { type: 'user.deleted', target: `user:${id}` } as const;
    const deleted = await this.service.delete(tenant.id, id, this.recording.of(caller, tenant.id, change));
    if (!deleted) throw notFound();
  }
}

/** Administrators are made and changed by those who may change the tenant itself. */
function requireAdministration(caller: Caller): void {
  if (!caller.scope.includes('tenants:write')) {
    throw new InsufficientScopeError(
      'Administrators can be changed with the scope tenants:write only.',
      'tenants:write',
    );
  }
}

function toInput(known: ProfileClaims, body: UserDataDto & { username?: string }): UserInput {
  const given = Object.fromEntries(PROFILE_CLAIMS.map((name) => [name, body[name]]));
  const changesClaims = PROFILE_CLAIMS.some((name) => body[name] !== undefined);
  return {
    username: body.username,
    password: body.password,
    email: body.email,
    emailVerified: body.email_verified,
    phoneNumber: body.phone_number,
    phoneNumberVerified: body.phone_number_verified,
    claims: changesClaims ? mergePatch(known, given) : undefined,
    tenantAdmin: body.tenant_admin,
    enabled: body.enabled,
  };
}
