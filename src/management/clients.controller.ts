import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Patch, Post, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiParam } from '@nestjs/swagger';
import type { Response } from 'express';
import type { Tenant } from '../tenants/tenant.js';
import { ClientManagement } from './client-management.js';
import { CreateClientDto, UpdateClientDto } from './clients.dto.js';
import { created } from './created.js';
import { ManagementController } from './management-controller.decorator.js';
import { CurrentCaller, RequireScope, TargetTenant } from './management.guard.js';
import { type Page, PageQuery } from './page.js';
import type { Caller } from './principal.js';
import { type ClientSecretView, type ClientView, clientSecretView, clientView } from './views.js';
import { withEtag } from './with-etag.js';

@ManagementController('Clients')
@ApiParam({ name: 'tenant', description: 'Id or slug' })
@Controller('api/v1/tenants/:tenant/clients')
export class ClientsController {
  constructor(private readonly clients: ClientManagement) {}

  @Get()
  @RequireScope('clients:read')
  list(@TargetTenant() tenant: Tenant, @Query() query: PageQuery): Promise<Page<ClientView>> {
    return this.clients.list(tenant, query);
  }

  @Post()
  @RequireScope('clients:write')
  @ApiOperation({ summary: 'Registers a client. Its secret is in this answer only' })
  async create(
    @CurrentCaller() caller: Caller,
    @TargetTenant() tenant: Tenant,
    @Body() body: CreateClientDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ClientView> {
    const { entity, secrets, secret } = await this.clients.create(caller, tenant, body);
    return created(response, { id: entity.clientId, version: entity.version }, clientView(entity, secrets, secret));
  }

  @Get(':client_id')
  @RequireScope('clients:read')
  async get(
    @TargetTenant() tenant: Tenant,
    @Param('client_id') clientId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ClientView> {
    const { entity, secrets } = await this.clients.get(tenant, clientId);
    return withEtag(response, entity.version, clientView(entity, secrets));
  }

  @Patch(':client_id')
  @RequireScope('clients:write')
  @ApiOperation({ summary: 'Changes members by JSON Merge Patch' })
  async update(
    @CurrentCaller() caller: Caller,
    @TargetTenant() tenant: Tenant,
    @Param('client_id') clientId: string,
    @Body() body: UpdateClientDto,
    @Res({ passthrough: true }) response: Response,
    @Headers('if-match') ifMatch?: string,
  ): Promise<ClientView> {
    const { entity, secrets } = await this.clients.update(caller, tenant, { clientId, body, ifMatch });
    return withEtag(response, entity.version, clientView(entity, secrets));
  }

  @Delete(':client_id')
  @HttpCode(204)
  @RequireScope('clients:write')
  @ApiOperation({ summary: 'Removes the client; its tokens end with it' })
  delete(
    @CurrentCaller() caller: Caller,
    @TargetTenant() tenant: Tenant,
    @Param('client_id') clientId: string,
    @Headers('if-match') ifMatch?: string,
  ): Promise<void> {
    return this.clients.delete(caller, tenant, clientId, ifMatch);
  }

  @Post(':client_id/secrets')
  @RequireScope('clients:write')
  @ApiOperation({ summary: 'Adds a second secret, to change over without an outage. It is in this answer only' })
  async addSecret(
    @CurrentCaller() caller: Caller,
    @TargetTenant() tenant: Tenant,
    @Param('client_id') clientId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ClientSecretView> {
    const added = await this.clients.addSecret(caller, tenant, clientId);
    return created(response, added, clientSecretView(added));
  }

  @Delete(':client_id/secrets/:secret_id')
  @HttpCode(204)
  @RequireScope('clients:write')
  deleteSecret(
    @CurrentCaller() caller: Caller,
    @TargetTenant() tenant: Tenant,
    @Param('client_id') clientId: string,
    @Param('secret_id') secretId: string,
  ): Promise<void> {
    return this.clients.deleteSecret(caller, tenant, clientId, secretId);
  }
}
