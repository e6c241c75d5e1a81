import { Body, Controller, Delete, Get, Headers, Param, Patch, Post, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Endpoint } from '../kit/endpoint.decorator.js';
import { ManagementController } from '../kit/management-controller.decorator.js';
import { CurrentCaller, CurrentWrite } from '../kit/management.guard.js';
import type { ManagementWrite } from '../kit/management-write.js';
import { type Page, PageQuery } from '../kit/paging.js';
import type { Caller } from '../kit/principal.js';
import type { View } from '../kit/view.js';
import { withEtag } from '../kit/with-etag.js';
import type { WriteAnswer } from '../kit/write-answer.js';
import { CreatePolicyTemplateDto, LayerDryRunQuery, UpdatePolicyTemplateDto } from './policies.dto.js';
import { policyTemplateView } from './policies.view.js';
import { PolicyManagement } from './policy-management.js';

@ManagementController('Policies')
@Controller('api/v1/policy-templates')
export class PolicyTemplatesController {
  constructor(private readonly policies: PolicyManagement) {}

  @Get()
  @Endpoint({
    id: 'listPolicyTemplates',
    summary: 'The policies that tenants are made from, by name. Operators only',
    scope: 'tenants:read',
    reach: 'none',
    query: PageQuery,
    answer: 'PolicyTemplatePage',
  })
  list(@CurrentCaller() caller: Caller, @Query() query: PageQuery): Promise<Page<View>> {
    return this.policies.list(caller, query);
  }

  @Post()
  @Endpoint({
    id: 'createPolicyTemplate',
    summary: 'Makes a template, below the policy of the platform. Operators only',
    scope: 'tenants:write',
    reach: 'none',
    body: CreatePolicyTemplateDto,
    answer: 'PolicyTemplate',
    creates: true,
    versioned: true,
  })
  create(@CurrentWrite() write: ManagementWrite, @Body() body: CreatePolicyTemplateDto): Promise<WriteAnswer> {
    return this.policies.create(write, body);
  }

  @Get(':template')
  @Endpoint({
    id: 'getPolicyTemplate',
    summary: 'One template. Operators only',
    scope: 'tenants:read',
    reach: 'none',
    answer: 'PolicyTemplate',
    versioned: true,
  })
  async get(
    @CurrentCaller() caller: Caller,
    @Param('template') name: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<View> {
    const template = await this.policies.get(caller, name);
    return withEtag(response, template.version, policyTemplateView(template));
  }

  @Patch(':template')
  @Endpoint({
    id: 'updatePolicyTemplate',
    summary: 'Changes members by JSON Merge Patch, for every tenant of the template at once. Operators only',
    scope: 'tenants:write',
    reach: 'none',
    body: UpdatePolicyTemplateDto,
    query: LayerDryRunQuery,
    answer: 'PolicyTemplate',
    dryRunAnswer: 'PolicyDryRun',
    versioned: true,
  })
  update(
    @CurrentWrite() write: ManagementWrite,
    @Param('template') name: string,
    @Body() body: UpdatePolicyTemplateDto,
    @Query() query: LayerDryRunQuery,
    @Headers('if-match') ifMatch?: string,
  ): Promise<WriteAnswer> {
    if (query.dry_run === 'true') return this.policies.dryRun(write.caller, name, body, query);
    return this.policies.update(write, { name, body, ifMatch });
  }

  @Delete(':template')
  @Endpoint({
    id: 'deletePolicyTemplate',
    summary: 'Removes a template that no tenant is of. Operators only',
    scope: 'tenants:write',
    reach: 'none',
    versioned: true,
  })
  delete(
    @CurrentWrite() write: ManagementWrite,
    @Param('template') name: string,
    @Headers('if-match') ifMatch?: string,
  ): Promise<WriteAnswer> {
    return this.policies.delete(write, name, ifMatch);
  }
}
