import { Controller, Get, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import type { Response } from 'express';
import { CurrentTenant, TenantGuard } from '../tenants/tenant.guard.js';
import type { Tenant } from '../tenants/tenant.js';
import type { PageRequest } from './browser/current-browser.js';
import { PageErrorFilter } from './errors/page-error.filter.js';
import { redirect } from './outcome-responder.js';
import { pathOf } from './page-responder.js';

/**
 * The addresses that forms are sent to have no page of their own. Somebody who opens one, by a bookmark or by the address
 * line of a page that answered a form, is led to the page that has the form.
 */
@Controller()
@UseGuards(TenantGuard)
@UseFilters(PageErrorFilter)
export class FormAddressesController {
  @Get([
    'sign-in/continue',
    'sign-in/passkey',
    'sign-in/passkey/options',
    'consent/switch',
    'end-session/confirm',
    'forgot-password/code',
    'sign-up-code/resend',
    'sign-up-code/continue',
    'verify-address/send',
    'verify-address/continue',
  ])
  toPage(@Req() request: PageRequest, @Res() response: Response, @CurrentTenant() tenant: Tenant): void {
    const [, page = ''] = request.path.split('/');
    redirect(response, pathOf(tenant, `/${page}`));
  }

  @Get(['account/passkeys/options', 'account/passkeys/rename', 'account/passkeys/remove'])
  toPasskeys(@Res() response: Response, @CurrentTenant() tenant: Tenant): void {
    redirect(response, pathOf(tenant, '/account/passkeys'));
  }

  @Get('account/withdraw')
  toApplications(@Res() response: Response, @CurrentTenant() tenant: Tenant): void {
    redirect(response, pathOf(tenant, '/account/applications'));
  }

  @Get('account/email-code')
  toEmail(@Res() response: Response, @CurrentTenant() tenant: Tenant): void {
    redirect(response, pathOf(tenant, '/account/email'));
  }

  @Get(['account/download', 'account/keep'])
  toData(@Res() response: Response, @CurrentTenant() tenant: Tenant): void {
    redirect(response, pathOf(tenant, '/account/data'));
  }

  @Get(['account/end-session', 'account/end-other-sessions'])
  toSessions(@Res() response: Response, @CurrentTenant() tenant: Tenant): void {
    redirect(response, pathOf(tenant, '/account/sessions'));
  }
}
