import { Controller, Delete, Get, Param } from '@nestjs/common';
import type { Tenant } from '../../tenants/tenant.js';
import { Endpoint } from '../kit/endpoint.decorator.js';
import { ManagementController } from '../kit/management-controller.decorator.js';
import type { ManagementWrite } from '../kit/management-write.js';
import { CurrentWrite, TargetTenant } from '../kit/management.guard.js';
import type { View } from '../kit/view.js';
import type { WriteAnswer } from '../kit/write-answer.js';
import { SessionManagement } from './session-management.js';

@ManagementController('Users')
@Controller('api/v1/tenants/:tenant/users/:user_id/sessions')
export class UserSessionsController {
  constructor(private readonly sessions: SessionManagement) {}

  @Get()
  @Endpoint({
    id: 'getUserSessions',
    summary: 'Where the user is signed in: at most 50 sessions, the one used last first',
    scope: 'users:read',
    reach: 'people',
    answer: 'UserSessions',
  })
  list(@TargetTenant() tenant: Tenant, @Param('user_id') userId: string): Promise<View> {
    return this.sessions.list(tenant, userId);
  }

  @Delete()
  @Endpoint({
    id: 'endUserSessions',
    summary: 'Ends all sessions of the user, and the tokens that last as long as they do',
    scope: 'users:write',
    reach: 'people',
    narrowerScope: 'users:recover',
  })
  endAll(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('user_id') userId: string,
  ): Promise<WriteAnswer> {
    return this.sessions.end(write, tenant, userId);
  }

  @Delete(':session_id')
  @Endpoint({
    id: 'endUserSession',
    summary: 'Ends one session, and the tokens that last as long as it does',
    scope: 'users:write',
    reach: 'people',
    narrowerScope: 'users:recover',
  })
  end(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('user_id') userId: string,
    @Param('session_id') id: string,
  ): Promise<WriteAnswer> {
    return this.sessions.end(write, tenant, userId, id);
  }
}
