import { Injectable } from '@nestjs/common';
import { SessionsService } from '../../sessions/sessions.service.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { UserEntity } from '../../users/user.entity.js';
import { sessionJson } from '../account-json.js';
import type { PersonalData } from '../personal-data.js';

/** Where the person is signed in. */
@Injectable()
export class SessionsData implements PersonalData {
  readonly name = 'sessions';

  constructor(private readonly sessions: SessionsService) {}

  async collect(tenant: Tenant, user: UserEntity) {
    return (await this.sessions.list(tenant, user.id)).map(sessionJson);
  }
}
