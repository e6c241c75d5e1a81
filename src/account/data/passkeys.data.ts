import { Injectable } from '@nestjs/common';
import { PasskeysService } from '../../passkeys/passkeys.service.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { UserEntity } from '../../users/user.entity.js';
import type { PersonalData } from '../personal-data.js';

/** The passkeys of the person, by their names. */
@Injectable()
export class PasskeysData implements PersonalData {
  readonly name = 'passkeys';

  constructor(private readonly passkeys: PasskeysService) {}

  async collect(tenant: Tenant, user: UserEntity) {
    const passkeys = await this.passkeys.list(tenant, user.id);
    return passkeys.map(({ id, name, createdAt, lastUsedAt }) => ({
      id,
      name,
      created_at: createdAt,
      last_used_at: lastUsedAt ?? null,
    }));
  }
}
