import { Injectable } from '@nestjs/common';
import { ClientOwnership } from '../../developers/client-ownership.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { UserEntity } from '../../users/user.entity.js';
import type { PersonalData } from '../personal-data.js';

/** The clients that the person registered or owns. */
@Injectable()
export class ClientsData implements PersonalData {
  readonly name = 'clients';

  constructor(private readonly ownership: ClientOwnership) {}

  async collect(tenant: Tenant, user: UserEntity) {
    const owned = await this.ownership.ofUser(tenant.id, user.id);
    return owned.map(({ clientId, clientName, state }) => ({ client_id: clientId, client_name: clientName, state }));
  }
}
