import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { type Transaction, statement } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';
import type { ProfileClaims } from '../users/user.js';
import type { Owner, OwnerInvitation } from './client-registration.js';

interface OwnerRow {
  readonly user_id: string;
  readonly username: string;
  readonly enabled: boolean;
  readonly created_at: Date;
}

interface InvitationRow {
  readonly id: string;
  readonly registration_id: string;
  readonly invited: string;
  readonly transfer: boolean;
  readonly expires_at: Date;
  readonly client_name: string | null;
  readonly client_id: string;
  readonly invited_by: string;
}

interface AcceptedRow {
  readonly registration_id: string;
  readonly invited_by: string;
  readonly transfer: boolean;
}

/** An owner with a verified address. */
export interface ReachableOwner {
  readonly id: string;
  readonly email: string;
  readonly claims: ProfileClaims;
}

/** How many clients a person owns, and of how many the last proposal was rejected. */
export interface OwnedCounts {
  readonly owned: number;
  readonly rejected: number;
}

/** More is nobody's responsibility any more. */
export const MAX_OWNERS = 20;

const list = statement(
  'client_registration_owners.list',
  `SELECT o.user_id, u.username, u.enabled, o.created_at
     FROM client_registration_owners o JOIN users u ON u.tenant_id = o.tenant_id AND u.id = o.user_id
    WHERE o.tenant_id = $1 AND o.registration_id = $2 ORDER BY o.created_at, o.user_id`,
);
const listReachable = statement(
  'client_registration_owners.list_reachable',
  `SELECT u.id, u.email, u.claims
     FROM client_registration_owners o JOIN users u ON u.tenant_id = o.tenant_id AND u.id = o.user_id
    WHERE o.tenant_id = $1 AND o.registration_id = $2 AND u.enabled AND u.email IS NOT NULL AND u.email_verified
    ORDER BY u.id`,
);
const lockUser = statement(
  'client_registration_owners.lock_user',
  'SELECT 1 FROM users u WHERE u.tenant_id = $1 AND u.id = $2 AND u.enabled FOR NO KEY UPDATE',
);
const countOfUser = statement(
  'client_registration_owners.count_of_user',
  'SELECT count(*)::int AS count FROM client_registration_owners WHERE tenant_id = $1 AND user_id = $2',
);
const countsOfUser = statement(
  'client_registration_owners.counts_of_user',
  `SELECT count(*)::int AS owned, (count(*) FILTER (WHERE r.state = 'rejected'))::int AS rejected
     FROM client_registration_owners o
     JOIN client_registrations r ON r.tenant_id = o.tenant_id AND r.id = o.registration_id
    WHERE o.tenant_id = $1 AND o.user_id = $2`,
);
const add = statement(
  'client_registration_owners.add',
  `INSERT INTO client_registration_owners (tenant_id, registration_id, user_id) VALUES ($1, $2, $3)
   ON CONFLICT DO NOTHING RETURNING user_id`,
);
const remove = statement(
  'client_registration_owners.remove',
  'DELETE FROM client_registration_owners WHERE tenant_id = $1 AND registration_id = $2 AND user_id = $3 RETURNING user_id',
);

const INVITATION = `SELECT i.id, i.registration_id, i.invited, i.transfer, i.expires_at, r.client_id,
                           coalesce(r.proposal ->> 'client_name', c.client_name) AS client_name, u.username AS invited_by
                      FROM client_owner_invitations i
                      JOIN client_registrations r ON r.tenant_id = i.tenant_id AND r.id = i.registration_id
                      JOIN users u ON u.tenant_id = i.tenant_id AND u.id = i.invited_by AND u.enabled
                      LEFT JOIN clients c ON c.tenant_id = r.tenant_id AND c.client_id = r.live_client_id`;
const listInvitations = statement(
  'client_owner_invitations.list',
  `${INVITATION} WHERE i.tenant_id = $1 AND i.registration_id = $2 AND i.expires_at > now() ORDER BY i.id LIMIT 100`,
);
const listInvitationsFor = statement(
  'client_owner_invitations.list_for',
  `${INVITATION} WHERE i.tenant_id = $1 AND i.identifier = ANY ($2) AND i.expires_at > now() ORDER BY i.id LIMIT 100`,
);
const invite = statement(
  'client_owner_invitations.create',
  `INSERT INTO client_owner_invitations
     (tenant_id, id, registration_id, invited, identifier, invited_by, transfer, expires_at)
   VALUES ($1, $2, $3, $4, $5, $6, $7, now() + make_interval(days => $8))
   ON CONFLICT (tenant_id, registration_id, identifier)
   DO UPDATE SET id = excluded.id, invited = excluded.invited, invited_by = excluded.invited_by,
                 transfer = excluded.transfer, expires_at = excluded.expires_at
   RETURNING id`,
);
const withdraw = statement(
  'client_owner_invitations.withdraw',
  'DELETE FROM client_owner_invitations WHERE tenant_id = $1 AND registration_id = $2 AND id = $3 RETURNING id',
);
const decline = statement(
  'client_owner_invitations.decline',
  'DELETE FROM client_owner_invitations WHERE tenant_id = $1 AND id = $2 AND identifier = ANY ($3) RETURNING id',
);
const take = statement(
  'client_owner_invitations.take',
  `DELETE FROM client_owner_invitations i USING users u
    WHERE i.tenant_id = $1 AND i.id = $2 AND i.identifier = ANY ($3) AND i.expires_at > now()
      AND u.tenant_id = i.tenant_id AND u.id = i.invited_by AND u.enabled
   RETURNING i.registration_id, i.invited_by, i.transfer`,
);

