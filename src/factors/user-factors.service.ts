import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import type { TenantId } from '../database/tenant-id.js';
import { type Companion, unitOfWork } from '../database/unit-of-work.js';
import { type UserFactors, UserFactorsRepository } from './user-factors.repository.js';

/** What administrators see and do of the second factors of users. */
@Injectable()
export class UserFactorsService {
  constructor(
    private readonly database: Database,
    private readonly repository: UserFactorsRepository,
  ) {}

  /** Undefined: there is no such user. */
  find(tenantId: TenantId, userId: string): Promise<UserFactors | undefined> {
    return this.repository.find(tenantId, userId);
  }

  /**
   * Takes a factor from a user who lost it. Remembered browsers are forgotten with it.
   * @returns undefined when the user has no such factor
   */
  remove(tenantId: TenantId, userId: string, factor: string, companion: Companion<true>): Promise<true | undefined> {
    return unitOfWork(this.database, tenantId, companion, async (_, transaction) =>
      (await this.repository.remove(tenantId, userId, factor, transaction)) ? true : undefined,
    );
  }
}
