import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { ClientEntity } from '../clients/client.entity.js';
import { ClientsService, type NewClientSecret } from '../clients/clients.service.js';
import { MANAGEMENT_API, scopesAt } from '../clients/permissions.js';
import { isUuid } from '../crypto/uuid.js';
import { Database } from '../database/database.js';
import type { Transaction } from '../database/statement.js';
import { unitOfWork } from '../database/unit-of-work.js';
import { RolesService } from '../roles/roles.service.js';
import { ClientApprovals, type Decision, type Proposed } from './client-approvals.js';
import { ClientOwnersRepository } from './client-owners.repository.js';
import { type ClientProposal, proposalOf } from './client-proposal.js';
import {
  type KnownRegistration,
  type ListedRegistration,
  type Registration,
  RegistrationConflictError,
  StaleRegistrationError,
} from './client-registration.js';
import { ClientRegistrationsRepository } from './client-registrations.repository.js';
import { type Developer, type DeveloperEvent, Developers, actorOf } from './developer.js';
import { recordedOf } from './shown-registration.js';

const OF_ADMINISTRATORS =
  'The client has permissions at the management API, so administrators look after it and its owners do not.';

/** What developers do with the clients they own. What is not theirs is not there. */
@Injectable()
export class OwnRegistrations {
  constructor(
    private readonly database: Database,
    private readonly registrations: ClientRegistrationsRepository,
    private readonly owners: ClientOwnersRepository,
    private readonly approvals: ClientApprovals,
    private readonly clients: ClientsService,
    private readonly roles: RolesService,
    private readonly developers: Developers,
  ) {}

  async list(
    developer: Developer,
    page: { readonly after?: string | undefined; readonly limit: number },
  ): Promise<ListedRegistration[]> {
    await this.developers.require(developer);
    return this.registrations.listOfOwner(developer.tenant.id, developer.user.id, page);
  }

  async find(developer: Developer, id: string): Promise<KnownRegistration | undefined> {
    await this.developers.require(developer);
    const registration = isUuid(id)
      ? await this.registrations.findOfOwner(developer.tenant.id, id, developer.user.id)
      : undefined;
    return registration && this.approvals.withClient(developer.tenant, registration);
  }

  /** A draft. @throws ClientMetadataError, RegistrationConflictError */
  async create(developer: Developer, proposal: ClientProposal): Promise<KnownRegistration> {
    await this.developers.require(developer);
    const { tenant, user } = developer;
    const completed = await this.approvals.completeDraft(tenant, proposal);
    const [id, clientId] = [uuidv7(), `client-${randomUUID()}`];
    const recording = this.developers.recording<Registration>(developer, {
      type: 'client_registration.created',
      clientId,
      after: (registration) => recordedOf({ registration, client: undefined }),
    });
    const created = await unitOfWork(this.database, tenant.id, recording, async (_, transaction) => {
      const owned = await this.owners.lockUser(tenant.id, user.id, transaction);
      if (owned === undefined) return undefined;
      if (owned >= tenant.policy.developerMaxClients) throw tooMany(tenant.policy.developerMaxClients);
      const draft = { id, clientId, proposal: proposalOf(completed) };
      const registration = await this.registrations.create(tenant.id, draft, transaction);
      await this.owners.add(tenant.id, id, user.id, transaction);
      return registration;
    });
    if (!created) throw new StaleRegistrationError();
    return { registration: created, client: undefined };
  }

  /**
   * Changes what is proposed. Of a client that exists, harmless changes hold at once, and sensitive ones are reviewed
   * first, unless the tenant asks for no approval.
   */
  async edit(developer: Developer, known: KnownRegistration, body: ClientProposal): Promise<KnownRegistration> {
    const { tenant } = developer;
    const { registration, client } = known;
    await this.refusePowerful(developer, client?.entity);
    const base = registration.proposal ?? (client ? proposalOf(client.entity) : {});
    const proposed = await this.approvals.complete(tenant, known, mergeProposal(base, body));
    if (!client) {
      const state = registration.state === 'pending' ? 'pending' : 'draft';
      return this.propose(developer, proposed, { type: 'client_registration.updated', state });
    }
    const needsReview = proposed.changes.some(({ isSensitive }) => isSensitive);
    if (needsReview && tenant.policy.developerRegistration === 'with_approval') {
      return this.propose(developer, proposed, { type: 'client_registration.submitted', state: 'pending' });
    }
    return this.apply(developer, proposed);
  }

