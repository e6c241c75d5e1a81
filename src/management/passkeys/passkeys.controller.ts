import { Controller, Delete, Get, Param, Query } from '@nestjs/common';
import type { Tenant } from '../../tenants/tenant.js';
import { Endpoint } from '../kit/endpoint.decorator.js';
import { ManagementController } from '../kit/management-controller.decorator.js';
import type { ManagementWrite } from '../kit/management-write.js';
import { CurrentWrite, TargetTenant } from '../kit/management.guard.js';
import type { Page } from '../kit/paging.js';
import type { View } from '../kit/view.js';
import type { WriteAnswer } from '../kit/write-answer.js';
import { PasskeyManagement } from './passkey-management.js';
import { ListPasskeysQuery } from './passkeys.dto.js';

@ManagementController('Passkeys')
@Controller('api/v1/tenants/:tenant/passkeys')
export class ManagedPasskeysController {
  constructor(private readonly passkeys: PasskeyManagement) {}

  @Get()
  @Endpoint({
    id: 'listPasskeys',
    summary: 'The passkeys of users, oldest first',
    scope: 'users:read',
    reach: 'people',
    query: ListPasskeysQuery,
    answer: 'PasskeyPage',
  })
  list(@TargetTenant() tenant: Tenant, @Query() query: ListPasskeysQuery): Promise<Page<View>> {
    return this.passkeys.list(tenant, query);
  }

  @Get(':passkey_id')
  @Endpoint({ id: 'getPasskey', summary: 'One passkey', scope: 'users:read', reach: 'people', answer: 'Passkey' })
  get(@TargetTenant() tenant: Tenant, @Param('passkey_id') id: string): Promise<View> {
    return this.passkeys.get(tenant, id);
  }

  @Delete(':passkey_id')
  @Endpoint({
    id: 'deletePasskey',
    summary: 'Removes the passkey: its owner lost it, or cannot use it',
    scope: 'users:write',
    reach: 'people',
    narrowerScope: 'users:recover',
  })
  delete(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('passkey_id') id: string,
  ): Promise<WriteAnswer> {
    return this.passkeys.delete(write, tenant, id);
  }
}
