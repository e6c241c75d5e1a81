import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Database } from '../database/database.js';
import { type Transaction, statement } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';

/** What one user allows one client at one protected resource (empty: the scopes of OpenID Connect itself). */
export interface Consent {
  readonly id: string;
  readonly user_id: string;
  readonly client_id: string;
  readonly resource: string;
  readonly scopes: readonly string[];
  /** Optional scopes that the user left out. */
  readonly declined: readonly string[];
  readonly created_at: Date;
  readonly updated_at: Date;
}

const COLUMNS = 'id, user_id, client_id, resource, scopes, declined, created_at, updated_at';

/**
 * An API that was deleted and registered again under the same identifier is another API. Consent that is older than it
 * does not count for it.
 */
function isForPresentApi(consents: string): string {
  return `NOT EXISTS (SELECT FROM apis a WHERE a.tenant_id = ${consents}.tenant_id
                         AND a.identifier = ${consents}.resource AND a.created_at > ${consents}.updated_at)`;
}

/** A column after a new decision: what it held and what is added, without what the decision puts into the other one. */
function joined(column: 'scopes' | 'declined', other: 'scopes' | 'declined'): string {
  return `ARRAY(SELECT DISTINCT name FROM unnest(c.${column} || excluded.${column}) AS name
                 WHERE name <> ALL (excluded.${other}) ORDER BY name)`;
}

const listForClient = statement(
  'consents.list_for_client',
  `SELECT c.resource, c.scopes, c.declined FROM consents c
    WHERE c.tenant_id = $1 AND c.user_id = $2 AND c.client_id = $3 AND ${isForPresentApi('c')}`,
);
const list = statement(
  'consents.list',
  `SELECT ${COLUMNS} FROM consents
    WHERE tenant_id = $1 AND ($2::uuid IS NULL OR user_id = $2) AND ($3::text IS NULL OR client_id = $3)
      AND ($4::uuid IS NULL OR id > $4)
    ORDER BY id LIMIT $5`,
);
const find = statement('consents.find', `SELECT ${COLUMNS} FROM consents WHERE tenant_id = $1 AND id = $2`);
const approve = statement(
  'consents.approve',
  `INSERT INTO consents AS c (tenant_id, id, user_id, client_id, resource, scopes, declined)
   SELECT $1, given.id, given.user_id, given.client_id, given.resource, given.scopes, given.declined
     FROM jsonb_to_recordset($2::jsonb)
          AS given (id uuid, user_id uuid, client_id text, resource text, scopes text[], declined text[])
    ORDER BY given.resource -- two approvals at once lock in the same order
   ON CONFLICT (tenant_id, user_id, client_id, resource) DO UPDATE
     SET scopes = CASE WHEN ${isForPresentApi('c')} THEN ${joined('scopes', 'declined')} ELSE excluded.scopes END,
         declined = CASE WHEN ${isForPresentApi('c')} THEN ${joined('declined', 'scopes')} ELSE excluded.declined END,
         updated_at = now()`,
);
const revokeWider = statement(
  'consents.revoke_wider',
  `UPDATE grants g SET revoked_at = now()
     FROM jsonb_to_recordset($2::jsonb) AS given (user_id uuid, client_id text, resource text, declined text[])
    WHERE g.tenant_id = $1 AND g.user_id = given.user_id AND g.client_id = given.client_id AND g.revoked_at IS NULL
      AND g.scope && given.declined AND (given.resource = '' OR given.resource = ANY (g.resources))`,
);
const withdraw = statement(
  'consents.withdraw',
  `DELETE FROM consents WHERE tenant_id = $1 AND user_id = $2 AND client_id = $3
      AND ($4::text IS NULL OR resource = $4) RETURNING resource, scopes, declined`,
);
// Revokes the grants, and with them their tokens. It is a statement of its own: the one above may have waited for a
// concurrent approval, whose grant it would not see.
const revokeGrants = statement(
  'consents.revoke_grants',
  `UPDATE grants SET revoked_at = now()
    WHERE tenant_id = $1 AND user_id = $2 AND client_id = $3 AND revoked_at IS NULL
      AND ($4::text IS NULL OR $4 = '' OR $4 = ANY (resources))`,
);

@Injectable()
export class ConsentsRepository {
  constructor(private readonly database: Database) {}

  async listForClient(
    tenantId: TenantId,
    userId: string,
    clientId: string,
  ): Promise<Pick<Consent, 'resource' | 'scopes' | 'declined'>[]> {
    return this.database.query(tenantId, listForClient, [tenantId, userId, clientId]);
  }

  async list(
    tenantId: TenantId,
    page: {
      readonly userId?: string | undefined;
      readonly clientId?: string | undefined;
      readonly after?: string | undefined;
      readonly limit: number;
    },
  ): Promise<Consent[]> {
    const values = [tenantId, page.userId ?? null, page.clientId ?? null, page.after ?? null, page.limit];
    return this.database.query(tenantId, list, values);
  }

  async find(tenantId: TenantId, id: string): Promise<Consent | undefined> {
    const [consent] = await this.database.query<Consent>(tenantId, find, [tenantId, id]);
    return consent;
  }

  /**
   * Adds to what was allowed before, and takes away what is left out now; one row for each resource. Grants that hold
   * what is left out are revoked.
   */
  async approve(
    tenantId: TenantId,
    consents: readonly Pick<Consent, 'user_id' | 'client_id' | 'resource' | 'scopes' | 'declined'>[],
    transaction: Transaction,
  ): Promise<void> {
    const rows = consents.map((consent) => ({ id: uuidv7(), ...consent }));
    const narrower = rows.filter(({ declined }) => declined.length > 0);
    await Promise.all([
      transaction.query(approve, [tenantId, JSON.stringify(rows)]),
      narrower.length > 0 && transaction.query(revokeWider, [tenantId, JSON.stringify(narrower)]),
    ]);
  }

  /**
   * Removes the consent (for one resource, or all) and revokes every grant it carried.
   * @returns what was removed
   */
  async withdraw(
    tenantId: TenantId,
    consent: { readonly userId: string; readonly clientId: string; readonly resource?: string | undefined },
    transaction: Transaction,
  ): Promise<Pick<Consent, 'resource' | 'scopes' | 'declined'>[]> {
    const values = [tenantId, consent.userId, consent.clientId, consent.resource ?? null];
    const withdrawn = await transaction.query<Pick<Consent, 'resource' | 'scopes' | 'declined'>>(withdraw, values);
    await transaction.query(revokeGrants, values);
    return withdrawn;
  }
}
