import { Injectable } from '@nestjs/common';
import { CLIENT_ID } from '../../clients/client.js';
import { ClientsService } from '../../clients/clients.service.js';
import type { RoleAssignment, RoleHolder } from '../../roles/role-assignment.js';
import { RolesService } from '../../roles/roles.service.js';
import type { Tenant } from '../../tenants/tenant.js';
import { UsersService } from '../../users/users.service.js';
import { keepsAdministrator, requirePowerOverRole } from '../kit/authority.js';
import { type ManagementWrite, NO_CONTENT } from '../kit/management-write.js';
import { isId } from '../kit/paging.js';
import { actorOf } from '../kit/principal.js';
import { notFound } from '../kit/problem.js';
import { ROLE_NAME } from '../kit/role-name.js';
import type { View } from '../kit/view.js';
import { WriteAnswer } from '../kit/write-answer.js';
import { roleAssignmentView } from './role.view.js';

type Assigned = RoleAssignment & { readonly isNew: boolean };

/** Who has which roles, and giving and taking them. It takes every permission of the role and of who has it. */
@Injectable()
export class RoleAssignmentManagement {
  constructor(
    private readonly roles: RolesService,
    private readonly users: UsersService,
    private readonly clients: ClientsService,
  ) {}

  async list(tenant: Tenant, holder: RoleHolder): Promise<View> {
    await this.requireHolder(tenant, holder);
    const assignments = await this.roles.assignmentsOf(tenant.id, holder);
    return { data: assignments.map(roleAssignmentView) };
  }

  async give(write: ManagementWrite, tenant: Tenant, holder: RoleHolder, role: string): Promise<WriteAnswer> {
    const target = await this.requireHolder(tenant, holder);
    if (!ROLE_NAME.test(role) || !(await this.roles.find(tenant, role))) throw notFound();
    return write.perform<Assigned>({
      tenantId: tenant.id,
      change: ({ isNew }) => (isNew ? { type: 'role.given', target, details: { role }, after: { role } } : undefined),
      answer: (assigned) => new WriteAnswer(roleAssignmentView(assigned)),
      work: (companion) =>
        this.roles.assign(
          tenant.id,
          holder,
          { role, by: actorOf(write.caller) },
          { companion, permit: (permissions) => requirePowerOverRole(write.caller, permissions) },
        ),
      otherwise: notFound,
    });
  }

  async take(write: ManagementWrite, tenant: Tenant, holder: RoleHolder, role: string): Promise<WriteAnswer> {
    const target = await this.requireHolder(tenant, holder);
    return write.perform<true>({
      tenantId: tenant.id,
      change: () => ({ type: 'role.taken', target, details: { role }, before: { role } }),
      answer: () => NO_CONTENT,
      work: (companion) =>
        this.roles.take(tenant.id, holder, role, {
          companion,
          permit: (permissions) => requirePowerOverRole(write.caller, permissions),
          keepsAdministrator: keepsAdministrator(tenant, write.caller),
        }),
      otherwise: notFound,
    });
  }

  /** @returns what it is called in audit events */
  private async requireHolder(tenant: Tenant, holder: RoleHolder): Promise<string> {
    if ('userId' in holder) {
      const { userId } = holder;
      if (!isId(userId) || !(await this.users.find(tenant.id, userId))) throw notFound();
      return `user:${userId}`;
    }
    const { clientId } = holder;
    if (!CLIENT_ID.test(clientId) || !(await this.clients.find(tenant.id, clientId))) throw notFound();
    return `client:${clientId}`;
  }
}