/** Who owns which registration, and who was asked to. */
@Injectable()
export class ClientOwnersRepository {
  constructor(private readonly database: Database) {}

  /** The oldest first. */
  async list(tenantId: TenantId, registrationId: string, within?: Transaction): Promise<Owner[]> {
    const values = [tenantId, registrationId];
    const rows = await (within
      ? within.query<OwnerRow & object>(list, values)
      : this.database.query<OwnerRow & object>(tenantId, list, values));
    return rows.map((row) => ({
      userId: row.user_id,
      username: row.username,
      isEnabled: row.enabled,
      since: row.created_at,
    }));
  }

  async countsOf(tenantId: TenantId, userId: string): Promise<OwnedCounts> {
    const [counts] = await this.database.query<OwnedCounts & object>(tenantId, countsOfUser, [tenantId, userId]);
    return counts ?? { owned: 0, rejected: 0 };
  }

  /** Those with a verified address, who can sign in. */
  listReachable(tenantId: TenantId, registrationId: string, within: Transaction): Promise<ReachableOwner[]> {
    return within.query<ReachableOwner>(listReachable, [tenantId, registrationId]);
  }

  /**
   * Lets one transaction at a time make the user the owner of something.
   * @returns how many they own; undefined when there is no such user who is enabled
   */
  async lockUser(tenantId: TenantId, userId: string, transaction: Transaction): Promise<number | undefined> {
    const locked = await transaction.query(lockUser, [tenantId, userId]);
    if (locked.length === 0) return undefined;
    const [row] = await transaction.query<{ count: number }>(countOfUser, [tenantId, userId]);
    return row?.count ?? 0;
  }

  /** @returns false when the user owns it already */
  async add(tenantId: TenantId, registrationId: string, userId: string, transaction: Transaction): Promise<boolean> {
    return (await transaction.query(add, [tenantId, registrationId, userId])).length === 1;
  }

  /** What they asked others ends with it. @returns false when the user does not own it */
  async remove(tenantId: TenantId, registrationId: string, userId: string, transaction: Transaction): Promise<boolean> {
    return (await transaction.query(remove, [tenantId, registrationId, userId])).length === 1;
  }

  async listInvitations(tenantId: TenantId, registrationId: string, within?: Transaction): Promise<OwnerInvitation[]> {
    const values = [tenantId, registrationId];
    const rows = await (within
      ? within.query<InvitationRow & object>(listInvitations, values)
      : this.database.query<InvitationRow & object>(tenantId, listInvitations, values));
    return rows.map(toInvitation);
  }

  /** @param identifiers normalized names and addresses that are proven to be the person's */
  async listInvitationsFor(tenantId: TenantId, identifiers: readonly string[]): Promise<OwnerInvitation[]> {
    const values = [tenantId, identifiers];
    return (await this.database.query<InvitationRow & object>(tenantId, listInvitationsFor, values)).map(toInvitation);
  }

  /** Whoever was asked already is asked anew. */
  async invite(
    tenantId: TenantId,
    invitation: {
      readonly id: string;
      readonly registrationId: string;
      readonly invited: string;
      readonly identifier: string;
      readonly invitedBy: string;
      readonly isTransfer: boolean;
      readonly days: number;
    },
    transaction: Transaction,
  ): Promise<void> {
    const { id, registrationId, invited, identifier, invitedBy, isTransfer, days } = invitation;
    await transaction.query(invite, [tenantId, id, registrationId, invited, identifier, invitedBy, isTransfer, days]);
  }

  async withdraw(tenantId: TenantId, registrationId: string, id: string, transaction: Transaction): Promise<boolean> {
    return (await transaction.query(withdraw, [tenantId, registrationId, id])).length === 1;
  }

  async decline(
    tenantId: TenantId,
    id: string,
    identifiers: readonly string[],
    transaction: Transaction,
  ): Promise<boolean> {
    return (await transaction.query(decline, [tenantId, id, identifiers])).length === 1;
  }

  /** Works once, and while whoever asked is an owner who is enabled. */
  async take(
    tenantId: TenantId,
    id: string,
    identifiers: readonly string[],
    transaction: Transaction,
  ): Promise<{ registrationId: string; invitedBy: string; isTransfer: boolean } | undefined> {
    const [row] = await transaction.query<AcceptedRow & object>(take, [tenantId, id, identifiers]);
    return row && { registrationId: row.registration_id, invitedBy: row.invited_by, isTransfer: row.transfer };
  }
}

function toInvitation(row: InvitationRow): OwnerInvitation {
  return {
    id: row.id,
    registrationId: row.registration_id,
    invited: row.invited,
    isTransfer: row.transfer,
    expiresAt: row.expires_at,
    clientName: row.client_name,
    clientId: row.client_id,
    invitedBy: row.invited_by,
  };
}
