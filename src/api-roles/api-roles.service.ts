import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { Database } from '../database/database.js';
import type { TenantId } from '../database/tenant-id.js';
import { type Companion, unitOfWork } from '../database/unit-of-work.js';
import { ApiRoleAssignmentsRepository } from './api-role-assignments.repository.js';
import {
  type ApiRoleAssignment,
  type ApiRoleHolder,
  type HeldApiRole,
  MAX_API_ROLES,
  NoScopeOfApiError,
  TooManyApiRolesError,
} from './api-role-holder.js';
import type { ApiRoleData, ApiRoleEntity } from './api-role.entity.js';
import { type ApiRolePage, ApiRolesRepository } from './api-roles.repository.js';

export type GivenApiRole = ApiRoleAssignment & { readonly isNew: boolean };

/** Roles of the tenant's own APIs, and who has them. */
@Injectable()
export class ApiRolesService {
  constructor(
    private readonly database: Database,
    private readonly repository: ApiRolesRepository,
    private readonly assignments: ApiRoleAssignmentsRepository,
  ) {}

  /** What the user, or a client that acts for itself, has at these APIs now. */
  heldBy(
    tenantId: TenantId,
    holder: { readonly userId: string } | { readonly clientId: string },
    apiIds: readonly string[],
  ): Promise<HeldApiRole[]> {
    return 'userId' in holder
      ? this.repository.ofUser(tenantId, holder.userId, apiIds)
      : this.repository.ofClient(tenantId, holder.clientId, apiIds);
  }

  find(tenantId: TenantId, id: string): Promise<ApiRoleEntity | undefined> {
    return this.repository.find(tenantId, id);
  }

  list(tenantId: TenantId, page: ApiRolePage): Promise<ApiRoleEntity[]> {
    return this.repository.list(tenantId, page);
  }

  /**
   * @returns undefined when the API is gone
   * @throws a unique violation when the name is taken at the API, TooManyApiRolesError, NoScopeOfApiError
   */
  create(
    tenantId: TenantId,
    data: ApiRoleData & { readonly apiId: string },
    companion?: Companion<ApiRoleEntity>,
  ): Promise<ApiRoleEntity | undefined> {
    const id = uuidv7();
    return unitOfWork(this.database, tenantId, companion, async (manager) => {
      const api = await this.repository.lockApi(tenantId, data.apiId, manager);
      if (!api) return undefined;
      if (api.roles >= MAX_API_ROLES) throw new TooManyApiRolesError();
      checkScopes(data.scopes, api.scopes);
      await this.repository.create(tenantId, id, data, manager);
      return this.repository.find(tenantId, id, manager);
    });
  }

  /** @returns undefined when the version is stale @throws a unique violation as above, NoScopeOfApiError */
  update(
    tenantId: TenantId,
    { id, apiId, version }: ApiRoleEntity,
    data: Partial<ApiRoleData>,
    companion?: Companion<ApiRoleEntity>,
  ): Promise<ApiRoleEntity | undefined> {
    return unitOfWork(this.database, tenantId, companion, async (manager) => {
      const api = await this.repository.lockApi(tenantId, apiId, manager);
      if (!api) return undefined;
      checkScopes(data.scopes ?? [], api.scopes);
      if (!(await this.repository.update(tenantId, id, { version, data }, manager))) return undefined;
      return this.repository.find(tenantId, id, manager);
    });
  }

  /** @returns undefined when the role is gone already */
  delete(tenantId: TenantId, id: string, companion?: Companion<true>): Promise<true | undefined> {
    return unitOfWork<true>(this.database, tenantId, companion, async (manager) =>
      (await this.repository.delete(tenantId, id, manager)) ? true : undefined,
    );
  }

  holdersOf(
    tenantId: TenantId,
    roleId: string,
    page: { readonly after?: string | undefined; readonly limit: number },
  ): Promise<ApiRoleAssignment[]> {
    return this.assignments.list(tenantId, roleId, page);
  }

  /** @returns the assignment, and whether it is new; undefined when the role or the holder is gone */
  give(
    tenantId: TenantId,
    roleId: string,
    given: { readonly holder: ApiRoleHolder; readonly by: string },
    companion?: Companion<GivenApiRole>,
  ): Promise<GivenApiRole | undefined> {
    return unitOfWork<GivenApiRole>(this.database, tenantId, companion, async (manager: EntityManager) => {
      const isNew = await this.assignments.give(tenantId, roleId, given, manager);
      const assignment = await this.assignments.find(tenantId, roleId, given.holder, manager);
      return assignment && { ...assignment, isNew };
    });
  }

  /** @returns undefined when the holder does not have the role */
  take(
    tenantId: TenantId,
    roleId: string,
    holder: ApiRoleHolder,
    companion?: Companion<true>,
  ): Promise<true | undefined> {
    return unitOfWork<true>(this.database, tenantId, companion, async (manager) =>
      (await this.assignments.take(tenantId, roleId, holder, manager)) ? true : undefined,
    );
  }
}

function checkScopes(scopes: readonly string[], known: readonly string[]): void {
  const unknown = scopes.findIndex((name) => !known.includes(name));
  if (unknown >= 0) throw new NoScopeOfApiError(unknown);
}
