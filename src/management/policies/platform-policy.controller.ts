import { Body, Controller, Get, Headers, Patch, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Endpoint } from '../kit/endpoint.decorator.js';
import { ManagementController } from '../kit/management-controller.decorator.js';
import { CurrentCaller, CurrentWrite } from '../kit/management.guard.js';
import type { ManagementWrite } from '../kit/management-write.js';
import type { Caller } from '../kit/principal.js';
import type { View } from '../kit/view.js';
import { withEtag } from '../kit/with-etag.js';
import type { WriteAnswer } from '../kit/write-answer.js';
import { LayerDryRunQuery, UpdatePlatformPolicyDto } from './policies.dto.js';
import { platformPolicyView } from './policies.view.js';
import { PolicyManagement } from './policy-management.js';

@ManagementController('Policies')
@Controller('api/v1/policy')
export class PlatformPolicyController {
  constructor(private readonly policies: PolicyManagement) {}

  @Get()
  @Endpoint({
    id: 'getPlatformPolicy',
    summary: 'What the operator decided for all tenants. Operators only',
    scope: 'tenants:read',
    reach: 'none',
    answer: 'PlatformPolicy',
    versioned: true,
  })
  async get(@CurrentCaller() caller: Caller, @Res({ passthrough: true }) response: Response): Promise<View> {
    const layer = await this.policies.platform(caller);
    return withEtag(response, layer.version, platformPolicyView(layer));
  }

  @Patch()
  @Endpoint({
    id: 'updatePlatformPolicy',
    summary: 'Changes members by JSON Merge Patch, for every tenant that inherits them. Operators only',
    scope: 'tenants:write',
    reach: 'none',
    body: UpdatePlatformPolicyDto,
    query: LayerDryRunQuery,
    answer: 'PlatformPolicy',
    dryRunAnswer: 'PolicyDryRun',
    versioned: true,
  })
  update(
    @CurrentWrite() write: ManagementWrite,
    @Body() body: UpdatePlatformPolicyDto,
    @Query() query: LayerDryRunQuery,
    @Headers('if-match') ifMatch?: string,
  ): Promise<WriteAnswer> {
    if (query.dry_run === 'true') return this.policies.dryRunPlatform(write.caller, body, query);
    return this.policies.updatePlatform(write, body, ifMatch);
  }
}
