import { Injectable } from '@nestjs/common';
import type { ListedSession } from '../../sessions/sessions.repository.js';
import { SessionsService } from '../../sessions/sessions.service.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { User } from '../../users/user.js';
import { UsersService } from '../../users/users.service.js';
import { requirePowerOverUser } from '../kit/authority.js';
import { type ManagementWrite, NO_CONTENT } from '../kit/management-write.js';
import { isId } from '../kit/paging.js';
import { notFound } from '../kit/problem.js';
import type { View } from '../kit/view.js';
import type { WriteAnswer } from '../kit/write-answer.js';

/** Where users are signed in, and ending that for them. */
@Injectable()
export class SessionManagement {
  constructor(
    private readonly sessions: SessionsService,
    private readonly users: UsersService,
  ) {}

  async list(tenant: Tenant, userId: string): Promise<View> {
    const user = await this.find(tenant, userId);
    return { data: (await this.sessions.list(tenant, user.id)).map(sessionView) };
  }

  /** @param id of one session; without it all of them end, which is no error when there is none */
  async end(write: ManagementWrite, tenant: Tenant, userId: string, id?: string): Promise<WriteAnswer> {
    const user = await this.find(tenant, userId);
    requirePowerOverUser(write.caller, user.managementPermissions);
    if (id !== undefined && !isId(id)) throw notFound();
    return write.perform<readonly string[]>({
      tenantId: tenant.id,
      change: (ended) =>
        ended.length === 0
          ? undefined
          : {
              type: 'user.sessions_ended',
              target: `user:${user.id}`,
              details: { sessions: ended },
              before: { sessions: ended },
            },
      answer: () => NO_CONTENT,
      work: (companion) => this.sessions.endByAdministrator(tenant, { userId: user.id, id }, companion),
      otherwise: notFound,
    });
  }

  private async find(tenant: Tenant, userId: string): Promise<User> {
    const user = isId(userId) ? await this.users.find(tenant.id, userId) : undefined;
    if (!user) throw notFound();
    return user;
  }
}

function sessionView({ id, userAgent, address, authTime, lastSeenAt }: ListedSession): View {
  return {
    id,
    user_agent: userAgent ?? null,
    address: address ?? null,
    signed_in_at: authTime,
    last_seen_at: lastSeenAt,
  };
}
