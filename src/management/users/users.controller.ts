import { Body, Controller, Delete, Get, Headers, Param, Patch, Post, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { Tenant } from '../../tenants/tenant.js';
import { ManagementController } from '../kit/management-controller.decorator.js';
import { CurrentWrite, TargetTenant } from '../kit/management.guard.js';
import { Endpoint } from '../kit/endpoint.decorator.js';
import type { Page } from '../kit/paging.js';
import type { ManagementWrite } from '../kit/management-write.js';
import type { WriteAnswer } from '../kit/write-answer.js';
import { BulkUsersDto } from './bulk-users.dto.js';
import { UserBulk } from './user-bulk.js';
import { UserManagement } from './user-management.js';
import { CreateUserDto, ListUsersQuery, UpdateUserDto } from './users.dto.js';
import { withEtag } from '../kit/with-etag.js';
import { userView } from './user.view.js';
import type { View } from '../kit/view.js';

@ManagementController('Users')
@Controller('api/v1/tenants/:tenant/users')
export class UsersController {
  constructor(
    private readonly users: UserManagement,
    private readonly bulkWrites: UserBulk,
  ) {}

  @Get()
  @Endpoint({
    id: 'listUsers',
    summary: 'The users, oldest first unless `search` or `sort` says otherwise',
    scope: 'users:read',
    reach: 'people',
    query: ListUsersQuery,
    answer: 'UserPage',
  })
  list(@TargetTenant() tenant: Tenant, @Query() query: ListUsersQuery): Promise<Page<View>> {
    return this.users.list(tenant, query);
  }

  @Post()
  @Endpoint({
    id: 'createUser',
    summary: 'Makes an account',
    scope: 'users:write',
    reach: 'people',
    body: CreateUserDto,
    answer: 'User',
    creates: true,
    versioned: true,
  })
  create(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Body() body: CreateUserDto,
  ): Promise<WriteAnswer> {
    return this.users.create(write, tenant, body);
  }

  @Post('bulk')
  @Endpoint({
    id: 'bulkUsers',
    summary: 'Up to 100 changes of users, each with a result of its own',
    scope: 'users:write',
    reach: 'people',
    body: BulkUsersDto,
    answer: 'BulkUserResults',
  })
  bulk(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Body() body: BulkUsersDto,
  ): Promise<WriteAnswer> {
    return this.bulkWrites.perform(write, tenant, body);
  }

  @Get(':user_id')
  @Endpoint({
    id: 'getUser',
    summary: 'One user',
    scope: 'users:read',
    reach: 'people',
    answer: 'User',
    versioned: true,
  })
  async get(
    @TargetTenant() tenant: Tenant,
    @Param('user_id') id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<View> {
    const user = await this.users.get(tenant, id);
    return withEtag(response, user.version, userView(user, tenant.userAttributes));
  }

  @Patch(':user_id')
  @Endpoint({
    id: 'updateUser',
    summary: 'Changes members by JSON Merge Patch. A new password ends every session and grant',
    scope: 'users:write',
    reach: 'people',
    body: UpdateUserDto,
    answer: 'User',
    versioned: true,
  })
  update(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('user_id') id: string,
    @Body() body: UpdateUserDto,
    @Headers('if-match') ifMatch?: string,
  ): Promise<WriteAnswer> {
    return this.users.update(write, tenant, { id, body, ifMatch });
  }

  @Post(':user_id/set-password-mail')
  @Endpoint({
    id: 'mailSetPassword',
    summary: 'Mails a link with which the person sets a password; links sent before do not work any more',
    scope: 'users:write',
    reach: 'people',
    narrowerScope: 'users:recover',
    answer: 'User',
    versioned: true,
  })
  mailSetPassword(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('user_id') id: string,
    @Headers('if-match') ifMatch?: string,
  ): Promise<WriteAnswer> {
    return this.users.mailSetPassword(write, tenant, id, ifMatch);
  }

  @Delete(':user_id')
  @Endpoint({
    id: 'deleteUser',
    summary: 'Removes the account with its sessions, consents and tokens',
    scope: 'users:write',
    reach: 'people',
    versioned: true,
  })
  delete(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('user_id') id: string,
    @Headers('if-match') ifMatch?: string,
  ): Promise<WriteAnswer> {
    return this.users.delete(write, tenant, id, ifMatch);
  }

  @Delete(':user_id/scheduled-deletion')
  @Endpoint({
    id: 'withdrawUserDeletion',
    summary: 'Keeps the account of a person who asked for its deletion',
    scope: 'users:write',
    reach: 'people',
    narrowerScope: 'users:recover',
  })
  withdrawDeletion(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('user_id') id: string,
  ): Promise<WriteAnswer> {
    return this.users.withdrawDeletion(write, tenant, id);
  }
}
