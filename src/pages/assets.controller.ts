import { Controller, Get, Header, HttpCode, Res, UseFilters, UseGuards } from '@nestjs/common';
import type { Response } from 'express';
import { readLogo } from '../tenants/logo.js';
import { TenantNotFoundError } from '../tenants/tenant-not-found.error.js';
import { CurrentTenant, TenantGuard } from '../tenants/tenant.guard.js';
import type { Tenant } from '../tenants/tenant.js';
import { TenantsRepository } from '../tenants/tenants.repository.js';
import { PageErrorFilter } from './errors/page-error.filter.js';
import { PASSKEY_SCRIPT, PASSKEY_SCRIPT_PATH } from './look/passkey-script.js';
import { PAGES_CSS, PAGES_CSS_PATH } from './look/stylesheet.js';

const FOR_EVER = 'public, max-age=31536000, immutable';

/** What pages load: their style sheet and the tenant's logo, all from this origin. */
@Controller()
@UseFilters(PageErrorFilter)
export class AssetsController {
  constructor(private readonly tenants: TenantsRepository) {}

  /** The same for every tenant; its name changes with its content. */
  @Get(PAGES_CSS_PATH)
  stylesheet(@Res() response: Response): void {
    response.setHeader('Cache-Control', FOR_EVER);
    response.type('text/css').send(PAGES_CSS);
  }

  /** The same for every tenant; its name changes with its content. */
  @Get(PASSKEY_SCRIPT_PATH)
  passkeyScript(@Res() response: Response): void {
    response.setHeader('Cache-Control', FOR_EVER);
    response.type('text/javascript').send(PASSKEY_SCRIPT);
  }

  /** Browsers ask by themselves; there is none. */
  @Get('favicon.ico')
  @HttpCode(204)
  @Header('Cache-Control', 'public, max-age=86400')
  favicon(): void {}

  /** An image that can only be an image, whatever is in it. */
  @Get('branding/logo')
  @UseGuards(TenantGuard)
  async logo(@CurrentTenant() tenant: Tenant, @Res() response: Response): Promise<void> {
    const dataUri = tenant.branding.logoVersion && (await this.tenants.findLogo(tenant.id));
    const logo = dataUri && readLogo(dataUri);
    if (!logo) throw new TenantNotFoundError();
    response.setHeader('Cache-Control', FOR_EVER);
    response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
    response.type(logo.mediaType).send(logo.bytes);
  }
}
