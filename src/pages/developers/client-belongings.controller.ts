import { Get, Param, Req, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { Params } from '../../protocol/oauth-request.js';
import { CurrentTenant } from '../../tenants/tenant.guard.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { PageRequest } from '../browser/current-browser.js';
import { PageController, PostForm } from '../page.decorators.js';
import { QueryText } from '../query-text.js';
import { ClientHelpFlow } from './client-help.flow.js';
import { ClientOwnersFlow } from './client-owners.flow.js';
import { ClientSecretsFlow } from './client-secrets.flow.js';

/** What belongs to a client that a person owns: secrets, owners, and help with connecting it. */
@PageController('account/clients/:client')
export class ClientBelongingsController {
  constructor(
    private readonly secrets: ClientSecretsFlow,
    private readonly owners: ClientOwnersFlow,
    private readonly help: ClientHelpFlow,
  ) {}

  @Get('secrets')
  showSecrets(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Param('client') id: string,
  ): Promise<void> {
    return this.secrets.show(request, response, tenant, id);
  }

  /** The answer has the secret, this once. */
  @PostForm('account/clients', 'secrets')
  addSecret(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Param('client') id: string,
  ): Promise<void> {
    return this.secrets.add(request, response, tenant, id);
  }

  @PostForm('account/clients', 'end-secret')
  endSecret(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Param('client') id: string,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.secrets.end(request, response, tenant, id, params.find('secret'));
  }

  @Get('owners')
  showOwners(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Param('client') id: string,
  ): Promise<void> {
    return this.owners.show(request, response, tenant, id);
  }

  @PostForm('account/clients', 'owners')
  askOwner(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Param('client') id: string,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.owners.ask(request, response, tenant, id, params);
  }

  @PostForm('account/clients', 'ask-no-longer')
  askNoLonger(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Param('client') id: string,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.owners.withdraw(request, response, tenant, id, params.find('invitation'));
  }

  @PostForm('account/clients', 'remove-owner')
  removeOwner(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Param('client') id: string,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.owners.remove(request, response, tenant, id, params.find('owner'));
  }

  @Get('redirects')
  testRedirect(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Param('client') id: string,
    @QueryText('redirect_uri') given?: string,
  ): Promise<void> {
    return this.help.testRedirect(request, response, tenant, id, given);
  }

  @Get('snippets')
  showSnippet(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Param('client') id: string,
    @QueryText('library') library?: string,
  ): Promise<void> {
    return this.help.showSnippet(request, response, tenant, id, library);
  }
}
