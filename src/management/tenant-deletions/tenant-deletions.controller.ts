import { Controller, Get, Param, Query } from '@nestjs/common';
import { Endpoint } from '../kit/endpoint.decorator.js';
import { ManagementController } from '../kit/management-controller.decorator.js';
import { CurrentCaller } from '../kit/management.guard.js';
import { type Page, PageQuery } from '../kit/paging.js';
import type { Caller } from '../kit/principal.js';
import type { View } from '../kit/view.js';
import { TenantDeletionManagement } from './tenant-deletion-management.js';

@ManagementController('Tenant deletions')
@Controller('api/v1/tenants/deletions')
export class TenantDeletionsController {
  constructor(private readonly deletions: TenantDeletionManagement) {}

  @Get()
  @Endpoint({
    id: 'listTenantDeletions',
    summary: 'Every deletion of a tenant that was asked for, oldest first. Operators only',
    scope: 'tenants:read',
    reach: 'none',
    query: PageQuery,
    answer: 'TenantDeletionPage',
  })
  list(@CurrentCaller() caller: Caller, @Query() query: PageQuery): Promise<Page<View>> {
    return this.deletions.list(caller, query);
  }

  @Get(':deletion')
  @Endpoint({
    id: 'getTenantDeletion',
    summary: 'One deletion, with its receipt once the tenant is destroyed. Operators only',
    scope: 'tenants:read',
    reach: 'none',
    answer: 'TenantDeletion',
  })
  get(@CurrentCaller() caller: Caller, @Param('deletion') id: string): Promise<View> {
    return this.deletions.get(caller, id);
  }
}
