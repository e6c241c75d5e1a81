import { Injectable } from '@nestjs/common';
import { DomainChecksRepository } from '../domains/domain-checks.repository.js';
import { DomainStandings } from '../domains/domain-standings.service.js';
import { PeriodicUpkeep } from './periodic-upkeep.js';

/** Looked at together. */
const BATCH_SIZE = 10;

/**
 * Proves verified domains again, each about once a day: a domain that was sold or taken over must not stay an issuer of
 * whoever had it before.
 */
@Injectable()
export class DomainProofUpkeep extends PeriodicUpkeep {
  constructor(
    private readonly checks: DomainChecksRepository,
    private readonly standings: DomainStandings,
  ) {
    super('Domains wait to be proven again');
  }

  proveDue(): Promise<void> {
    return this.whileDue(async () => {
      const due = await this.checks.claimProofs(BATCH_SIZE);
      const active = due.filter(({ isActive }) => isActive);
      const proven = await Promise.allSettled(
        active.map(({ tenantId, domain }) => this.standings.proveAgain(tenantId, domain)),
      );
      for (const result of proven) {
        if (result.status === 'rejected') {
          this.logger.warn(`A domain waits to be proven again: ${(result.reason as Error).message}`);
        }
      }
      return due.length === BATCH_SIZE;
    });
  }

  protected round(): Promise<void> {
    return this.proveDue();
  }
}
