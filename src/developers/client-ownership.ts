import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { Database } from '../database/database.js';
import type { Transaction } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';
import { type Companion, unitOfWork } from '../database/unit-of-work.js';
import type { Tenant } from '../tenants/tenant.js';
import { normalizeIdentifier } from '../users/identifier.js';
import type { User } from '../users/user.js';
import { ClientOwnersRepository, MAX_OWNERS, type OwnedCounts } from './client-owners.repository.js';
import {
  type ListedRegistration,
  type Owner,
  type OwnerInvitation,
  type Registration,
  RegistrationConflictError,
  StaleRegistrationError,
} from './client-registration.js';
import { ClientRegistrationsRepository } from './client-registrations.repository.js';
import { type Developer, type DeveloperEvent, Developers, identifiersOf } from './developer.js';

const INVITATION_DAYS = 14;
const MAX_INVITATIONS = 20;
/** The highest `developer_max_clients`. */
const MOST_CLIENTS = 1000;

/** Who owns a client: several people, each of whom may ask others and leave, as long as somebody is left. */
@Injectable()
export class ClientOwnership {
  constructor(
    private readonly database: Database,
    private readonly registrations: ClientRegistrationsRepository,
    private readonly owners: ClientOwnersRepository,
    private readonly developers: Developers,
  ) {}

  /** What a person owns, whether they may register clients or not. */
  ofUser(tenantId: TenantId, userId: string): Promise<ListedRegistration[]> {
    return this.registrations.listOfOwner(tenantId, userId, { limit: MOST_CLIENTS });
  }

  countsOf(tenantId: TenantId, userId: string): Promise<OwnedCounts> {
    return this.owners.countsOf(tenantId, userId);
  }

  list(tenantId: TenantId, registrationId: string): Promise<Owner[]> {
    return this.owners.list(tenantId, registrationId);
  }

  invitations(tenantId: TenantId, registrationId: string): Promise<OwnerInvitation[]> {
    return this.owners.listInvitations(tenantId, registrationId);
  }

  /** What this person was asked, whether they may register clients or not. */
  askedOf(tenantId: TenantId, user: User): Promise<OwnerInvitation[]> {
    return this.owners.listInvitationsFor(tenantId, identifiersOf(user));
  }

  /** What this person was asked. */
  async invitationsFor(developer: Developer): Promise<OwnerInvitation[]> {
    await this.developers.require(developer);
    return this.askedOf(developer.tenant.id, developer.user);
  }

  /** Whether anybody has the name or address is not looked up, so that nobody can find out who has an account. */
  async invite(
    developer: Developer,
    { id: registrationId, clientId }: Registration,
    { invited, isTransfer }: { readonly invited: string; readonly isTransfer: boolean },
  ): Promise<string> {
    const { tenant, user } = developer;
    const identifier = normalizeIdentifier(invited);
    if (identifiersOf(user).includes(identifier))
      throw new RegistrationConflictError('You own the client already.', 'owned');
    const id = uuidv7();
    const event = { type: 'client_registration.owner_invited', clientId, details: { transfer: isTransfer } } as const;
    const after = () => ({ invitation: id, transfer: isTransfer });
    await this.write<true>(developer, registrationId, { ...event, after }, async (transaction) => {
      const waiting = await this.owners.listInvitations(tenant.id, registrationId, transaction);
      if (waiting.length >= MAX_INVITATIONS) {
        throw new RegistrationConflictError(
          `${MAX_INVITATIONS} people were asked already; withdraw one of them first.`,
          'too_many_invitations',
        );
      }
      const invitation = { id, registrationId, invited, identifier, invitedBy: user.id, isTransfer };
      await this.owners.invite(tenant.id, { ...invitation, days: INVITATION_DAYS }, transaction);
      return true;
    });
    return id;
  }

  async withdrawInvitation(
    developer: Developer,
    { id, clientId }: Registration,
    invitationId: string,
  ): Promise<boolean> {
    const before = { invitation: invitationId };
    const event = { type: 'client_registration.invitation_withdrawn', clientId, before } as const;
    const done = await this.write<true>(
      developer,
      id,
      event,
      async (transaction) =>
        (await this.owners.withdraw(developer.tenant.id, id, invitationId, transaction)) || undefined,
    );
    return done === true;
  }

  /** @returns the id of the registration; undefined when nobody asks (any more) */
  async accept(developer: Developer, invitationId: string): Promise<string | undefined> {
    const { tenant, user } = developer;
    const invitation = (await this.invitationsFor(developer)).find(({ id }) => id === invitationId);
    if (!invitation) return undefined;
    const { registrationId, clientId } = invitation;
    const details = { user_id: user.id, transfer: invitation.isTransfer };
    const after = () => ({ owner: user.id });
    // Who hands it over owns it no longer.
    const before = invitation.isTransfer && { owner: invitation.invitedBy };
    const event = {
      type: 'client_registration.owner_added',
      clientId,
      details,
      after,
      ...(before && { before }),
    } as const;
    return unitOfWork(
      this.database,
      tenant.id,
      this.developers.recording<string>(developer, event),
      async (_, transaction) => {
        await this.addOwner(tenant, registrationId, user.id, transaction);
        // After the locks, and the one statement that decides: it works once, and for one asker who is still an owner.
        const taken = await this.owners.take(tenant.id, invitationId, identifiersOf(user), transaction);
        if (!taken) throw new StaleRegistrationError();
        if (taken.isTransfer) await this.owners.remove(tenant.id, registrationId, taken.invitedBy, transaction);
        return registrationId;
      },
    );
  }

