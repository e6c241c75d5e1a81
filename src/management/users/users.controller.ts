import { Body, Controller, Delete, Get, Headers, Param, Patch, Post, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { Tenant } from '../../tenants/tenant.js';
import { created } from '../kit/created.js';
import { ManagementController } from '../kit/management-controller.decorator.js';
import { CurrentCaller, TargetTenant } from '../kit/management.guard.js';
import { Endpoint } from '../kit/endpoint.decorator.js';
import type { Page } from '../kit/paging.js';
import type { Caller } from '../kit/principal.js';
import { UserManagement } from './user-management.js';
import { CreateUserDto, ListUsersQuery, UpdateUserDto } from './users.dto.js';
import { withEtag } from '../kit/with-etag.js';
import { userView } from './user.view.js';
import type { View } from '../kit/view.js';

@ManagementController('Users')
@Controller('api/v1/tenants/:tenant/users')
export class UsersController {
  constructor(private readonly users: UserManagement) {}

  @Get()
  @Endpoint({
    id: 'listUsers',
    summary: 'The users, oldest first',
    scope: 'users:read',
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
    body: CreateUserDto,
    answer: 'User',
    creates: true,
    versioned: true,
  })
  async create(
    @CurrentCaller() caller: Caller,
    @TargetTenant() tenant: Tenant,
    @Body() body: CreateUserDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<View> {
    const user = await this.users.create(caller, tenant, body);
    return created(response, user, userView(user));
  }

  @Get(':user_id')
  @Endpoint({ id: 'getUser', summary: 'One user', scope: 'users:read', answer: 'User', versioned: true })
  async get(
    @TargetTenant() tenant: Tenant,
    @Param('user_id') id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<View> {
    const user = await this.users.get(tenant, id);
    return withEtag(response, user.version, userView(user));
  }

  @Patch(':user_id')
  @Endpoint({
    id: 'updateUser',
    summary: 'Changes members by JSON Merge Patch. A new password ends every session and grant',
    scope: 'users:write',
    body: UpdateUserDto,
    answer: 'User',
    versioned: true,
  })
  async update(
    @CurrentCaller() caller: Caller,
    @TargetTenant() tenant: Tenant,
    @Param('user_id') id: string,
    @Body() body: UpdateUserDto,
    @Res({ passthrough: true }) response: Response,
    @Headers('if-match') ifMatch?: string,
  ): Promise<View> {
    const user = await this.users.update(caller, tenant, { id, body, ifMatch });
    return withEtag(response, user.version, userView(user));
  }

  @Delete(':user_id')
  @Endpoint({
    id: 'deleteUser',
    summary: 'Removes the account with its sessions, consents and tokens',
    scope: 'users:write',
    versioned: true,
  })
  delete(
    @CurrentCaller() caller: Caller,
    @TargetTenant() tenant: Tenant,
    @Param('user_id') id: string,
    @Headers('if-match') ifMatch?: string,
  ): Promise<void> {
    return this.users.delete(caller, tenant, id, ifMatch);
  }
}
