import { Controller, Get, Inject, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { CONFIG, type Config, DEMO_ORIGIN } from '../config/config.js';
import { TenantAddresses } from '../tenants/tenant-addresses.js';
import { TenantNotFoundError } from '../tenants/tenant-not-found.error.js';
import { PlatformGuard } from '../tenants/tenant.guard.js';
import { TenantsRepository } from '../tenants/tenants.repository.js';
import type { PageRequest } from './browser/current-browser.js';
import { PageErrorFilter } from './errors/page-error.filter.js';
import { PageResponder } from './page-responder.js';

const SHOWN = 20;

@ApiExcludeController()
@Controller()
@UseGuards(PlatformGuard)
@UseFilters(PageErrorFilter)
export class WelcomeController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly tenants: TenantsRepository,
    private readonly addresses: TenantAddresses,
    private readonly pages: PageResponder,
  ) {}

  /**
   * The platform's root: a start page for developers. It does not exist in production, where it would list the tenants.
   */
  @Get()
  async welcome(@Req() request: PageRequest, @Res() response: Response): Promise<void> {
    if (!this.config.development) throw new TenantNotFoundError();
    const tenants = await this.tenants.list({ limit: SHOWN });
    this.pages.send(response, {
      page: 'welcome',
      context: this.pages.platformContext(request),
      tenants: tenants.map(({ slug, displayName }) => {
        const issuer = this.addresses.issuer({ kind: 'path', slug });
        return { displayName, issuer, discoveryUri: `${issuer}/.well-known/openid-configuration` };
      }),
      topics: [
        { title: 'Demo', text: DEMO_ORIGIN, href: DEMO_ORIGIN },
        { title: 'Management API', text: 'OpenAPI 3.1', href: `${this.config.publicUrl}/api/v1/openapi.json` },
      ],
    });
  }
}
