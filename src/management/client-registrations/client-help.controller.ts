import { Controller, Get, Param, Query } from '@nestjs/common';
import type { Tenant } from '../../tenants/tenant.js';
import { Endpoint } from '../kit/endpoint.decorator.js';
import { ManagementController } from '../kit/management-controller.decorator.js';
import { TargetTenant } from '../kit/management.guard.js';
import type { View } from '../kit/view.js';
import { ClientHelp } from './client-help.js';
import { TestRedirectUriQuery } from './client-registrations.dto.js';

@ManagementController('Clients')
@Controller('api/v1/tenants/:tenant/clients/:client_id')
export class ClientHelpController {
  constructor(private readonly help: ClientHelp) {}

  @Get('redirect-test')
  @Endpoint({
    id: 'testClientRedirectUri',
    summary: 'Says how a redirect URI differs from those of the client',
    scope: 'clients:read',
    reach: 'none',
    query: TestRedirectUriQuery,
    answer: 'RedirectUriTest',
  })
  testRedirect(
    @TargetTenant() tenant: Tenant,
    @Param('client_id') clientId: string,
    @Query() { redirect_uri: given = '' }: TestRedirectUriQuery,
  ): Promise<View> {
    return this.help.testRedirect(tenant, clientId, given);
  }

  @Get('snippets')
  @Endpoint({
    id: 'listSnippets',
    summary: 'The libraries that there is code for, with the values of this client',
    scope: 'clients:read',
    reach: 'none',
    answer: 'SnippetList',
  })
  list(@TargetTenant() tenant: Tenant, @Param('client_id') clientId: string): Promise<View> {
    return this.help.list(tenant, clientId);
  }

  @Get('snippets/:library')
  @Endpoint({
    id: 'getSnippet',
    summary: 'Code for one of them, without a secret',
    scope: 'clients:read',
    reach: 'none',
    answer: 'Snippet',
  })
  get(
    @TargetTenant() tenant: Tenant,
    @Param('client_id') clientId: string,
    @Param('library') library: string,
  ): Promise<View> {
    return this.help.get(tenant, clientId, library);
  }
}
