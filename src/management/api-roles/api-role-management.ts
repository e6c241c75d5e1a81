import { Injectable } from '@nestjs/common';
import { NoScopeOfApiError, TooManyApiRolesError } from '../../api-roles/api-role-holder.js';
import type { ApiRoleEntity } from '../../api-roles/api-role.entity.js';
import { ApiRolesService } from '../../api-roles/api-roles.service.js';
import { isUniqueViolation } from '../../database/database-error.js';
import type { Tenant } from '../../tenants/tenant.js';
import { checkIfMatch, stale } from '../kit/etag.js';
import { type ManagementWrite, NO_CONTENT } from '../kit/management-write.js';
import { type Page, isId, limitOf, positionOf, toPage } from '../kit/paging.js';
import { Problem, invalidMember, notFound } from '../kit/problem.js';
import type { View } from '../kit/view.js';
import type { WriteAnswer } from '../kit/write-answer.js';
import { apiRoleView } from './api-role.view.js';
import type { CreateApiRoleDto, ListApiRolesQuery, UpdateApiRoleDto } from './api-roles.dto.js';

/** What operators and tenant admins do with roles of the tenant's own APIs. They allow nothing at the management API. */
@Injectable()
export class ApiRoleManagement {
  constructor(private readonly service: ApiRolesService) {}

  async list(tenant: Tenant, query: ListApiRolesQuery): Promise<Page<View>> {
    const { api_id: apiId, name } = query;
    const page = { after: positionOf(query, isId), limit: limitOf(query) + 1, apiId, name };
    const rows = await this.service.list(tenant.id, page);
    return toPage(rows, query, { item: apiRoleView, position: ({ id }) => id });
  }

  async get(tenant: Tenant, id: string): Promise<ApiRoleEntity> {
    const role = isId(id) ? await this.service.find(tenant.id, id) : undefined;
    if (!role) throw notFound();
    return role;
  }

  create(write: ManagementWrite, tenant: Tenant, body: CreateApiRoleDto): Promise<WriteAnswer> {
    const { api_id: apiId, name, display_name: displayName = null, description = null, scopes } = body;
    const data = { apiId, name, displayName, description, scopes: scopes ?? [] };
    return checked(() =>
      write.perform<ApiRoleEntity>({
        tenantId: tenant.id,
        change: ({ id }) => ({ type: 'api_role.created', target: `api_role:${id}`, body }),
        answer: (role) => write.created(role, apiRoleView(role)),
        work: (companion) => this.service.create(tenant.id, data, companion),
        otherwise: () => invalidMember('api_id', 'must be the id of an API of this tenant'),
      }),
    );
  }

  async update(
    write: ManagementWrite,
    tenant: Tenant,
    change: { readonly id: string; readonly body: UpdateApiRoleDto; readonly ifMatch: string | undefined },
  ): Promise<WriteAnswer> {
    const { body, ifMatch } = change;
    const known = await this.get(tenant, change.id);
    checkIfMatch(ifMatch, known.version, { needed: true });
    const before = apiRoleView(known);
    const data = {
      ...(body.name !== undefined && { name: body.name }),
      ...(body.display_name !== undefined && { displayName: body.display_name }),
      ...(body.description !== undefined && { description: body.description }),
      ...(body.scopes !== undefined && { scopes: body.scopes ?? [] }),
    };
    return checked(() =>
      write.perform<ApiRoleEntity>({
        tenantId: tenant.id,
        change: ({ id }) => ({ type: 'api_role.updated', target: `api_role:${id}`, body, before }),
        answer: (role) => write.changed(role, apiRoleView(role)),
        work: (companion) => this.service.update(tenant.id, known, data, companion),
        otherwise: stale,
      }),
    );
  }

  async delete(write: ManagementWrite, tenant: Tenant, id: string, ifMatch: string | undefined): Promise<WriteAnswer> {
    const known = await this.get(tenant, id);
    checkIfMatch(ifMatch, known.version, { needed: false });
    return write.perform<true>({
      tenantId: tenant.id,
      change: () => ({ type: 'api_role.deleted', target: `api_role:${id}`, before: apiRoleView(known) }),
      answer: () => NO_CONTENT,
      work: (companion) => this.service.delete(tenant.id, id, companion),
      otherwise: notFound,
    });
  }
}

async function checked<Answer>(write: () => Promise<Answer>): Promise<Answer> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof NoScopeOfApiError) {
      throw invalidMember(`scopes/${error.index}`, 'must be a scope of the API');
    }
    if (error instanceof TooManyApiRolesError) throw new Problem('conflict', 'The API has as many roles as it can.');
    if (!isUniqueViolation(error, 'api_roles_by_name')) throw error;
    const detail = 'is the name of another role of the API';
    throw new Problem('conflict', `name ${detail}.`, [{ pointer: '/name', detail }]);
  }
}
