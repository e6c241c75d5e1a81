import { Body, Controller, Delete, Get, Headers, Param, Patch, Post, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { Tenant } from '../../tenants/tenant.js';
import { BulkClientsDto } from './bulk-clients.dto.js';
import { ClientBulk } from './client-bulk.js';
import { ClientManagement } from './client-management.js';
import { CreateClientDto, ListClientsQuery, UpdateClientDto } from './clients.dto.js';
import { ManagementController } from '../kit/management-controller.decorator.js';
import { CurrentWrite, TargetTenant } from '../kit/management.guard.js';
import { Endpoint } from '../kit/endpoint.decorator.js';
import type { Page } from '../kit/paging.js';
import type { ManagementWrite } from '../kit/management-write.js';
import type { WriteAnswer } from '../kit/write-answer.js';
import { withEtag } from '../kit/with-etag.js';
import type { View } from '../kit/view.js';

@ManagementController('Clients')
@Controller('api/v1/tenants/:tenant/clients')
export class ClientsController {
  constructor(
    private readonly clients: ClientManagement,
    private readonly bulkWrites: ClientBulk,
  ) {}

  @Get()
  @Endpoint({
    id: 'listClients',
    summary: 'The clients, in order of their identifiers unless `search` or `sort` says otherwise',
    scope: 'clients:read',
    reach: 'none',
    query: ListClientsQuery,
    answer: 'ClientPage',
  })
  list(@TargetTenant() tenant: Tenant, @Query() query: ListClientsQuery): Promise<Page<View>> {
    return this.clients.list(tenant, query);
  }

  @Post()
  @Endpoint({
    id: 'createClient',
    summary: 'Registers a client. Its secret is in this answer only',
    scope: 'clients:write',
    reach: 'secrets',
    body: CreateClientDto,
    answer: 'CreatedClient',
    creates: true,
    versioned: true,
  })
  create(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Body() body: CreateClientDto,
  ): Promise<WriteAnswer> {
    return this.clients.create(write, tenant, body);
  }

  @Post('bulk')
  @Endpoint({
    id: 'bulkClients',
    summary: 'Up to 100 changes of clients, each with a result of its own',
    scope: 'clients:write',
    reach: 'secrets',
    body: BulkClientsDto,
    answer: 'BulkClientResults',
  })
  bulk(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Body() body: BulkClientsDto,
  ): Promise<WriteAnswer> {
    return this.bulkWrites.perform(write, tenant, body);
  }

  @Get(':client_id')
  @Endpoint({
    id: 'getClient',
    summary: 'One client',
    scope: 'clients:read',
    reach: 'none',
    answer: 'Client',
    versioned: true,
  })
  async get(
    @TargetTenant() tenant: Tenant,
    @Param('client_id') clientId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<View> {
    const { entity, secrets } = await this.clients.get(tenant, clientId);
    return withEtag(response, entity.version, this.clients.view(tenant, entity, { secrets }));
  }

  @Patch(':client_id')
  @Endpoint({
    id: 'updateClient',
    summary: 'Changes members by JSON Merge Patch',
    scope: 'clients:write',
    reach: 'secrets',
    body: UpdateClientDto,
    answer: 'Client',
    versioned: true,
  })
  update(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('client_id') clientId: string,
    @Body() body: UpdateClientDto,
    @Headers('if-match') ifMatch?: string,
  ): Promise<WriteAnswer> {
    return this.clients.update(write, tenant, { clientId, body, ifMatch });
  }

  @Delete(':client_id')
  @Endpoint({
    id: 'deleteClient',
    summary: 'Removes the client; its tokens end with it',
    scope: 'clients:write',
    reach: 'secrets',
    versioned: true,
  })
  delete(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('client_id') clientId: string,
    @Headers('if-match') ifMatch?: string,
  ): Promise<WriteAnswer> {
    return this.clients.delete(write, tenant, clientId, ifMatch);
  }

  @Post(':client_id/secrets')
  @Endpoint({
    id: 'createClientSecret',
    summary: 'Adds a second secret, to change over without an outage. It is in this answer only',
    scope: 'clients:write',
    reach: 'secrets',
    answer: 'CreatedClientSecret',
    creates: true,
  })
  addSecret(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('client_id') clientId: string,
  ): Promise<WriteAnswer> {
    return this.clients.addSecret(write, tenant, clientId);
  }

  @Delete(':client_id/secrets/:secret_id')
  @Endpoint({
    id: 'deleteClientSecret',
    summary: 'Ends one of the client’s secrets',
    scope: 'clients:write',
    reach: 'secrets',
  })
  deleteSecret(
    @CurrentWrite() write: ManagementWrite,
    @TargetTenant() tenant: Tenant,
    @Param('client_id') clientId: string,
    @Param('secret_id') secretId: string,
  ): Promise<WriteAnswer> {
    return this.clients.deleteSecret(write, tenant, clientId, secretId);
  }
}