  /** Whether it could be handed in now. @throws ClientMetadataError when it could not */
  async check({ tenant }: Developer, known: KnownRegistration, proposal: ClientProposal): Promise<void> {
    await this.approvals.complete(tenant, known, proposal);
  }

  /** Hands a draft in. Without approval it holds at once. */
  async submit(developer: Developer, known: KnownRegistration): Promise<KnownRegistration> {
    const { tenant } = developer;
    const { state, proposal } = known.registration;
    await this.refusePowerful(developer, known.client?.entity);
    if (!proposal)
      throw new RegistrationConflictError('There is nothing to hand in: the client has what was proposed.');
    const proposed = await this.approvals.complete(tenant, known, proposal);
    if (tenant.policy.developerRegistration === 'without_approval') return this.apply(developer, proposed);
    if (state === 'pending') throw new RegistrationConflictError('It is handed in already.');
    return this.propose(developer, proposed, { type: 'client_registration.submitted', state: 'pending' });
  }

  /** Takes back what is proposed: a new client is a draft again, and one that exists stays as it is. */
  async withdraw(developer: Developer, { registration, client }: KnownRegistration): Promise<KnownRegistration> {
    const { tenant } = developer;
    const { state, proposal, clientId } = registration;
    if (state !== 'pending' && !(state === 'rejected' && client)) {
      throw new RegistrationConflictError('Nothing is handed in that could be taken back.');
    }
    const next = client ? ({ state: 'approved', proposal: null } as const) : ({ state: 'draft', proposal } as const);
    const event = { type: 'client_registration.withdrawn', clientId } as const;
    return this.write(developer, event, { registration, client }, (transaction) =>
      this.registrations.propose(tenant.id, registration.id, { version: registration.version, ...next }, transaction),
    );
  }

  /** The client, its tokens and what is proposed. */
  async delete(developer: Developer, { registration, client }: KnownRegistration): Promise<boolean> {
    const { tenant } = developer;
    const { id, clientId } = registration;
    const before = recordedOf({ registration, client });
    const event = { type: 'client_registration.deleted', clientId, before } as const;
    const companion = this.developers.recording<true>(developer, event);
    if (client) {
      const permit = this.permitFor(developer, id);
      return (await this.clients.delete(tenant.id, clientId, { companion, permit })) === true;
    }
    const deleted = await unitOfWork<true>(this.database, tenant.id, companion, async (_, transaction) => {
      await this.requireOwner(developer, id, transaction);
      return (await this.registrations.delete(tenant.id, id, transaction)) || undefined;
    });
    return deleted === true;
  }

  /** A second secret beside the one in use. @returns undefined when the client is gone @throws TooManySecretsError */
  async addSecret(
    developer: Developer,
    { registration, client }: KnownRegistration,
  ): Promise<NewClientSecret | undefined> {
    const { id, clientId } = registration;
    if (!client) throw new RegistrationConflictError('There is no client yet: it has secrets once it is approved.');
    return this.clients.addSecret(developer.tenant.id, clientId, {
      companion: this.developers.recording<NewClientSecret>(developer, {
        ...{ type: 'client_secret.created', clientId },
        after: (made) => ({ id: made.id, made_at: made.createdAt }),
      }),
      permit: this.permitFor(developer, id),
    });
  }

  /** @returns false when there is no such secret @throws LastSecretError */
  async deleteSecret(
    developer: Developer,
    { registration, client }: KnownRegistration,
    secretId: string,
  ): Promise<boolean> {
    const { id, clientId } = registration;
    const known = client?.secrets.find((secret) => secret.id === secretId);
    const deleted = await this.clients.deleteSecret(developer.tenant.id, clientId, secretId, {
      companion: this.developers.recording(developer, {
        ...{ type: 'client_secret.deleted', clientId },
        before: { id: secretId, made_at: known?.createdAt ?? null, expires_at: known?.expiresAt ?? null },
      }),
      permit: this.permitFor(developer, id),
    });
    return deleted === true;
  }

