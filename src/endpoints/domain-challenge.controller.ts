import { Controller, Get, Header, Req, UseGuards } from '@nestjs/common';
import { CHALLENGE_FILE, challengeOf } from '../domains/domain-check.js';
import { DomainsService } from '../domains/domains.service.js';
import { TenantNotFoundError } from '../tenants/tenant-not-found.error.js';
import { TenantGuard } from '../tenants/tenant.guard.js';
import type { TenantRequest } from '../tenants/tenant-request.js';

/**
 * The file that proves a domain, served at verified domains. Most were proven before they led here. As long as they do,
 * whoever holds the domain sends its visitors to this tenant, so the platform finds the proof in its own answer.
 */
@Controller()
@UseGuards(TenantGuard)
export class DomainChallengeController {
  constructor(private readonly domains: DomainsService) {}

  @Get(CHALLENGE_FILE)
  @Header('Content-Type', 'text/plain; charset=utf-8')
  @Header('Cache-Control', 'no-store')
  async show(@Req() { tenant, tenantAddress }: TenantRequest): Promise<string> {
    const domain =
      tenant && tenantAddress?.kind === 'domain' ? await this.domains.find(tenant.id, tenantAddress.domain) : undefined;
    // A cache may be a moment late; what is pending proves nothing of itself.
    if (!domain || domain.verifiedAt === null) throw new TenantNotFoundError();
    return `${challengeOf(domain).value}\n`;
  }
}
