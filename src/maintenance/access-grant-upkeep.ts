import { Injectable } from '@nestjs/common';
import { AccessGrants } from '../operator-access/access-grants.service.js';
import { PeriodicUpkeep } from './periodic-upkeep.js';

const BATCH_SIZE = 100;

/**
 * Writes into the logs of tenants that access of operators is over. Nobody has it any longer by then: the time is asked at
 * every call. Several processes may do this at the same time; each end is recorded once.
 */
@Injectable()
export class AccessGrantUpkeep extends PeriodicUpkeep {
  constructor(private readonly grants: AccessGrants) {
    super('Ends of access grants wait to be recorded');
  }

  recordExpired(): Promise<void> {
    return this.whileDue(async () => (await this.grants.recordExpired(BATCH_SIZE)) === BATCH_SIZE);
  }

  protected round(): Promise<void> {
    return this.recordExpired();
  }
}
