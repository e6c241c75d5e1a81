import { Injectable } from '@nestjs/common';
import { ConsentService } from '../../consent/consent.service.js';
import type { Tenant } from '../../tenants/tenant.js';
import { UsersService } from '../../users/users.service.js';
import type { ListConsentsQuery } from './consents.dto.js';
import { type Page, isId, limitOf, positionOf, toPage } from '../kit/paging.js';
import { type ManagementWrite, NO_CONTENT } from '../kit/management-write.js';
import { actorOf } from '../kit/principal.js';
import { notFound } from '../kit/problem.js';
import { requirePowerOverUser } from '../kit/authority.js';
import type { WriteAnswer } from '../kit/write-answer.js';
import { consentView } from './consent.view.js';
import type { View } from '../kit/view.js';

/** What operators and tenant admins see and do of their users' consents. */
@Injectable()
export class ConsentManagement {
  constructor(
    private readonly consents: ConsentService,
    private readonly users: UsersService,
  ) {}

  async list(tenant: Tenant, query: ListConsentsQuery): Promise<Page<View>> {
    const rows = await this.consents.list(tenant.id, {
      userId: query.user_id,
      clientId: query.client_id,
      after: positionOf(query, isId),
      limit: limitOf(query) + 1,
    });
    return toPage(rows, query, { item: consentView, position: ({ id }) => id });
  }

  async get(tenant: Tenant, id: string): Promise<View> {
    return consentView(await this.find(tenant, id));
  }

  async withdraw(write: ManagementWrite, tenant: Tenant, id: string): Promise<WriteAnswer> {
    const { user_id: userId, client_id: clientId, resource } = await this.find(tenant, id);
    const user = await this.users.find(tenant.id, userId);
    if (user) requirePowerOverUser(write.caller, user.managementPermissions);
    const by = { origin: write.caller.origin, actor: actorOf(write.caller), target: `consent:${id}` };
    if (!(await this.consents.withdraw(tenant.id, { userId, clientId, resource }, by))) throw notFound();
    return NO_CONTENT;
  }

  private async find(tenant: Tenant, id: string) {
    const consent = isId(id) ? await this.consents.find(tenant.id, id) : undefined;
    if (!consent) throw notFound();
    return consent;
  }
}
