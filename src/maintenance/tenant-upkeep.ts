import { Injectable } from '@nestjs/common';
import { TenantDestruction } from '../offboarding/tenant-destruction.js';
import { PeriodicUpkeep } from './periodic-upkeep.js';

/**
 * Destroys tenants whose deletion was asked for, once their time has come. A deletion is claimed, so one process at a
 * time works on it.
 */
@Injectable()
export class TenantUpkeep extends PeriodicUpkeep {
  constructor(private readonly destruction: TenantDestruction) {
    super('Tenants wait for their deletion');
  }

  override async onApplicationShutdown(): Promise<void> {
    this.destruction.stop();
    await super.onApplicationShutdown();
  }

  destroyDue(): Promise<void> {
    return this.whileDue((budget) => this.destruction.destroyNext(budget));
  }

  protected round(): Promise<void> {
    return this.destroyDue();
  }
}
