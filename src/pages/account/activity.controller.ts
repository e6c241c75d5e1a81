import { Get, Req, Res } from '@nestjs/common';
import type { Response } from 'express';
import { CurrentTenant } from '../../tenants/tenant.guard.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { PageRequest } from '../browser/current-browser.js';
import { PageController } from '../page.decorators.js';
import { QueryText } from '../query-text.js';
import { ActivityFlow } from './activity.flow.js';

@PageController('account/activity')
export class ActivityController {
  constructor(private readonly flow: ActivityFlow) {}

  @Get()
  show(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @QueryText('after') after?: string,
  ): Promise<void> {
    return this.flow.show(request, response, tenant, after);
  }
}
