import { Injectable } from '@nestjs/common';
import { ApiRolesService } from '../../api-roles/api-roles.service.js';
import { ApiDirectory } from '../../resources/api-directory.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { UserEntity } from '../../users/user.entity.js';
import type { PersonalData } from '../personal-data.js';

/** The roles that the person has at the tenant's APIs, also by groups. */
@Injectable()
export class ApiRolesData implements PersonalData {
  readonly name = 'api_roles';

  constructor(
    private readonly roles: ApiRolesService,
    private readonly apis: ApiDirectory,
  ) {}

  async collect(tenant: Tenant, user: UserEntity) {
    const apis = [...(await this.apis.list(tenant.id)).values()];
    const ids = apis.flatMap(({ id }) => (id === undefined ? [] : [id]));
    const held = await this.roles.heldBy(tenant.id, { userId: user.id }, ids);
    return held.map(({ apiId, name }) => ({ api: apis.find(({ id }) => id === apiId)?.identifier, role: name }));
  }
}
