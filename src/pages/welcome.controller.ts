import { Controller, Get, Inject, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { CONFIG, type Config } from '../config/config.js';
import { readRunning } from '../config/running-file.js';
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
    // Where this platform's own demo runs, and not whoever has that port.
    const running = readRunning(this.config.dataDir);
    const demo = running?.url === this.config.publicUrl ? running.demoUrl : undefined;
    this.pages.send(response, {
      page: 'welcome',
      context: this.pages.platformContext(request),
      tenants: tenants.map(({ slug, displayName, status }) => {
        const issuer = this.addresses.issuer({ kind: 'path', slug });
        // Nothing is there while it is suspended.
        const discoveryUri = status === 'active' ? `${issuer}/.well-known/openid-configuration` : undefined;
        return { displayName, issuer, discoveryUri };
      }),
      topics: [
        ...(demo === undefined ? [] : [{ title: 'Demo', text: demo, href: demo }]),
        { title: 'Management API', text: 'OpenAPI 3.1', href: `${this.config.publicUrl}/api/v1/openapi.json` },
      ],
    });
  }
}