  private propose(
    developer: Developer,
    { registration, client, completed, changes }: Proposed,
    {
      type,
      state,
    }: { type: 'client_registration.updated' | 'client_registration.submitted'; state: 'draft' | 'pending' },
  ): Promise<KnownRegistration> {
    const { id, clientId, version } = registration;
    const submittedBy = type === 'client_registration.submitted' ? actorOf(developer) : undefined;
    const event = { type, clientId, details: { changed: changes.map(({ member }) => member) } };
    const change = { version, state, proposal: proposalOf(completed), submittedBy };
    return this.write(developer, event, { registration, client }, (transaction) =>
      this.registrations.propose(developer.tenant.id, id, change, transaction),
    );
  }

  private async apply(developer: Developer, proposed: Proposed): Promise<KnownRegistration> {
    const { id, clientId } = proposed.registration;
    const decision: Decision = {
      by: actorOf(developer),
      isReviewed: false,
      permit: (transaction) => this.requireOwner(developer, id, transaction),
    };
    const changed = proposed.changes.map(({ member }) => member);
    const type = proposed.client ? 'client_registration.updated' : 'client_registration.approved';
    const recording = this.developers.recording<KnownRegistration>(developer, {
      ...{ type, clientId, details: { changed } },
      ...{ before: recordedOf(proposed), after: recordedOf },
    });
    const applied = await this.approvals.apply(developer.tenant, proposed, decision, recording);
    if (!applied) throw new StaleRegistrationError();
    return applied;
  }

  private async write(
    developer: Developer,
    event: Omit<DeveloperEvent<Registration>, 'before' | 'after'>,
    { registration, client }: KnownRegistration,
    work: (transaction: Transaction) => Promise<Registration | undefined>,
  ): Promise<KnownRegistration> {
    const companion = this.developers.recording<Registration>(developer, {
      ...event,
      before: recordedOf({ registration, client }),
      after: (written) => recordedOf({ registration: written, client }),
    });
    const written = await unitOfWork(this.database, developer.tenant.id, companion, async (_, transaction) => {
      await this.requireOwner(developer, registration.id, transaction);
      return work(transaction);
    });
    if (!written) throw new StaleRegistrationError();
    return { registration: written, client };
  }

  /** Asked in the transaction: who was an owner a moment ago may be none. */
  private async requireOwner({ tenant, user }: Developer, id: string, transaction: Transaction): Promise<void> {
    const own = await this.registrations.findOfOwner(tenant.id, id, user.id, transaction);
    if (!own) throw new StaleRegistrationError();
  }

  /** Asked in the transaction, of the client as it is then. */
  private permitFor(developer: Developer, id: string) {
    return async (client: ClientEntity, manager: EntityManager, transaction: Transaction): Promise<void> => {
      await this.requireOwner(developer, id, transaction);
      await this.refusePowerful(developer, client, manager);
    };
  }

  /** Its owners would have its power: nobody gives themselves what no administrator gave them. */
  private async refusePowerful(
    { tenant }: Developer,
    client: ClientEntity | undefined,
    within?: EntityManager,
  ): Promise<void> {
    if (!client) return;
    const ofRoles = await this.roles.permissionsOf(tenant.id, client.managementRoles, within);
    if (scopesAt(client.permissions, MANAGEMENT_API).length > 0 || ofRoles.length > 0) {
      throw new RegistrationConflictError(OF_ADMINISTRATORS, 'of_administrators');
    }
  }
}

/** A member of the body takes the place of what was proposed; `scope` alone says all of it, as in the management API. */
function mergeProposal(base: ClientProposal, body: ClientProposal): ClientProposal {
  const { permissions, ...others } = base;
  const keepsPermissions = body.scope === undefined || body.permissions !== undefined;
  return { ...others, ...(keepsPermissions && permissions !== undefined && { permissions }), ...body };
}

function tooMany(limit: number): RegistrationConflictError {
  return new RegistrationConflictError(
    `You own ${limit} clients; nobody can own more here (policy developer_max_clients).`,
    'too_many_clients',
  );
}
