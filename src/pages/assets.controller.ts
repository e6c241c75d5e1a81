import { Controller, Get, Header, HttpCode, Param, Res, UseFilters, UseGuards } from '@nestjs/common';
import type { Response } from 'express';
import { type BrandImageName, findBrandImage } from '../tenants/branding.js';
import { CurrentTenant, TenantGuard } from '../tenants/tenant.guard.js';
import type { Tenant } from '../tenants/tenant.js';
import { TenantsRepository } from '../tenants/tenants.repository.js';
import { sendBrandImage } from './brand-image-answer.js';
import { PageErrorFilter } from './errors/page-error.filter.js';
import { PASSKEY_SCRIPT, PASSKEY_SCRIPT_PATH } from './look/passkey-script.js';
import { PAGES_CSS, PAGES_CSS_PATH } from './look/stylesheet.js';

const FOR_EVER = 'public, max-age=31536000, immutable';

/** What pages load: their style sheet and the tenant's images, all from this origin. */
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

  /** The address that pages of an earlier version of this software have. */
  @Get('branding/logo')
  @UseGuards(TenantGuard)
  logo(@CurrentTenant() tenant: Tenant, @Res() response: Response): Promise<void> {
    return this.sendImage(response, tenant, tenant.branding.logoVersion === undefined ? undefined : 'logo');
  }

  /** By its content: an image that was replaced, or is another tenant's, is not found. */
  @Get('branding/images/:version')
  @UseGuards(TenantGuard)
  image(@CurrentTenant() tenant: Tenant, @Param('version') version: string, @Res() response: Response): Promise<void> {
    return this.sendImage(response, tenant, findBrandImage(tenant.branding, version));
  }

  private async sendImage(response: Response, tenant: Tenant, name: BrandImageName | undefined): Promise<void> {
    const dataUri = name && (await this.tenants.findBrandImage(tenant.id, name));
    sendBrandImage(response, dataUri, FOR_EVER);
  }
}
