import { Controller, Get, Inject, Req, Res, UseFilters } from '@nestjs/common';
import type { Response } from 'express';
import { CONFIG, type Config } from '../config/config.js';
import { readRunning } from '../config/running-file.js';
import { TenantAddresses } from '../tenants/tenant-addresses.js';
import { TenantNotFoundError } from '../tenants/tenant-not-found.error.js';
import { TenantResolver } from '../tenants/tenant-resolver.js';
import { TenantsRepository } from '../tenants/tenants.repository.js';
import type { PageRequest } from './browser/current-browser.js';
import { PageErrorFilter } from './errors/page-error.filter.js';
import { redirect } from './outcome-responder.js';
import { PageResponder, pathOf } from './page-responder.js';

const SHOWN = 20;

@Controller()
@UseFilters(PageErrorFilter)
export class WelcomeController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly tenants: TenantsRepository,
    private readonly addresses: TenantAddresses,
    private readonly resolver: TenantResolver,
    private readonly pages: PageResponder,
  ) {}

  /** What people find at a bare address: below a tenant their account page, else the platform's start page. */
  @Get()
  async open(@Req() request: PageRequest, @Res() response: Response): Promise<void> {
    if (!request.tenantAddress) return this.welcome(request, response);
    const tenant = await this.resolver.find(request.tenantAddress);
    if (!tenant) throw new TenantNotFoundError();
    redirect(response, pathOf(tenant, '/account'));
  }

  /** A start page for developers. It does not exist in production, where it would list the tenants. */
  private async welcome(request: PageRequest, response: Response): Promise<void> {
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
        ...(this.config.smtp ? [] : [{ title: 'Mail', text: '/dev/mail', href: `${this.config.publicUrl}/dev/mail` }]),
        { title: 'Management API', text: 'OpenAPI 3.1', href: `${this.config.publicUrl}/api/v1/openapi.json` },
      ],
    });
  }
}
