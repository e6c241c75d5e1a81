import { Get, Param, Req, Res } from '@nestjs/common';
import type { Response } from 'express';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { Params } from '../../protocol/oauth-request.js';
import { CurrentTenant } from '../../tenants/tenant.guard.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { PageRequest } from '../browser/current-browser.js';
import { PageController, PostForm } from '../page.decorators.js';
import { ClientFormFlow } from './client-form.flow.js';
import { OwnClientFlow } from './own-client.flow.js';

/** One client that a person owns: how it stands, changing it, handing it in, and deleting it. */
@PageController('account/clients/:client')
export class OwnClientController {
  constructor(
    private readonly client: OwnClientFlow,
    private readonly form: ClientFormFlow,
  ) {}

  @Get()
  show(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Param('client') id: string,
  ): Promise<void> {
    return this.client.show(request, response, tenant, id);
  }

  @Get('edit')
  showForm(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Param('client') id: string,
  ): Promise<void> {
    return this.form.show(request, response, tenant, id);
  }

  @PostForm('account/clients', 'edit')
  change(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Param('client') id: string,
    @Params() params: OAuthParameters,
  ): Promise<void> {
    return this.form.change(request, response, tenant, id, params);
  }

  @PostForm('account/clients', 'submit')
  submit(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Param('client') id: string,
  ): Promise<void> {
    return this.client.submit(request, response, tenant, id);
  }

  @PostForm('account/clients', 'withdraw')
  withdraw(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Param('client') id: string,
  ): Promise<void> {
    return this.client.withdraw(request, response, tenant, id);
  }

  @Get('delete')
  askDelete(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Param('client') id: string,
  ): Promise<void> {
    return this.client.askDelete(request, response, tenant, id);
  }

  @PostForm('account/clients', 'delete')
  delete(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Param('client') id: string,
  ): Promise<void> {
    return this.client.delete(request, response, tenant, id);
  }
}
