import { Get, Param, Req, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { Params } from '../../protocol/oauth-request.js';
import { CurrentTenant } from '../../tenants/tenant.guard.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { PageRequest } from '../browser/current-browser.js';
import { redirect } from '../outcome-responder.js';
import { PageController, PostForm } from '../page.decorators.js';
import { pathOf } from '../page-responder.js';
import { QueryText } from '../query-text.js';
import { ClientFormFlow } from './client-form.flow.js';
import { CLIENTS } from './developer-pages.js';
import { OwnClientsFlow } from './own-clients.flow.js';

/** The clients that a person registers: the list, a new one, and what others ask. */
@PageController('account')
export class DeveloperController {
  constructor(
    private readonly clients: OwnClientsFlow,
    private readonly form: ClientFormFlow,
  ) {}

  @Get('clients')
  show(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @QueryText('after') after?: string,
  ): Promise<void> {
    return this.clients.show(request, response, tenant, after);
  }

  @Get('clients/new')
  showNew(@Req() request: PageRequest, @Res() response: Response, @CurrentTenant() tenant: Tenant): Promise<void> {
    return this.form.showNew(request, response, tenant);
  }

  @PostForm('account/clients', 'clients/new')
  create(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.form.create(request, response, tenant, params);
  }

  @PostForm('account/clients', 'accept-client')
  accept(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.clients.accept(request, response, tenant, params.find('invitation') ?? '');
  }

  @PostForm('account/clients', 'decline-client')
  decline(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.clients.decline(request, response, tenant, params.find('invitation') ?? '');
  }

  /** These have no page of their own. */
  @Get(['accept-client', 'decline-client'])
  toClients(@Res() response: Response, @CurrentTenant() tenant: Tenant): void {
    redirect(response, pathOf(tenant, CLIENTS));
  }

  /** Those of one client lead to its page, which says whether there is one. */
  @Get([
    'clients/:client/submit',
    'clients/:client/withdraw',
    'clients/:client/end-secret',
    'clients/:client/ask-no-longer',
    'clients/:client/remove-owner',
  ])
  toClient(@Res() response: Response, @CurrentTenant() tenant: Tenant, @Param('client') id: string): void {
    redirect(response, pathOf(tenant, `${CLIENTS}/${encodeURIComponent(id)}`));
  }
}
