import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ChangeFeed } from '../database/change-feed.js';
import { Database } from '../database/database.js';
import type { TenantId } from '../database/tenant-id.js';
import { type Companion, unitOfWork } from '../database/unit-of-work.js';
import type { ManagementScope } from '../resources/management-api.js';
import { OWNER, findBuiltInRole, permissionsOfRoles } from '../resources/management-roles.js';
import type { Tenant } from '../tenants/tenant.js';
import { LastAdministratorError, UsersService } from '../users/users.service.js';
import { type Role, builtInRolesAt, ofEntity } from './role.js';
import type { RoleData, RoleEntity } from './role.entity.js';
import { type RoleAssignment, RoleInUseError, type RoleHolder, TooManyRolesError } from './role-assignment.js';
import { RolesRepository } from './roles.repository.js';

/** More than anybody keeps apart. Lists show all of them. */
const MAX_ROLES = 100;

/** What is asked in the transaction, of what is so then. What it throws undoes the change. */
type Permit = (permissions: readonly string[]) => void;

export interface RoleChange<Written> {
  readonly companion?: Companion<Written> | undefined;
  /** Told every permission that the role and its holder have. */
  readonly permit?: Permit;
}

export interface RoleTaking extends RoleChange<true> {
  /** The tenant may not be left without an owner who can sign in. */
  readonly keepsAdministrator?: boolean;
}

/** Roles at the management API: what they are, and who has them. */
@Injectable()
export class RolesService {
  constructor(
    private readonly database: Database,
    private readonly repository: RolesRepository,
    private readonly users: UsersService,
    private readonly changes: ChangeFeed,
  ) {}

  /** A role that can be given at the tenant. */
  async find(tenant: Tenant, name: string): Promise<Role | undefined> {
    const builtIn = builtInRolesAt(tenant).find((role) => role.name === name);
    if (builtIn) return builtIn;
    const entity = await this.repository.find(tenant.id, name);
    return entity && ofEntity(entity);
  }

  /** Those that are built in first. */
  async list(tenant: Tenant): Promise<Role[]> {
    return [...builtInRolesAt(tenant), ...(await this.repository.list(tenant.id)).map(ofEntity)];
  }

  assignmentsOf(tenantId: TenantId, holder: RoleHolder): Promise<RoleAssignment[]> {
    return this.repository.assignmentsOf(tenantId, holder);
  }

  /** What these roles allow together. Roles of the tenant that are gone allow nothing. */
  async permissionsOf(
    tenantId: TenantId,
    names: readonly string[],
    within?: EntityManager,
  ): Promise<readonly ManagementScope[]> {
    const isOfTenant = names.some((name) => !findBuiltInRole(name));
    const own = isOfTenant ? await this.repository.list(tenantId, within) : [];
    const held = own.filter(({ name }) => names.includes(name));
    return permissionsOfRoles(
      names,
      held.flatMap(({ permissions }) => permissions),
    );
  }

  /** @throws a unique violation when the name is taken, TooManyRolesError */
  create(
    tenantId: TenantId,
    { name, ...data }: RoleData & { readonly name: string },
    companion?: Companion<RoleEntity>,
  ): Promise<RoleEntity | undefined> {
    return unitOfWork(this.database, tenantId, companion, async (manager) => {
      if ((await this.repository.list(tenantId, manager)).length >= MAX_ROLES) throw new TooManyRolesError();
      await this.repository.create(tenantId, name, data, manager);
      return this.repository.find(tenantId, name, manager);
    });
  }

  /** @returns undefined when the version is stale */
  async update(
    tenantId: TenantId,
    { name, version }: RoleEntity,
    data: Partial<RoleData>,
    companion?: Companion<RoleEntity>,
  ): Promise<RoleEntity | undefined> {
    const clients: string[] = [];
    const updated = await unitOfWork(this.database, tenantId, companion, async (manager) => {
      if (!(await this.repository.update(tenantId, name, { version, data }, manager))) return undefined;
      clients.push(...(await this.repository.findHolders(tenantId, name, manager)).clients);
      return this.repository.find(tenantId, name, manager);
    });
    this.announce(tenantId, clients);
    return updated;
  }

