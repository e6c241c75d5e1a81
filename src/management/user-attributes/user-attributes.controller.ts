import { Body, Controller, Delete, Get, Headers, Param, Patch, Post, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { TenantEntity } from '../../tenants/tenant.entity.js';
import { Endpoint } from '../kit/endpoint.decorator.js';
import { ManagementController } from '../kit/management-controller.decorator.js';
import type { ManagementWrite } from '../kit/management-write.js';
import { CurrentWrite, TargetTenantEntity } from '../kit/management.guard.js';
import { type Page, PageQuery } from '../kit/paging.js';
import type { View } from '../kit/view.js';
import { withEtag } from '../kit/with-etag.js';
import type { WriteAnswer } from '../kit/write-answer.js';
import { UserAttributeManagement } from './user-attribute-management.js';
import { userAttributeView } from './user-attribute.view.js';
import { CreateUserAttributeDto, UpdateUserAttributeDto } from './user-attributes.dto.js';

@ManagementController('User attributes')
@Controller('api/v1/tenants/:tenant/user-attributes')
export class UserAttributesController {
  constructor(private readonly attributes: UserAttributeManagement) {}

  @Get()
  @Endpoint({
    id: 'listUserAttributes',
    summary: 'The attributes of users that the tenant defined, in its order',
    scope: 'tenants:read',
    reach: 'none',
    query: PageQuery,
    answer: 'UserAttributePage',
  })
  list(@TargetTenantEntity() tenant: TenantEntity, @Query() query: PageQuery): Page<View> {
    return this.attributes.list(tenant, query);
  }

  @Post()
  @Endpoint({
    id: 'createUserAttribute',
    summary: 'Defines an attribute, and how applications get it. Its version is that of the tenant',
    scope: 'tenants:write',
    reach: 'none',
    body: CreateUserAttributeDto,
    answer: 'UserAttribute',
    creates: true,
    versioned: true,
  })
  create(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenantEntity() tenant: TenantEntity,
    @Body() body: CreateUserAttributeDto,
  ): Promise<WriteAnswer> {
    return this.attributes.create(write, tenant, body);
  }

  @Get(':attribute')
  @Endpoint({
    id: 'getUserAttribute',
    summary: 'One attribute. Its version is that of the tenant',
    scope: 'tenants:read',
    reach: 'none',
    answer: 'UserAttribute',
    versioned: true,
  })
  get(
    @TargetTenantEntity() tenant: TenantEntity,
    @Param('attribute') name: string,
    @Res({ passthrough: true }) response: Response,
  ): View {
    return withEtag(response, tenant.version, userAttributeView(this.attributes.get(tenant, name)));
  }

  @Patch(':attribute')
  @Endpoint({
    id: 'updateUserAttribute',
    summary: 'Changes members by JSON Merge Patch; name and type stay',
    scope: 'tenants:write',
    reach: 'none',
    body: UpdateUserAttributeDto,
    answer: 'UserAttribute',
    versioned: true,
  })
  update(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenantEntity() tenant: TenantEntity,
    @Param('attribute') name: string,
    @Body() body: UpdateUserAttributeDto,
    @Headers('if-match') ifMatch?: string,
  ): Promise<WriteAnswer> {
    return this.attributes.update(write, tenant, { name, body, ifMatch });
  }

  @Delete(':attribute')
  @Endpoint({
    id: 'deleteUserAttribute',
    summary: 'Removes an attribute. Its values are shown and released no longer, and never come back',
    scope: 'tenants:write',
    reach: 'people',
    versioned: true,
  })
  delete(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenantEntity() tenant: TenantEntity,
    @Param('attribute') name: string,
    @Headers('if-match') ifMatch?: string,
  ): Promise<WriteAnswer> {
    return this.attributes.delete(write, tenant, name, ifMatch);
  }
}
