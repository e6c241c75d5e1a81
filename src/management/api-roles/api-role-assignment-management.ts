import { Injectable } from '@nestjs/common';
import type { ApiRoleHolder } from '../../api-roles/api-role-holder.js';
import { ApiRolesService, type GivenApiRole } from '../../api-roles/api-roles.service.js';
import { CLIENT_ID } from '../../clients/client.js';
import { ClientsService } from '../../clients/clients.service.js';
import type { Tenant } from '../../tenants/tenant.js';
import { powersOf } from '../clients/client-powers.js';
import { requirePowerOver } from '../kit/authority.js';
import { type ManagementWrite, NO_CONTENT } from '../kit/management-write.js';
import { type Page, type PageQuery, isId, limitOf, positionOf, toPage } from '../kit/paging.js';
import { actorOf } from '../kit/principal.js';
import { notFound } from '../kit/problem.js';
import type { View } from '../kit/view.js';
import { WriteAnswer } from '../kit/write-answer.js';
import { ApiRoleManagement } from './api-role-management.js';
import { apiRoleAssignmentView } from './api-role.view.js';

/** Who has which role of an API. */
@Injectable()
export class ApiRoleAssignmentManagement {
  constructor(
    private readonly roles: ApiRoleManagement,
    private readonly service: ApiRolesService,
    private readonly clients: ClientsService,
  ) {}

  async list(tenant: Tenant, roleId: string, query: PageQuery): Promise<Page<View>> {
    await this.roles.get(tenant, roleId);
    const page = { after: positionOf(query, isId), limit: limitOf(query) + 1 };
    const rows = await this.service.holdersOf(tenant.id, roleId, page);
    return toPage(rows, query, { item: apiRoleAssignmentView, position: ({ id }) => id });
  }

  async give(write: ManagementWrite, tenant: Tenant, roleId: string, holder: ApiRoleHolder): Promise<WriteAnswer> {
    const { name, apiId } = await this.roles.get(tenant, roleId);
    const target = targetOf(holder);
    await this.requirePower(write, tenant, holder);
    const details = { api_role: name, api_id: apiId };
    return write.perform<GivenApiRole>({
      tenantId: tenant.id,
      change: ({ isNew }) => (isNew ? { type: 'api_role.given', target, details, after: details } : undefined),
      answer: (given) => new WriteAnswer(apiRoleAssignmentView(given)),
      work: (companion) => this.service.give(tenant.id, roleId, { holder, by: actorOf(write.caller) }, companion),
      otherwise: notFound,
    });
  }

  async take(write: ManagementWrite, tenant: Tenant, roleId: string, holder: ApiRoleHolder): Promise<WriteAnswer> {
    const { name, apiId } = await this.roles.get(tenant, roleId);
    const target = targetOf(holder);
    await this.requirePower(write, tenant, holder);
    const details = { api_role: name, api_id: apiId };
    return write.perform<true>({
      tenantId: tenant.id,
      change: () => ({ type: 'api_role.taken', target, details, before: details }),
      answer: () => NO_CONTENT,
      work: (companion) => this.service.take(tenant.id, roleId, holder, companion),
      otherwise: notFound,
    });
  }

  /** What a client may do at an API is a part of the client. */
  private async requirePower({ caller }: ManagementWrite, tenant: Tenant, holder: ApiRoleHolder): Promise<void> {
    if (!('clientId' in holder)) return;
    const client = await this.clients.find(tenant.id, holder.clientId);
    if (!client) throw notFound();
    requirePowerOver(caller, powersOf(client));
  }
}

/** As audit events name it. @throws Problem when nothing can have this id */
function targetOf(holder: ApiRoleHolder): string {
  if ('clientId' in holder) {
    if (!CLIENT_ID.test(holder.clientId)) throw notFound();
    return `client:${holder.clientId}`;
  }
  const id = 'userId' in holder ? holder.userId : holder.groupId;
  if (!isId(id)) throw notFound();
  return 'userId' in holder ? `user:${id}` : `group:${id}`;
}
