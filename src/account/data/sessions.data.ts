import { Injectable } from '@nestjs/common';
import { SessionsService } from '../../sessions/sessions.service.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { UserEntity } from '../../users/user.entity.js';
import type { PersonalData } from '../personal-data.js';

/** Where the person is signed in. */
@Injectable()
export class SessionsData implements PersonalData {
  readonly name = 'sessions';

  constructor(private readonly sessions: SessionsService) {}

  async collect(tenant: Tenant, user: UserEntity) {
    const sessions = await this.sessions.list(tenant, user.id);
    return sessions.map(({ id, userAgent, address, authTime, lastSeenAt }) => ({
      id,
      user_agent: userAgent ?? null,
      address: address ?? null,
      signed_in_at: authTime,
      last_seen_at: lastSeenAt,
    }));
  }
}
