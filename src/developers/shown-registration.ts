import { type RedirectUriTest, testRedirectUri } from '../oauth/redirect-uri-difference.js';
import type { Tenant } from '../tenants/tenant.js';
import { type ClientProposal, proposalOf } from './client-proposal.js';
import { type KnownRegistration, stateOf } from './client-registration.js';
import { type ProposalChange, findChanges } from './proposal-changes.js';
import { type WrittenSnippet, snippetsFor } from './snippets/snippets.js';

/** What can be said of a registration, to developers and administrators alike, on pages and in APIs. */

/** What approving what is proposed would change. */
export function changesOf({ registration: { proposal }, client }: KnownRegistration): ProposalChange[] {
  return proposal ? findChanges(client && proposalOf(client.entity), proposal) : [];
}

/** What is registered, or with a client that does not exist yet what is proposed. */
export function valuesInUse({ registration, client }: KnownRegistration): ClientProposal {
  return (client ? proposalOf(client.entity) : registration.proposal) ?? {};
}

/** What the log tells of a registration when it changes: how it stands, what is proposed, and what the client has. */
export function recordedOf(known: KnownRegistration): object {
  const { registration, client } = known;
  return {
    state: stateOf(known),
    proposal: registration.proposal,
    client: client ? proposalOf(client.entity) : null,
  };
}

export function testRedirectOf(known: KnownRegistration, given: string): RedirectUriTest {
  const { redirect_uris: uris, application_type: type } = valuesInUse(known);
  return testRedirectUri(uris ?? [], given, type ?? 'web');
}

export function snippetsOf(tenant: Tenant, known: KnownRegistration): WrittenSnippet[] {
  return snippetsFor(tenant.issuer, { clientId: known.registration.clientId, ...valuesInUse(known) });
}
