import { Controller, Delete, Param } from '@nestjs/common';
import type { TenantEntity } from '../../tenants/tenant.entity.js';
import { Endpoint } from '../kit/endpoint.decorator.js';
import { ManagementController } from '../kit/management-controller.decorator.js';
import { CurrentWrite, TargetTenantEntity } from '../kit/management.guard.js';
import type { ManagementWrite } from '../kit/management-write.js';
import type { WriteAnswer } from '../kit/write-answer.js';
import { TenantManagement } from './tenant-management.js';

@ManagementController('Tenants')
@Controller('api/v1/tenants/:tenant/former-slugs')
export class FormerSlugsController {
  constructor(private readonly tenants: TenantManagement) {}

  @Delete(':slug')
  @Endpoint({
    id: 'endFormerSlug',
    summary: 'Ends the addresses of a former slug before their time. It stays reserved. Operators only',
    scope: 'tenants:write',
    reach: 'none',
  })
  end(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenantEntity() tenant: TenantEntity,
    @Param('slug') slug: string,
  ): Promise<WriteAnswer> {
    return this.tenants.endFormerSlug(write, tenant, slug);
  }
}
