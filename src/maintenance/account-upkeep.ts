import { Injectable } from '@nestjs/common';
import { AccountDeletions } from '../account/account-deletions.js';
import { PeriodicUpkeep } from './periodic-upkeep.js';

const BATCH_SIZE = 100;

/**
 * Destroys accounts whose person asked for it, once their time has come. Several processes may do this at the same time:
 * each account is deleted by one statement, and one of them finds it.
 */
@Injectable()
export class AccountUpkeep extends PeriodicUpkeep {
  constructor(private readonly deletions: AccountDeletions) {
    super('Accounts wait for their deletion');
  }

  destroyDue(): Promise<void> {
    return this.whileDue(async () => (await this.deletions.destroyDue(BATCH_SIZE)) === BATCH_SIZE);
  }

  protected round(): Promise<void> {
    return this.destroyDue();
  }
}
