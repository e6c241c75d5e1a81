import { Injectable } from '@nestjs/common';
import { GroupsService } from '../../groups/groups.service.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { UserEntity } from '../../users/user.entity.js';
import type { PersonalData } from '../personal-data.js';

/** The groups that the person is in. */
@Injectable()
export class GroupsData implements PersonalData {
  readonly name = 'groups';

  constructor(private readonly groups: GroupsService) {}

  async collect(tenant: Tenant, user: UserEntity) {
    const memberships = await this.groups.groupsOf(tenant.id, user.id);
    return memberships.map(({ group, createdAt }) => ({ group, since: createdAt }));
  }
}
