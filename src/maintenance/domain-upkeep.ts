import { Injectable } from '@nestjs/common';
import { DomainChecksRepository } from '../domains/domain-checks.repository.js';
import { DomainsService } from '../domains/domains.service.js';
import { PeriodicUpkeep } from './periodic-upkeep.js';

/** Looked at together. */
const BATCH_SIZE = 10;

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
    return this.whileDue(async () => {
      const due = await this.checks.claim(BATCH_SIZE);
      const looked = await Promise.allSettled(
        due.map(({ tenantId, domain }) => this.domains.lookAgain(tenantId, domain)),
      );
      for (const result of looked) {
        if (result.status === 'rejected') this.logger.warn(`A domain waits: ${(result.reason as Error).message}`);
      }
      return due.length === BATCH_SIZE;
    });
  }

  protected round(): Promise<void> {
    return this.lookAtDue();
  }
}
