import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import type { Tenant } from '../../tenants/tenant.js';
import { KeyManagement } from './key-management.js';
import { RotateKeysDto } from './keys.dto.js';
import { ManagementController } from '../kit/management-controller.decorator.js';
import { CurrentWrite, TargetTenant } from '../kit/management.guard.js';
import { Endpoint } from '../kit/endpoint.decorator.js';
import type { Page } from '../kit/paging.js';
import type { ManagementWrite } from '../kit/management-write.js';
import type { WriteAnswer } from '../kit/write-answer.js';
import type { View } from '../kit/view.js';

@ManagementController('Keys')
@Controller('api/v1/tenants/:tenant/keys')
export class KeysController {
  constructor(private readonly keys: KeyManagement) {}

  @Get()
  @Endpoint({
    id: 'listKeys',
    summary: 'The published keys and their states. Private keys never leave',
    scope: 'keys:read',
    reach: 'none',
    answer: 'KeyPage',
  })
  list(@TargetTenant() tenant: Tenant): Promise<Page<View>> {
    return this.keys.list(tenant);
  }

  @Post('rotate')
  @Endpoint({
    id: 'rotateKeys',
    summary: 'The next key takes over, as soon as verifiers can know it; a new one waits',
    scope: 'keys:write',
    reach: 'none',
    body: RotateKeysDto,
    answer: 'KeyPage',
  })
  rotate(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Body() body: RotateKeysDto,
  ): Promise<WriteAnswer> {
    return this.keys.rotate(write, tenant, body);
  }

  @Post(':kid/revoke')
  @Endpoint({
    id: 'revokeKey',
    summary: 'Takes a leaked key out of use at once; nothing it signed is accepted here any more, another key signs',
    scope: 'keys:write',
    reach: 'none',
    answer: 'KeyPage',
  })
  revoke(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('kid') kid: string,
  ): Promise<WriteAnswer> {
    return this.keys.revoke(write, tenant, kid);
  }
}
