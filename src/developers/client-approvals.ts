import { Injectable } from '@nestjs/common';
import type { ClientRegistration, StoredClient } from '../clients/clients.repository.js';
import { ClientsService } from '../clients/clients.service.js';
import { isUniqueViolation } from '../database/database-error.js';
import type { Transaction } from '../database/statement.js';
import type { Companion } from '../database/unit-of-work.js';
import type { Tenant } from '../tenants/tenant.js';
import { ClientCompletion } from './client-completion.js';
import { type ClientProposal, proposalOf } from './client-proposal.js';
import {
  type KnownRegistration,
  type Registration,
  RegistrationConflictError,
  StaleRegistrationError,
} from './client-registration.js';
import { ClientRegistrationsRepository } from './client-registrations.repository.js';
import { type ProposalChange, findChanges } from './proposal-changes.js';

/** What a proposal would make of a client, and how that differs from what it is. */
export interface Proposed extends KnownRegistration {
  readonly completed: ClientRegistration;
  readonly changes: readonly ProposalChange[];
}

export interface Decision {
  /** As in audit events. */
  readonly by: string;
  /** Somebody of the tenant has looked at it. Nobody has at what holds without approval. */
  readonly isReviewed: boolean;
  /** Asked in the transaction, before anything is written. */
  readonly permit?: ((transaction: Transaction) => Promise<void>) | undefined;
}

/** Makes clients what was proposed: the only way from a proposal to a client. */
@Injectable()
export class ClientApprovals {
  constructor(
    private readonly registrations: ClientRegistrationsRepository,
    private readonly clients: ClientsService,
    private readonly completion: ClientCompletion,
  ) {}

  async withClient(tenant: Tenant, registration: Registration): Promise<KnownRegistration> {
    const client = registration.isLive ? await this.clients.find(tenant.id, registration.clientId) : undefined;
    return { registration, client };
  }

  /** What a client would be that does not exist. @throws ClientMetadataError */
  completeDraft(tenant: Tenant, proposal: ClientProposal): Promise<ClientRegistration> {
    return this.completion.complete(tenant, proposal);
  }

  /** @throws ClientMetadataError for a proposal that is not possible, or beyond the ceilings */
  async complete(tenant: Tenant, known: KnownRegistration, proposal: ClientProposal): Promise<Proposed> {
    const completed = await this.completion.complete(tenant, proposal, known.client?.entity);
    const before = known.client && proposalOf(known.client.entity);
    return { ...known, completed, changes: findChanges(before, proposalOf(completed)) };
  }

  /**
   * @returns undefined when the client or its registration has changed since it was read
   * @throws RegistrationConflictError when the identifier of the client was taken meanwhile
   */
  async apply(
    tenant: Tenant,
    { registration, client, completed, changes }: Proposed,
    decision: Decision,
    companion?: Companion<KnownRegistration>,
  ): Promise<KnownRegistration | undefined> {
    const { id, clientId } = registration;
    let applied: KnownRegistration | undefined;
    const within: Companion<StoredClient> = {
      begin: async (transaction) => {
        await companion?.begin(transaction);
        await decision.permit?.(transaction);
      },
      // After the client, as whoever deletes a client deletes its registration afterwards: one order of locks.
      finish: async (transaction, stored) => {
        const { version } = registration;
        const decided = { version, state: 'approved', by: decision.by } as const;
        const approved = await this.registrations.decide(tenant.id, id, decided, transaction);
        if (!approved) throw new StaleRegistrationError();
        applied = { registration: approved, client: stored };
        await companion?.finish(transaction, applied);
      },
    };
    const next = { ...completed, reviewedAt: reviewedAt(client, decision.isReviewed, changes) };
    try {
      if (client) {
        const { version, permissions } = client.entity;
        const change = { version, registration: next, permissions, secretFollows: true };
        await this.clients.update(tenant.id, clientId, change, within);
      } else {
        await this.clients.create(tenant.id, { clientId, registration: next }, within);
      }
    } catch (error) {
      if (error instanceof StaleRegistrationError) return undefined;
      if (!client && isUniqueViolation(error)) return this.explain(tenant, registration);
      throw error;
    }
    return applied;
  }

  /** Somebody was faster, or an administrator registered a client under the identifier. */
  private async explain(tenant: Tenant, { id, version }: Registration): Promise<undefined> {
    const now = await this.registrations.find(tenant.id, id);
    if (now?.version === version) {
      throw new RegistrationConflictError(
        'The tenant has another client of this identifier; it has to be deleted first.',
      );
    }
    return undefined;
  }
}

function reviewedAt(client: StoredClient | undefined, isReviewed: boolean, changes: readonly ProposalChange[]) {
  const known = client?.entity.reviewedAt ?? null;
  if (isReviewed) return known ?? new Date();
  return changes.some(({ isSensitive }) => isSensitive) ? null : known;
}
