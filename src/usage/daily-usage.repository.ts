import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';
import type { DailyUsage } from './daily-usage.js';
import { USAGE_COLUMNS } from './usage-statement.js';

const list = statement(
  'daily_usage.list',
  `SELECT ${USAGE_COLUMNS} FROM daily_usage WHERE tenant_id = $1 AND day >= $2::date AND day <= $3::date ORDER BY day`,
);

/** What tenants did, day by day. It is counted where events get their place in the chain of the log: each once. */
@Injectable()
export class DailyUsageRepository {
  constructor(private readonly database: Database) {}

  /** From the first to the last day (YYYY-MM-DD), both included. Days without anything are left out. */
  list(tenantId: TenantId, first: string, last: string): Promise<DailyUsage[]> {
    return this.database.query<DailyUsage>(tenantId, list, [tenantId, first, last]);
  }
}
