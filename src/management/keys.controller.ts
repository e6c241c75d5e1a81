import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiParam } from '@nestjs/swagger';
import type { Tenant } from '../tenants/tenant.js';
import { KeyManagement } from './key-management.js';
import { RotateKeysDto } from './keys.dto.js';
import { ManagementController } from './management-controller.decorator.js';
import { CurrentCaller, RequireScope, TargetTenant } from './management.guard.js';
import type { Page } from './page.js';
import type { Caller } from './principal.js';
import type { KeyView } from './views.js';

@ManagementController('Keys')
@ApiParam({ name: 'tenant', description: 'Id or slug' })
@Controller('api/v1/tenants/:tenant/keys')
export class KeysController {
  constructor(private readonly keys: KeyManagement) {}

  @Get()
  @RequireScope('keys:read')
  @ApiOperation({ summary: 'The published keys and their states: next, current, previous. Private keys never leave' })
  list(@TargetTenant() tenant: Tenant): Promise<Page<KeyView>> {
    return this.keys.list(tenant);
  }

  @Post('rotate')
  @HttpCode(200)
  @RequireScope('keys:write')
  @ApiOperation({ summary: 'The next key takes over, as soon as verifiers can know it; a new one waits' })
  rotate(
    @CurrentCaller() caller: Caller,
    @TargetTenant() tenant: Tenant,
    @Body() body: RotateKeysDto,
  ): Promise<Page<KeyView>> {
    return this.keys.rotate(caller, tenant, body);
  }
}
