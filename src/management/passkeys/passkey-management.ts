import { Injectable } from '@nestjs/common';
import type { Passkey } from '../../passkeys/passkey.js';
import { PasskeysService } from '../../passkeys/passkeys.service.js';
import type { Tenant } from '../../tenants/tenant.js';
import { UsersService } from '../../users/users.service.js';
import { requirePowerOverUser } from '../kit/authority.js';
import { type ManagementWrite, NO_CONTENT } from '../kit/management-write.js';
import { type Page, isId, limitOf, positionOf, toPage } from '../kit/paging.js';
import { notFound } from '../kit/problem.js';
import type { View } from '../kit/view.js';
import type { WriteAnswer } from '../kit/write-answer.js';
import { passkeyView } from './passkey.view.js';
import type { ListPasskeysQuery } from './passkeys.dto.js';

/** What operators and tenant admins see of their users' passkeys, and removing one. Only its owner can add one. */
@Injectable()
export class PasskeyManagement {
  constructor(
    private readonly passkeys: PasskeysService,
    private readonly users: UsersService,
  ) {}

  async list(tenant: Tenant, query: ListPasskeysQuery): Promise<Page<View>> {
    const rows = await this.passkeys.listAll(tenant.id, {
      userId: query.user_id,
      after: positionOf(query, isId),
      limit: limitOf(query) + 1,
    });
    return toPage(rows, query, { item: passkeyView, position: ({ id }) => id });
  }

  async get(tenant: Tenant, id: string): Promise<View> {
    return passkeyView(await this.find(tenant, id));
  }

  async delete(write: ManagementWrite, tenant: Tenant, id: string): Promise<WriteAnswer> {
    const passkey = await this.find(tenant, id);
    const user = await this.users.find(tenant.id, passkey.userId);
    if (user) requirePowerOverUser(write.caller, user.managementPermissions);
    return write.perform<true>({
      tenantId: tenant.id,
      change: () => ({
        type: 'passkey.removed',
        target: `passkey:${id}`,
        details: { user: passkey.userId, name: passkey.name },
        before: passkeyView(passkey),
      }),
      answer: () => NO_CONTENT,
      work: (companion) => this.passkeys.delete(tenant, { user, passkey }, companion),
      otherwise: notFound,
    });
  }

  private async find(tenant: Tenant, id: string): Promise<Passkey> {
    const passkey = await this.passkeys.find(tenant.id, id);
    if (!passkey) throw notFound();
    return passkey;
  }
}
