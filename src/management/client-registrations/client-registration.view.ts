import {
  type KnownRegistration,
  type ListedRegistration,
  type Owner,
  type OwnerInvitation,
  type Registration,
  stateOf,
} from '../../developers/client-registration.js';
import { type ClientProposal, proposalOf } from '../../developers/client-proposal.js';
import type { ProposalChange } from '../../developers/proposal-changes.js';
import type { WrittenSnippet } from '../../developers/snippets/snippets.js';
import { SECRET_VARIABLE } from '../../developers/snippets/snippet.js';
import type { RedirectUriTest } from '../../oauth/redirect-uri-difference.js';
import type { View } from '../kit/view.js';

/** What is shown beside the registration itself. */
export interface RegistrationViewOptions {
  readonly owners: readonly Owner[];
  /** What approving it would change. */
  readonly changes: readonly ProposalChange[];
}

export function listedRegistrationView(registration: ListedRegistration): View {
  const { state, isEnabled, clientName } = registration;
  return {
    ...commonView(registration),
    client_name: clientName,
    state: state === 'approved' && isEnabled === false ? 'suspended' : state,
    suspended: isEnabled === false,
  };
}

export function registrationView(known: KnownRegistration, { owners, changes }: RegistrationViewOptions): View {
  const { registration, client } = known;
  const live = client && proposalOf(client.entity);
  const { proposal } = registration;
  return {
    ...commonView(registration),
    client_name: (proposal ?? live)?.client_name ?? null,
    state: stateOf(known),
    suspended: client?.entity.enabled === false,
    client: live ? proposalView(live) : null,
    proposal: proposal && proposalView(proposal),
    changes: changes.map(changeView),
    owners: owners.map(ownerView),
    client_secrets: (client?.secrets ?? []).map(({ id, createdAt, expiresAt }) => ({
      id,
      created_at: createdAt,
      expires_at: expiresAt,
    })),
  };
}

function commonView(registration: Registration): View {
  const { id, clientId, isLive, reason, submittedBy, submittedAt, decidedBy, decidedAt, createdAt, updatedAt } =
    registration;
  return {
    ...{ id, client_id: clientId, registered: isLive, reason },
    ...{ submitted_by: submittedBy, submitted_at: submittedAt, decided_by: decidedBy, decided_at: decidedAt },
    ...{ created_at: createdAt, updated_at: updatedAt },
  };
}

function proposalView(proposal: Required<ClientProposal>): View {
  return { ...proposal };
}

function changeView({ member, before, after, added, removed, isSensitive }: ProposalChange): View {
  return { member, before, after, ...(added && { added }), ...(removed && { removed }), sensitive: isSensitive };
}

export function ownerView({ userId, username, isEnabled, since }: Owner): View {
  return { user_id: userId, username, enabled: isEnabled, created_at: since };
}

export function ownerInvitationView(invitation: OwnerInvitation): View {
  const { id, clientId, clientName, invited, invitedBy, isTransfer, expiresAt } = invitation;
  return {
    ...{ id, client_id: clientId, client_name: clientName, invited, invited_by: invitedBy },
    ...{ transfer: isTransfer, expires_at: expiresAt },
  };
}

export function listedSnippetView({ library, title, language }: WrittenSnippet): View {
  return { library, title, language };
}

export function snippetView(snippet: WrittenSnippet): View {
  const { install, needsSecret, file } = snippet;
  return {
    ...listedSnippetView(snippet),
    install: install ?? null,
    secret_variable: needsSecret ? SECRET_VARIABLE : null,
    file_name: file.name,
    code: file.text,
  };
}

export function redirectTestView({ matches, comparisons }: RedirectUriTest): View {
  return {
    matches,
    comparisons: comparisons.map(({ registered, matches: fits, difference }) => ({
      registered,
      matches: fits,
      difference: difference
        ? {
            part: difference.part,
            position: difference.position,
            registered_character: difference.registeredCharacter,
            given_character: difference.givenCharacter,
            code: difference.reason.code,
            values: difference.reason.values,
            detail: difference.detail,
          }
        : null,
    })),
  };
}
