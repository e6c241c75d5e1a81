import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import { type TenantId, toTenantId } from '../database/tenant-id.js';

/** A process that died leaves its checks to others after this. */
const CLAIM_SECONDS = 120;

/** A proof may wait for name servers, and for a web server by two ways. */
const PROOF_CLAIM_SECONDS = 300;

const claim = statement('domains.claim_checks', 'SELECT tenant, host FROM claim_domain_checks($1, $2)');

const claimProofs = statement(
  'domains.claim_proofs',
  'SELECT tenant, host, is_active FROM claim_domain_proofs($1, $2)',
);

export interface DueCheck {
  readonly tenantId: TenantId;
  readonly domain: string;
}

export interface DueProof extends DueCheck {
  /** False: of a suspended tenant, and put off. */
  readonly isActive: boolean;
}

/** Which domains are to be looked at, of all tenants: pending ones, and verified ones that are proven again. */
@Injectable()
export class DomainChecksRepository {
  constructor(private readonly database: Database) {}

  /** Each is handed to one process. */
  async claim(atMost: number): Promise<DueCheck[]> {
    const rows = await this.database.platformQuery<{ tenant: string; host: string }>(claim, [atMost, CLAIM_SECONDS]);
    return rows.map(({ tenant, host }) => ({ tenantId: toTenantId(tenant), domain: host }));
  }

  /** The same for verified domains. */
  async claimProofs(atMost: number): Promise<DueProof[]> {
    const rows = await this.database.platformQuery<{ tenant: string; host: string; is_active: boolean }>(claimProofs, [
      atMost,
      PROOF_CLAIM_SECONDS,
    ]);
    return rows.map(({ tenant, host, is_active: isActive }) => ({
      tenantId: toTenantId(tenant),
      domain: host,
      isActive,
    }));
  }
}
