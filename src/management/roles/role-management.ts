import { Injectable } from '@nestjs/common';
import { isUniqueViolation } from '../../database/database-error.js';
import { findBuiltInRole } from '../../resources/management-roles.js';
import type { RoleEntity } from '../../roles/role.entity.js';
import { type Role, ofEntity } from '../../roles/role.js';
import { RoleInUseError, TooManyRolesError } from '../../roles/role-assignment.js';
import { RolesService } from '../../roles/roles.service.js';
import type { Tenant } from '../../tenants/tenant.js';
import { requirePowerOverRole } from '../kit/authority.js';
import { checkIfMatch, stale } from '../kit/etag.js';
import { type ManagementWrite, NO_CONTENT } from '../kit/management-write.js';
import { type Page, type PageQuery, limitOf, positionOf, toPage } from '../kit/paging.js';
import { Problem, notFound } from '../kit/problem.js';
import { ROLE_NAME } from '../kit/role-name.js';
import type { View } from '../kit/view.js';
import type { WriteAnswer } from '../kit/write-answer.js';
import { roleView } from './role.view.js';
import type { CreateRoleDto, UpdateRoleDto } from './roles.dto.js';

/** Of a built-in role, which a tenant cannot change. */
const BUILT_IN_VERSION = 1;

/** What operators and tenant admins do with roles of the management API. */
@Injectable()
export class RoleManagement {
  constructor(private readonly service: RolesService) {}

  async list(tenant: Tenant, query: PageQuery): Promise<Page<View>> {
    const after = positionOf(query, (key) => ROLE_NAME.test(key));
    const all = await this.service.list(tenant);
    const rest = all.slice(after === undefined ? 0 : all.findIndex(({ name }) => name === after) + 1);
    const rows = rest.slice(0, limitOf(query) + 1);
    return toPage(rows, query, { item: roleView, position: ({ name }) => name });
  }

  async get(tenant: Tenant, name: string): Promise<Role> {
    const role = ROLE_NAME.test(name) ? await this.service.find(tenant, name) : undefined;
    if (!role) throw notFound();
    return role;
  }

  versionOf({ entity }: Role): number {
    return entity?.version ?? BUILT_IN_VERSION;
  }

  async create(write: ManagementWrite, tenant: Tenant, body: CreateRoleDto): Promise<WriteAnswer> {
    const { name, display_name: displayName, description = null, permissions } = body;
    requirePowerOverRole(write.caller, permissions);
    if (findBuiltInRole(name)) throw taken('is the name of a built-in role');
    try {
      return await write.perform<RoleEntity>({
        tenantId: tenant.id,
        change: () => ({ type: 'role.created', target: `role:${name}`, body }),
        answer: (made) => write.created({ id: name, version: made.version }, roleView(ofEntity(made))),
        work: (companion) => this.service.create(tenant.id, { name, displayName, description, permissions }, companion),
        otherwise: notFound,
      });
    } catch (error) {
      if (error instanceof TooManyRolesError) throw new Problem('conflict', 'The tenant has as many roles as it can.');
      if (isUniqueViolation(error)) throw taken('is taken');
      throw error;
    }
  }

  /** Takes what the role allows before and after. Whoever has it gains or loses at once. */
  async update(
    write: ManagementWrite,
    tenant: Tenant,
    change: { readonly name: string; readonly body: UpdateRoleDto; readonly ifMatch: string | undefined },
  ): Promise<WriteAnswer> {
    const { name, body, ifMatch } = change;
    const known = ownOf(await this.get(tenant, name));
    requirePowerOverRole(write.caller, [...known.permissions, ...(body.permissions ?? [])]);
    checkIfMatch(ifMatch, known.version, { needed: true });
    const data = {
      ...(body.display_name !== undefined && { displayName: body.display_name }),
      ...(body.description !== undefined && { description: body.description }),
      ...(body.permissions !== undefined && { permissions: body.permissions }),
    };
    const before = roleView(ofEntity(known));
    return write.perform<RoleEntity>({
      tenantId: tenant.id,
      change: () => ({ type: 'role.updated', target: `role:${name}`, body, before }),
      answer: (updated) => write.changed(updated, roleView(ofEntity(updated))),
      work: (companion) => this.service.update(tenant.id, known, data, companion),
      otherwise: stale,
    });
  }

  async delete(
    write: ManagementWrite,
    tenant: Tenant,
    { name, force, ifMatch }: { readonly name: string; readonly force: boolean; readonly ifMatch: string | undefined },
  ): Promise<WriteAnswer> {
    const known = ownOf(await this.get(tenant, name));
    const permit = (permissions: readonly string[]) => requirePowerOverRole(write.caller, permissions);
    permit(known.permissions);
    checkIfMatch(ifMatch, known.version, { needed: false });
    try {
      return await write.perform<{ takenFrom: number }>({
        tenantId: tenant.id,
        change: ({ takenFrom }) => ({
          type: 'role.deleted',
          target: `role:${name}`,
          details: { taken_from: takenFrom },
          before: roleView(ofEntity(known)),
        }),
        answer: () => NO_CONTENT,
        work: (companion) => this.service.delete(tenant.id, name, { companion, permit, force }),
        otherwise: notFound,
      });
    } catch (error) {
      if (!(error instanceof RoleInUseError)) throw error;
      const whose = error.holders === 1 ? 'One user or client has' : `${error.holders} users and clients have`;
      throw new Problem('conflict', `${whose} the role; take it from them first, or delete it with ?force=true.`);
    }
  }
}

function ownOf({ name, entity }: Role): RoleEntity {
  if (entity) return entity;
  throw new Problem('conflict', `The role ${name} is built in; make a role of your own with other permissions.`);
}

function taken(detail: string): Problem {
  return new Problem('conflict', `name ${detail}.`, [{ pointer: '/name', detail }]);
}
