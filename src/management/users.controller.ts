import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiParam } from '@nestjs/swagger';
import type { Response } from 'express';
import type { Tenant } from '../tenants/tenant.js';
import { created } from './created.js';
import { ManagementController } from './management-controller.decorator.js';
import { CurrentCaller, RequireScope, TargetTenant } from './management.guard.js';
import type { Page } from './page.js';
import type { Caller } from './principal.js';
import { UserManagement } from './user-management.js';
import { CreateUserDto, ListUsersQuery, UpdateUserDto } from './users.dto.js';
import { type UserView, userView } from './views.js';
import { withEtag } from './with-etag.js';

@ManagementController('Users')
@ApiParam({ name: 'tenant', description: 'Id or slug' })
@Controller('api/v1/tenants/:tenant/users')
export class UsersController {
  constructor(private readonly users: UserManagement) {}

  @Get()
  @RequireScope('users:read')
  list(@TargetTenant() tenant: Tenant, @Query() query: ListUsersQuery): Promise<Page<UserView>> {
    return this.users.list(tenant, query);
  }

  @Post()
  @RequireScope('users:write')
  async create(
    @CurrentCaller() caller: Caller,
    @TargetTenant() tenant: Tenant,
    @Body() body: CreateUserDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<UserView> {
    const user = await this.users.create(caller, tenant, body);
    return created(response, user, userView(user));
  }

  @Get(':user_id')
  @RequireScope('users:read')
  async get(
    @TargetTenant() tenant: Tenant,
    @Param('user_id') id: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<UserView> {
    const user = await this.users.get(tenant, id);
    return withEtag(response, user.version, userView(user));
  }

  @Patch(':user_id')
  @RequireScope('users:write')
  @ApiOperation({ summary: 'Changes members by JSON Merge Patch. A new password ends every session and grant' })
  async update(
    @CurrentCaller() caller: Caller,
    @TargetTenant() tenant: Tenant,
    @Param('user_id') id: string,
    @Body() body: UpdateUserDto,
    @Res({ passthrough: true }) response: Response,
    @Headers('if-match') ifMatch?: string,
  ): Promise<UserView> {
    const user = await this.users.update(caller, tenant, { id, body, ifMatch });
    return withEtag(response, user.version, userView(user));
  }

  @Delete(':user_id')
  @HttpCode(204)
  @RequireScope('users:write')
  delete(
    @CurrentCaller() caller: Caller,
    @TargetTenant() tenant: Tenant,
    @Param('user_id') id: string,
    @Headers('if-match') ifMatch?: string,
  ): Promise<void> {
    return this.users.delete(caller, tenant, id, ifMatch);
  }
}
