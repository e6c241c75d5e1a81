import { Controller, Get, Header, Query, Req, Res, UseGuards } from '@nestjs/common';
import type { Response } from 'express';
import { networkOf } from '../limits/network.js';
import { TokenBuckets } from '../limits/token-buckets.js';
import { DomainDirectory } from '../tenants/domain-directory.js';
import { readDomain } from '../tenants/domain-name.js';
import { PlatformGuard } from '../tenants/tenant.guard.js';
import type { TenantRequest } from '../tenants/tenant-request.js';

/** Of one network. Only names that no tenant has count, so a proxy that serves many domains is not slowed. */
const UNKNOWN_NAMES = { burst: 300, perSecond: 5 };

/**
 * Says to what ends TLS in front whether it may get a certificate for a name, as Caddy asks it (`on_demand_tls`, `ask`).
 * The status is the answer. It tells no more than the domain itself does.
 */
@Controller('tls')
@UseGuards(PlatformGuard)
export class DomainCertificateController {
  private readonly unknown = new TokenBuckets(UNKNOWN_NAMES);

  constructor(private readonly domains: DomainDirectory) {}

  @Get('ask')
  @Header('Cache-Control', 'no-store')
  async ask(
    @Req() request: TenantRequest,
    @Res({ passthrough: true }) response: Response,
    @Query('domain') name?: string,
  ): Promise<{ readonly verified: boolean }> {
    const network = networkOf(request.clientAddress ?? '');
    const wait = this.unknown.waitSeconds(network);
    const read = typeof name === 'string' ? readDomain(name) : undefined;
    const owner = read && 'domain' in read ? await this.find(read.domain, wait > 0) : undefined;
    if (owner) return { verified: true };
    this.unknown.take(network);
    if (wait > 0) response.setHeader('Retry-After', String(Math.ceil(wait)));
    response.status(wait > 0 ? 429 : 404);
    return { verified: false };
  }

  /** @param isSlowed only what is known already is told */
  private find(domain: string, isSlowed: boolean) {
    return isSlowed ? this.domains.peek(domain) : this.domains.find(domain);
  }
}
