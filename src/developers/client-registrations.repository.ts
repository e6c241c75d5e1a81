import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { type Transaction, statement } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';
import type { ClientProposal } from './client-proposal.js';
import type { ListedRegistration, ProposalState, Registration, RegistrationState } from './client-registration.js';

interface Row {
  readonly id: string;
  readonly client_id: string;
  readonly live_client_id: string | null;
  readonly state: ProposalState;
  readonly proposal: Required<ClientProposal> | null;
  readonly reason: string | null;
  readonly submitted_by: string | null;
  readonly submitted_at: Date | null;
  readonly decided_by: string | null;
  readonly decided_at: Date | null;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

type ListedRow = Row & { readonly client_name: string | null; readonly enabled: boolean | null };

const COLUMNS = [
  ...['id', 'client_id', 'live_client_id', 'state', 'proposal', 'reason', 'submitted_by', 'submitted_at'],
  ...['decided_by', 'decided_at', 'version', 'created_at', 'updated_at'],
];
const columns = COLUMNS.join(', ');
const columnsOfR = COLUMNS.map((name) => `r.${name}`).join(', ');
const LISTED = `SELECT ${columnsOfR}, coalesce(r.proposal ->> 'client_name', c.client_name) AS client_name, c.enabled
                  FROM client_registrations r
                  LEFT JOIN clients c ON c.tenant_id = r.tenant_id AND c.client_id = r.live_client_id`;

const find = statement(
  'client_registrations.find',
  `SELECT ${columns} FROM client_registrations WHERE tenant_id = $1 AND id = $2`,
);
const findOfOwner = statement(
  'client_registrations.find_of_owner',
  `SELECT ${columnsOfR} FROM client_registrations r
     JOIN client_registration_owners o ON o.tenant_id = r.tenant_id AND o.registration_id = r.id
    WHERE r.tenant_id = $1 AND r.id = $2 AND o.user_id = $3`,
);
const list = statement(
  'client_registrations.list',
  `${LISTED} WHERE r.tenant_id = $1 AND ($2::uuid IS NULL OR r.id > $2)
     AND CASE $3::text WHEN 'suspended' THEN r.state = 'approved' AND NOT c.enabled
                       WHEN 'approved' THEN r.state = 'approved' AND c.enabled
                       ELSE $3 IS NULL OR r.state = $3 END
   ORDER BY r.id LIMIT $4`,
);
const listOfOwner = statement(
  'client_registrations.list_of_owner',
  `${LISTED} JOIN client_registration_owners o ON o.tenant_id = r.tenant_id AND o.registration_id = r.id
    WHERE r.tenant_id = $1 AND o.user_id = $2 AND ($3::uuid IS NULL OR r.id > $3) ORDER BY r.id LIMIT $4`,
);
const create = statement(
  'client_registrations.create',
  `INSERT INTO client_registrations (tenant_id, id, client_id, state, proposal) VALUES ($1, $2, $3, 'draft', $4)
   RETURNING ${columns}`,
);
const propose = statement(
  'client_registrations.propose',
  `UPDATE client_registrations
      SET state = $4, proposal = $5, reason = CASE WHEN $4 = 'rejected' THEN reason END,
          submitted_by = coalesce($6, submitted_by), submitted_at = CASE WHEN $6::text IS NULL THEN submitted_at ELSE now() END,
          version = version + 1, updated_at = now()
    WHERE tenant_id = $1 AND id = $2 AND version = $3
   RETURNING ${columns}`,
);
const decide = statement(
  'client_registrations.decide',
  `UPDATE client_registrations
      SET state = $4, decided_by = $5, decided_at = now(), reason = $6, version = version + 1, updated_at = now(),
          proposal = CASE WHEN $4 = 'approved' THEN NULL ELSE proposal END,
          live_client_id = CASE WHEN $4 = 'approved' THEN client_id ELSE live_client_id END
    WHERE tenant_id = $1 AND id = $2 AND version = $3
   RETURNING ${columns}`,
);
const lock = statement(
  'client_registrations.lock',
  'SELECT id FROM client_registrations WHERE tenant_id = $1 AND id = $2 FOR UPDATE',
);
const remove = statement(
  'client_registrations.delete',
  'DELETE FROM client_registrations WHERE tenant_id = $1 AND id = $2 AND live_client_id IS NULL RETURNING id',
);

/** Clients that developers register. A client itself is one of `clients`, from its first approval on. */
@Injectable()
export class ClientRegistrationsRepository {
  constructor(private readonly database: Database) {}

