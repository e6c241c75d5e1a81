import { Get, Req, Res } from '@nestjs/common';
import type { Response } from 'express';
import { CurrentTenant } from '../../tenants/tenant.guard.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { PageRequest } from '../browser/current-browser.js';
import { PageController, PostForm } from '../page.decorators.js';
import { DataFlow } from './data.flow.js';

@PageController('account')
export class DataController {
  constructor(private readonly flow: DataFlow) {}

  @Get('data')
  show(@Req() request: PageRequest, @Res() response: Response, @CurrentTenant() tenant: Tenant): Promise<void> {
    return this.flow.show(request, response, tenant);
  }

  /** Everything that is held about the person, as a file. */
  @PostForm('account/data', 'download')
  download(@Req() request: PageRequest, @Res() response: Response, @CurrentTenant() tenant: Tenant): Promise<void> {
    return this.flow.download(request, response, tenant);
  }

  @Get('delete')
  ask(@Req() request: PageRequest, @Res() response: Response, @CurrentTenant() tenant: Tenant): Promise<void> {
    return this.flow.ask(request, response, tenant);
  }

  /** Schedules the deletion of the account. */
  @PostForm('account/delete', 'delete')
  delete(@Req() request: PageRequest, @Res() response: Response, @CurrentTenant() tenant: Tenant): Promise<void> {
    return this.flow.delete(request, response, tenant);
  }

  /** Withdraws it. */
  @PostForm('account/data', 'keep')
  keep(@Req() request: PageRequest, @Res() response: Response, @CurrentTenant() tenant: Tenant): Promise<void> {
    return this.flow.keep(request, response, tenant);
  }
}
