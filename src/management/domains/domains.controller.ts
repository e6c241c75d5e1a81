import { Body, Controller, Delete, Get, Headers, Param, Patch, Post, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { Tenant } from '../../tenants/tenant.js';
import { Endpoint } from '../kit/endpoint.decorator.js';
import { ManagementController } from '../kit/management-controller.decorator.js';
import type { ManagementWrite } from '../kit/management-write.js';
import { CurrentWrite, TargetTenant } from '../kit/management.guard.js';
import { type Page, PageQuery } from '../kit/paging.js';
import type { View } from '../kit/view.js';
import { withEtag } from '../kit/with-etag.js';
import type { WriteAnswer } from '../kit/write-answer.js';
import { DomainManagement } from './domain-management.js';
import { CreateDomainDto, UpdateDomainDto } from './domains.dto.js';

@ManagementController('Domains')
@Controller('api/v1/tenants/:tenant/domains')
export class DomainsController {
  constructor(private readonly domains: DomainManagement) {}

  @Get()
  @Endpoint({
    id: 'listDomains',
    summary: 'The domains of a tenant, by name',
    scope: 'tenants:read',
    reach: 'none',
    query: PageQuery,
    answer: 'DomainPage',
  })
  list(@TargetTenant() tenant: Tenant, @Query() query: PageQuery): Promise<Page<View>> {
    return this.domains.list(tenant, query);
  }

  @Post()
  @Endpoint({
    id: 'createDomain',
    summary: 'Claims a domain. The answer says how to prove that you hold it',
    scope: 'tenants:write',
    reach: 'none',
    body: CreateDomainDto,
    answer: 'Domain',
    creates: true,
    versioned: true,
  })
  create(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Body() body: CreateDomainDto,
  ): Promise<WriteAnswer> {
    return this.domains.create(write, tenant, body);
  }

  @Get(':domain')
  @Endpoint({
    id: 'getDomain',
    summary: 'One domain',
    scope: 'tenants:read',
    reach: 'none',
    answer: 'Domain',
    versioned: true,
  })
  async get(
    @TargetTenant() tenant: Tenant,
    @Param('domain') name: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<View> {
    const domain = await this.domains.get(tenant, name);
    return withEtag(response, domain.version, this.domains.view(domain));
  }

  @Post(':domain/verify')
  @Endpoint({
    id: 'verifyDomain',
    summary: 'Looks for the proof now, of a verified domain too. `last_check` of the answer says what was found',
    scope: 'tenants:write',
    reach: 'none',
    answer: 'Domain',
    versioned: true,
  })
  verify(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('domain') name: string,
  ): Promise<WriteAnswer> {
    return this.domains.verify(write, tenant, name);
  }

  @Patch(':domain')
  @Endpoint({
    id: 'updateDomain',
    summary: 'Makes a verified domain the primary address, or no longer',
    scope: 'tenants:write',
    reach: 'none',
    body: UpdateDomainDto,
    answer: 'Domain',
    versioned: true,
  })
  update(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('domain') name: string,
    @Body() body: UpdateDomainDto,
    @Headers('if-match') ifMatch?: string,
  ): Promise<WriteAnswer> {
    return this.domains.update(write, tenant, { name, body, ifMatch });
  }

  @Delete(':domain')
  @Endpoint({
    id: 'deleteDomain',
    summary: 'Removes a domain. It answers no longer, what it issued counts no longer, and others may claim it',
    scope: 'tenants:write',
    reach: 'none',
    versioned: true,
  })
  delete(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('domain') name: string,
    @Headers('if-match') ifMatch?: string,
  ): Promise<WriteAnswer> {
    return this.domains.delete(write, tenant, name, ifMatch);
  }
}