  async find(tenantId: TenantId, id: string): Promise<Registration | undefined> {
    const [row] = await this.database.query<Row>(tenantId, find, [tenantId, id]);
    return row && toRegistration(row);
  }

  /** The same when the user owns it now. */
  async findOfOwner(
    tenantId: TenantId,
    id: string,
    userId: string,
    within?: Transaction,
  ): Promise<Registration | undefined> {
    const values = [tenantId, id, userId];
    const [row] = await (within
      ? within.query<Row>(findOfOwner, values)
      : this.database.query<Row>(tenantId, findOfOwner, values));
    return row && toRegistration(row);
  }

  /** In order of creation (ids are time-ordered), after the given id. */
  async list(
    tenantId: TenantId,
    page: {
      readonly after?: string | undefined;
      readonly limit: number;
      readonly state?: RegistrationState | undefined;
    },
  ): Promise<ListedRegistration[]> {
    const values = [tenantId, page.after ?? null, page.state ?? null, page.limit];
    return (await this.database.query<ListedRow>(tenantId, list, values)).map(toListed);
  }

  async listOfOwner(
    tenantId: TenantId,
    userId: string,
    page: { readonly after?: string | undefined; readonly limit: number },
  ): Promise<ListedRegistration[]> {
    const values = [tenantId, userId, page.after ?? null, page.limit];
    return (await this.database.query<ListedRow>(tenantId, listOfOwner, values)).map(toListed);
  }

  async create(
    tenantId: TenantId,
    draft: { readonly id: string; readonly clientId: string; readonly proposal: ClientProposal },
    transaction: Transaction,
  ): Promise<Registration | undefined> {
    const values = [tenantId, draft.id, draft.clientId, JSON.stringify(draft.proposal)];
    const [row] = await transaction.query<Row>(create, values);
    return row && toRegistration(row);
  }

  /** @param change `proposal` null: nothing is proposed any more @returns undefined when the version is another one */
  async propose(
    tenantId: TenantId,
    id: string,
    change: {
      readonly version: number;
      readonly state: ProposalState;
      readonly proposal: ClientProposal | null;
      /** Who hands it in, when somebody does. */
      readonly submittedBy?: string | undefined;
    },
    transaction: Transaction,
  ): Promise<Registration | undefined> {
    const { version, state, proposal, submittedBy = null } = change;
    const values = [tenantId, id, version, state, proposal && JSON.stringify(proposal), submittedBy];
    const [row] = await transaction.query<Row>(propose, values);
    return row && toRegistration(row);
  }

  /** With `approved` what was proposed is what the client has. @returns undefined when the version is another one */
  async decide(
    tenantId: TenantId,
    id: string,
    decision: {
      readonly version: number;
      readonly state: 'approved' | 'rejected';
      readonly by: string;
      readonly reason?: string | undefined;
    },
    transaction: Transaction,
  ): Promise<Registration | undefined> {
    const { version, state, by, reason = null } = decision;
    const [row] = await transaction.query<Row>(decide, [tenantId, id, version, state, by, reason]);
    return row && toRegistration(row);
  }

  /** Lets one transaction at a time change who owns it. @returns false when it is gone */
  async lock(tenantId: TenantId, id: string, transaction: Transaction): Promise<boolean> {
    return (await transaction.query(lock, [tenantId, id])).length === 1;
  }

  /** One whose client does not exist; with a client it goes when the client is deleted. */
  async delete(tenantId: TenantId, id: string, transaction: Transaction): Promise<boolean> {
    return (await transaction.query(remove, [tenantId, id])).length === 1;
  }
}

function toRegistration(row: Row): Registration {
  return {
    id: row.id,
    clientId: row.client_id,
    isLive: row.live_client_id !== null,
    state: row.state,
    proposal: row.proposal,
    reason: row.reason,
    submittedBy: row.submitted_by,
    submittedAt: row.submitted_at,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

function toListed(row: ListedRow): ListedRegistration {
  return { ...toRegistration(row), clientName: row.client_name, isEnabled: row.enabled ?? undefined };
}
