import { Get, Req, Res } from '@nestjs/common';
import type { Response } from 'express';
import { CurrentTenant } from '../../tenants/tenant.guard.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { PageRequest } from '../browser/current-browser.js';
import { PageController } from '../page.decorators.js';
import { AccountFlow } from './account.flow.js';

@PageController('account')
export class AccountController {
  constructor(private readonly flow: AccountFlow) {}

  /** What needs attention, and what there is. */
  @Get()
  show(@Req() request: PageRequest, @Res() response: Response, @CurrentTenant() tenant: Tenant): Promise<void> {
    return this.flow.showOverview(request, response, tenant);
  }

  /** How the person proves who they are. */
  @Get('security')
  showSecurity(@Req() request: PageRequest, @Res() response: Response, @CurrentTenant() tenant: Tenant): Promise<void> {
    return this.flow.showSecurity(request, response, tenant);
  }
}