  /** @returns false when nobody asked */
  async decline(developer: Developer, invitationId: string): Promise<boolean> {
    const { tenant, user } = developer;
    const invitation = (await this.invitationsFor(developer)).find(({ id }) => id === invitationId);
    if (!invitation) return false;
    const { clientId, isTransfer } = invitation;
    const before = { invitation: invitationId, transfer: isTransfer };
    const event = { type: 'client_registration.invitation_declined', clientId, before } as const;
    const declined = await unitOfWork<true>(
      this.database,
      tenant.id,
      this.developers.recording(developer, event),
      async (_, transaction) =>
        (await this.owners.decline(tenant.id, invitationId, identifiersOf(user), transaction)) || undefined,
    );
    return declined === true;
  }

  /** Oneself, or another owner. @returns false when that is none */
  async leave(developer: Developer, { id, clientId }: Registration, userId: string): Promise<boolean> {
    const before = { owner: userId };
    const event = {
      type: 'client_registration.owner_removed',
      clientId,
      details: { user_id: userId },
      before,
    } as const;
    const done = await this.write<true>(developer, id, event, async (transaction) =>
      this.removeOwner(developer.tenant.id, id, { userId, leavesNobody: false }, transaction),
    );
    return done === true;
  }

  /** By an administrator. @returns undefined when there is no such registration, or nobody of this id who is enabled */
  give(tenant: Tenant, id: string, userId: string, companion?: Companion<Owner>): Promise<Owner | undefined> {
    return unitOfWork(this.database, tenant.id, companion, async (_, transaction) => {
      if (!(await this.addOwner(tenant, id, userId, transaction))) return undefined;
      return (await this.owners.list(tenant.id, id, transaction)).find((owner) => owner.userId === userId);
    });
  }

  /** By an administrator, who may leave it without an owner. */
  take(tenantId: TenantId, id: string, userId: string, companion?: Companion<true>): Promise<true | undefined> {
    return unitOfWork<true>(this.database, tenantId, companion, async (_, transaction) => {
      if (!(await this.registrations.lock(tenantId, id, transaction))) return undefined;
      return this.removeOwner(tenantId, id, { userId, leavesNobody: true }, transaction);
    });
  }

  private write<Written>(
    developer: Developer,
    registrationId: string,
    event: DeveloperEvent<Written>,
    work: (transaction: Transaction) => Promise<Written | undefined>,
  ): Promise<Written | undefined> {
    const { tenant, user } = developer;
    const companion = this.developers.recording<Written>(developer, event);
    return unitOfWork(this.database, tenant.id, companion, async (_, transaction) => {
      await this.registrations.lock(tenant.id, registrationId, transaction);
      const own = await this.registrations.findOfOwner(tenant.id, registrationId, user.id, transaction);
      if (!own) throw new StaleRegistrationError();
      return work(transaction);
    });
  }

  /** @returns undefined when the registration or the user is gone */
  private async addOwner(
    { id: tenantId, policy }: Tenant,
    registrationId: string,
    userId: string,
    transaction: Transaction,
  ): Promise<true | undefined> {
    const owned = await this.owners.lockUser(tenantId, userId, transaction);
    if (owned === undefined) return undefined;
    if (!(await this.registrations.lock(tenantId, registrationId, transaction))) return undefined;
    const owners = await this.owners.list(tenantId, registrationId, transaction);
    if (owners.some((owner) => owner.userId === userId)) return true;
    if (owned >= policy.developerMaxClients) {
      throw new RegistrationConflictError(
        `A person may own ${policy.developerMaxClients} clients here (policy developer_max_clients).`,
        'too_many_clients',
      );
    }
    if (owners.length >= MAX_OWNERS)
      throw new RegistrationConflictError(`A client has at most ${MAX_OWNERS} owners.`, 'too_many_owners');
    await this.owners.add(tenantId, registrationId, userId, transaction);
    return true;
  }

  /** The registration is locked, so two owners cannot remove each other. */
  private async removeOwner(
    tenantId: TenantId,
    id: string,
    { userId, leavesNobody }: { readonly userId: string; readonly leavesNobody: boolean },
    transaction: Transaction,
  ): Promise<true | undefined> {
    const owners = await this.owners.list(tenantId, id, transaction);
    if (!owners.some((owner) => owner.userId === userId)) return undefined;
    if (!leavesNobody && !owners.some((owner) => owner.isEnabled && owner.userId !== userId)) {
      throw new RegistrationConflictError(
        'Nobody else owns the client; ask somebody to own it first, or delete it.',
        'last_owner',
      );
    }
    return (await this.owners.remove(tenantId, id, userId, transaction)) || undefined;
  }
}