  /**
   * @param force takes the role from everybody who has it
   * @returns undefined when the role is gone
   * @throws RoleInUseError when somebody has it, unless `force`
   */
  async delete(
    tenantId: TenantId,
    name: string,
    { companion, permit, force }: RoleChange<{ takenFrom: number }> & { readonly force: boolean },
  ): Promise<{ takenFrom: number } | undefined> {
    const clients: string[] = [];
    const deleted = await unitOfWork(this.database, tenantId, companion, async (manager) => {
      const role = await this.repository.lock(tenantId, name, 'pessimistic_write', manager);
      if (!role) return undefined;
      permit?.(role.permissions);
      const holders = await this.repository.findHolders(tenantId, name, manager);
      if (holders.count > 0 && !force) throw new RoleInUseError(holders.count);
      // It is taken from each of them, which takes what they may do.
      const powers = await this.repository.powersOfHolders(tenantId, name, manager);
      permit?.([...(await this.permissionsOf(tenantId, powers.roles, manager)), ...powers.permissions]);
      clients.push(...holders.clients);
      await this.repository.takeFromAll(tenantId, name, manager);
      await this.repository.delete(tenantId, name, manager);
      return { takenFrom: holders.count };
    });
    this.announce(tenantId, clients);
    return deleted;
  }

  /**
   * The role is locked before its holder, here and wherever both change.
   * @returns the assignment, and whether it is new; undefined when the role or the holder is gone
   */
  async assign(
    tenantId: TenantId,
    holder: RoleHolder,
    given: { readonly role: string; readonly by: string },
    { companion, permit }: RoleChange<RoleAssignment & { isNew: boolean }> = {},
  ): Promise<(RoleAssignment & { isNew: boolean }) | undefined> {
    const assigned = await unitOfWork(this.database, tenantId, companion, async (manager) => {
      const ofRole = await this.hold(tenantId, given.role, manager);
      const ofHolder = ofRole && (await this.repository.lockHolder(tenantId, holder, manager));
      if (!ofHolder) return undefined;
      permit?.([...ofRole, ...ofHolder]);
      const isNew = await this.repository.assign(tenantId, holder, given, manager);
      const all = await this.repository.assignmentsOf(tenantId, holder, manager);
      const assignment = all.find(({ role }) => role === given.role);
      return assignment && { ...assignment, isNew };
    });
    this.announce(tenantId, 'clientId' in holder ? [holder.clientId] : []);
    return assigned;
  }

  /** @returns undefined when the holder does not have the role @throws LastAdministratorError */
  async take(
    tenantId: TenantId,
    holder: RoleHolder,
    role: string,
    { companion, permit, keepsAdministrator = false }: RoleTaking = {},
  ): Promise<true | undefined> {
    const taken = await unitOfWork<true>(this.database, tenantId, companion, async (manager) => {
      const ofRole = (await this.hold(tenantId, role, manager)) ?? [];
      const isOwner = keepsAdministrator && role === OWNER && 'userId' in holder;
      const isLast = isOwner && (await this.users.isLastAdministrator(tenantId, holder.userId, manager));
      const ofHolder = await this.repository.lockHolder(tenantId, holder, manager);
      if (!ofHolder) return undefined;
      permit?.([...ofRole, ...ofHolder]);
      if (isLast) throw new LastAdministratorError();
      return (await this.repository.take(tenantId, holder, role, manager)) ? true : undefined;
    });
    this.announce(tenantId, 'clientId' in holder ? [holder.clientId] : []);
    return taken;
  }

  /** What the role allows, kept so until the transaction ends. */
  private async hold(tenantId: TenantId, name: string, manager: EntityManager): Promise<readonly string[] | undefined> {
    const builtIn = findBuiltInRole(name);
    if (builtIn) return builtIn.permissions;
    return (await this.repository.lock(tenantId, name, 'pessimistic_read', manager))?.permissions;
  }

  private announce(tenantId: TenantId, clients: readonly string[]): void {
    for (const key of clients) this.changes.announce({ table: 'clients', tenantId, key });
  }
}
