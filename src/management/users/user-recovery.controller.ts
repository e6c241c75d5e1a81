import { Controller, Param, Post } from '@nestjs/common';
import type { Tenant } from '../../tenants/tenant.js';
import { Endpoint } from '../kit/endpoint.decorator.js';
import { ManagementController } from '../kit/management-controller.decorator.js';
import { CurrentWrite, TargetTenant } from '../kit/management.guard.js';
import type { ManagementWrite } from '../kit/management-write.js';
import type { WriteAnswer } from '../kit/write-answer.js';
import { UserRecovery } from './user-recovery.js';

@ManagementController('Users')
@Controller('api/v1/tenants/:tenant/users')
export class UserRecoveryController {
  constructor(private readonly recovery: UserRecovery) {}

  @Post(':user_id/password-reset-mail')
  @Endpoint({
    id: 'sendPasswordResetMail',
    summary: 'Mails the user a link to choose a new password; the present one works until then',
    scope: 'users:write',
    reach: 'people',
    narrowerScope: 'users:recover',
  })
  send(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('user_id') id: string,
  ): Promise<WriteAnswer> {
    return this.recovery.sendPasswordResetMail(write, tenant, id);
  }
}
