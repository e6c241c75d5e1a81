import { Injectable } from '@nestjs/common';
import { DomainChecksRepository } from '../domains/domain-checks.repository.js';
import { DomainsService } from '../domains/domains.service.js';
import { PeriodicUpkeep } from './periodic-upkeep.js';

/** Looks again at domains that are pending, so that nobody has to come back when a record has spread. */
@Injectable()
export class DomainUpkeep extends PeriodicUpkeep {
  constructor(
    private readonly checks: DomainChecksRepository,
    private readonly domains: DomainsService,
  ) {
    super('Domains wait');
  }

  lookAtDue(): Promise<void> {
    return this.eachDue(
      (atMost) => this.checks.claim(atMost),
      ({ tenantId, domain }) => this.domains.lookAgain(tenantId, domain),
    );
  }

  protected round(): Promise<void> {
    return this.lookAtDue();
  }
}
