import type { StoredClient } from '../clients/clients.repository.js';
import type { ClientProposal } from './client-proposal.js';

/** Of what is proposed. */
export const PROPOSAL_STATES = ['draft', 'pending', 'approved', 'rejected'] as const;
export type ProposalState = (typeof PROPOSAL_STATES)[number];
/** As people see it: a client that was approved and disabled is suspended. */
export const REGISTRATION_STATES = [...PROPOSAL_STATES, 'suspended'] as const;
export type RegistrationState = (typeof REGISTRATION_STATES)[number];

/** A client that a developer registers. */
export interface Registration {
  readonly id: string;
  /** The identifier that the client has from the draft on. */
  readonly clientId: string;
  /** Whether the client exists. */
  readonly isLive: boolean;
  readonly state: ProposalState;
  /** Null once it is what the client has. */
  readonly proposal: Required<ClientProposal> | null;
  readonly reason: string | null;
  readonly submittedBy: string | null;
  readonly submittedAt: Date | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** The same as a line of a list. */
export type ListedRegistration = Registration & {
  readonly clientName: string | null;
  /** Undefined while there is no client. */
  readonly isEnabled: boolean | undefined;
};

export interface Owner {
  readonly userId: string;
  readonly username: string;
  readonly isEnabled: boolean;
  readonly since: Date;
}

/** Somebody was asked to own a client, too. */
export interface OwnerInvitation {
  readonly id: string;
  readonly registrationId: string;
  /** As it was typed. */
  readonly invited: string;
  readonly isTransfer: boolean;
  readonly expiresAt: Date;
  readonly clientName: string | null;
  readonly clientId: string;
  readonly invitedBy: string;
}

/** A registration with its client, when there is one. */
export interface KnownRegistration {
  readonly registration: Registration;
  readonly client: StoredClient | undefined;
}

/** Grows with each change of the registration and of its client: somebody who decides has seen both. */
export function versionOf({ registration, client }: KnownRegistration): number {
  return registration.version + (client?.entity.version ?? 0);
}

export function stateOf({ registration, client }: KnownRegistration): RegistrationState {
  return registration.state === 'approved' && client?.entity.enabled === false ? 'suspended' : registration.state;
}

/** The registration has changed since it was read. */
export class StaleRegistrationError extends Error {}

/** Why something cannot be done now, for the pages; `state`: it is in a state that does not fit (any more). */
export type ConflictReason =
  | 'state'
  | 'of_administrators'
  | 'too_many_clients'
  | 'too_many_owners'
  | 'too_many_invitations'
  | 'owned'
  | 'last_owner';

/** It cannot be done in the state that the registration is in; the message says why. */
export class RegistrationConflictError extends Error {
  constructor(
    message: string,
    readonly reason: ConflictReason = 'state',
  ) {
    super(message);
  }
}

/** The tenant does not let this person register clients; the message says why. */
export class NotDeveloperError extends Error {}
