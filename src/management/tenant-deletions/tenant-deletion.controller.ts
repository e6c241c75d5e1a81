import { Body, Controller, Delete, Get, Headers, Post, Query } from '@nestjs/common';
import type { TenantEntity } from '../../tenants/tenant.entity.js';
import { Endpoint } from '../kit/endpoint.decorator.js';
import { ManagementController } from '../kit/management-controller.decorator.js';
import type { ManagementWrite } from '../kit/management-write.js';
import { CurrentCaller, CurrentWrite, TargetTenantEntity } from '../kit/management.guard.js';
import type { Caller } from '../kit/principal.js';
import type { View } from '../kit/view.js';
import type { WriteAnswer } from '../kit/write-answer.js';
import { TenantDeletionManagement } from './tenant-deletion-management.js';
import { DeleteTenantQuery, ScheduleDeletionDto } from './tenant-deletions.dto.js';

@ManagementController('Tenant deletions')
@Controller('api/v1/tenants/:tenant')
export class TenantDeletionController {
  constructor(private readonly deletions: TenantDeletionManagement) {}

  @Delete()
  @Endpoint({
    id: 'deleteTenant',
    summary: 'Suspends the tenant at once and schedules its deletion; the same as a POST to `deletion`. Operators only',
    scope: 'tenants:write',
    reach: 'none',
    query: DeleteTenantQuery,
    answer: 'TenantDeletion',
    versioned: true,
  })
  delete(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenantEntity() tenant: TenantEntity,
    @Query() { immediately }: DeleteTenantQuery,
    @Headers('if-match') ifMatch?: string,
  ): Promise<WriteAnswer> {
    return this.deletions.schedule(write, tenant, immediately === 'true' ? { immediately: true } : {}, ifMatch);
  }

  @Post('deletion')
  @Endpoint({
    id: 'scheduleTenantDeletion',
    summary: 'Suspends the tenant at once and schedules its deletion. Operators only',
    scope: 'tenants:write',
    reach: 'none',
    body: ScheduleDeletionDto,
    answer: 'TenantDeletion',
    creates: true,
  })
  schedule(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenantEntity() tenant: TenantEntity,
    @Body() body: ScheduleDeletionDto = {},
  ): Promise<WriteAnswer> {
    return this.deletions.schedule(write, tenant, body);
  }

  @Get('deletion')
  @Endpoint({
    id: 'getScheduledDeletion',
    summary: 'The deletion of this tenant that can still be withdrawn. Operators only',
    scope: 'tenants:read',
    reach: 'none',
    answer: 'TenantDeletion',
  })
  get(@CurrentCaller() caller: Caller, @TargetTenantEntity() tenant: TenantEntity): Promise<View> {
    return this.deletions.pending(caller, tenant);
  }

  @Delete('deletion')
  @Endpoint({
    id: 'withdrawTenantDeletion',
    summary: 'Withdraws the deletion; the tenant is again what it was before. Operators only',
    scope: 'tenants:write',
    reach: 'none',
    versioned: true,
  })
  withdraw(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenantEntity() tenant: TenantEntity,
    @Headers('if-match') ifMatch?: string,
  ): Promise<WriteAnswer> {
    return this.deletions.withdraw(write, tenant, ifMatch);
  }
}
