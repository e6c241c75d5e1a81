import { Body, Controller, Delete, Get, Headers, Param, Patch, Post, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { Tenant } from '../../tenants/tenant.js';
import { ClientManagement } from './client-management.js';
import { CreateClientDto, UpdateClientDto } from './clients.dto.js';
import { created } from '../kit/created.js';
import { ManagementController } from '../kit/management-controller.decorator.js';
import { CurrentCaller, TargetTenant } from '../kit/management.guard.js';
import { Endpoint } from '../openapi/endpoint.decorator.js';
import { type Page, PageQuery } from '../kit/paging.js';
import type { Caller } from '../kit/principal.js';
import { type ClientSecretView, type ClientView, clientSecretView } from '../views.js';
import { withEtag } from '../kit/with-etag.js';

@ManagementController('Clients')
@Controller('api/v1/tenants/:tenant/clients')
export class ClientsController {
  constructor(private readonly clients: ClientManagement) {}

  @Get()
  @Endpoint({
    id: 'listClients',
    summary: 'The clients, in order of their identifiers',
    scope: 'clients:read',
    query: PageQuery,
    answer: 'ClientPage',
  })
  list(@TargetTenant() tenant: Tenant, @Query() query: PageQuery): Promise<Page<ClientView>> {
    return this.clients.list(tenant, query);
  }

  @Post()
  @Endpoint({
    id: 'createClient',
    summary: 'Registers a client. Its secret is in this answer only',
    scope: 'clients:write',
    body: CreateClientDto,
    answer: 'CreatedClient',
    creates: true,
    versioned: true,
  })
  async create(
    @CurrentCaller() caller: Caller,
    @TargetTenant() tenant: Tenant,
    @Body() body: CreateClientDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ClientView> {
    const { entity, secrets, secret } = await this.clients.create(caller, tenant, body);
    return created(
      response,
      { id: entity.clientId, version: entity.version },
      this.clients.view(entity, { secrets, secret }),
    );
  }

  @Get(':client_id')
  @Endpoint({ id: 'getClient', summary: 'One client', scope: 'clients:read', answer: 'Client', versioned: true })
  async get(
    @TargetTenant() tenant: Tenant,
    @Param('client_id') clientId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<ClientView> {
    const { entity, secrets } = await this.clients.get(tenant, clientId);
    return withEtag(response, entity.version, this.clients.view(entity, { secrets }));
  }

  @Patch(':client_id')
  @Endpoint({
    id: 'updateClient',
    summary: 'Changes members by JSON Merge Patch',
    scope: 'clients:write',
    body: UpdateClientDto,
    answer: 'Client',
    versioned: true,
  })
  async update(
    @CurrentCaller() caller: Caller,
    @TargetTenant() tenant: Tenant,
    @Param('client_id') clientId: string,
    @Body() body: UpdateClientDto,
    @Res({ passthrough: true }) response: Response,
    @Headers('if-match') ifMatch?: string,
  ): Promise<ClientView> {
    const { entity, secrets } = await this.clients.update(caller, tenant, { clientId, body, ifMatch });
    return withEtag(response, entity.version, this.clients.view(entity, { secrets }));
  }

  @Delete(':client_id')
  @Endpoint({
    id: 'deleteClient',
    summary: 'Removes the client; its tokens end with it',
    scope: 'clients:write',
    versioned: true,
  })
  delete(
    @CurrentCaller() caller: Caller,
    @TargetTenant() tenant: Tenant,
    @Param('client_id') clientId: string,
    @Headers('if-match') ifMatch?: string,
  ): Promise<void> {
    return this.clients.delete(caller, tenant, clientId, ifMatch);
  }

  @Post(':client_id/secrets')
  @Endpoint({
    id: 'createClientSecret',
    summary: 'Adds a second secret, to change over without an outage. It is in this answer only',
    scope: 'clients:write',
    answer: 'CreatedClientSecret',
    creates: true,
  })
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
  @Endpoint({ id: 'deleteClientSecret', summary: 'Ends one of the client’s secrets', scope: 'clients:write' })
  deleteSecret(
    @CurrentCaller() caller: Caller,
    @TargetTenant() tenant: Tenant,
    @Param('client_id') clientId: string,
    @Param('secret_id') secretId: string,
  ): Promise<void> {
    return this.clients.deleteSecret(caller, tenant, clientId, secretId);
  }
}
