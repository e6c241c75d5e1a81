import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import { type TenantId, toTenantId } from '../database/tenant-id.js';

/** A process that died leaves its checks to others after this. */
const CLAIM_SECONDS = 120;

const claim = statement('domains.claim_checks', 'SELECT tenant, host FROM claim_domain_checks($1, $2)');

export interface DueCheck {
  readonly tenantId: TenantId;
  readonly domain: string;
}

/** Which pending domains are to be looked at, of all tenants. */
@Injectable()
export class DomainChecksRepository {
  constructor(private readonly database: Database) {}

  /** Each is handed to one process. */
  async claim(atMost: number): Promise<DueCheck[]> {
    const rows = await this.database.platformQuery<{ tenant: string; host: string }>(claim, [atMost, CLAIM_SECONDS]);
    return rows.map(({ tenant, host }) => ({ tenantId: toTenantId(tenant), domain: host }));
  }
}
