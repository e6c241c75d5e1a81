import { Injectable } from '@nestjs/common';
import { DomainChecksRepository } from '../domains/domain-checks.repository.js';
import { DomainStandings } from '../domains/domain-standings.service.js';
import { PeriodicUpkeep } from './periodic-upkeep.js';

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
    return this.eachDue(
      (atMost) => this.checks.claimProofs(atMost),
      async ({ tenantId, domain, isActive }) => isActive && this.standings.proveAgain(tenantId, domain),
    );
  }

  protected round(): Promise<void> {
    return this.proveDue();
  }
}
