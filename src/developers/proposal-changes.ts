import { type ClientProposal, PROPOSAL_MEMBERS } from './client-proposal.js';

/** One member that differs between what a client has and what is proposed. */
export interface ProposalChange {
  readonly member: string;
  readonly before: unknown;
  readonly after: unknown;
  /** Of lists: what comes and what goes. */
  readonly added?: readonly unknown[];
  readonly removed?: readonly unknown[];
  /** It gives the client something, or changes what people are shown: an administrator looks at it. */
  readonly isSensitive: boolean;
}

/** Bookkeeping of the developer, and keys that are replaced as secrets are. */
const HARMLESS: readonly string[] = ['contacts', 'software_id', 'software_version', 'logo_uri', 'jwks'];
/** Whose entries each give something, so that taking one away is harmless. */
const GIVING: readonly string[] = ['redirect_uris', 'post_logout_redirect_uris', 'grant_types', 'scope', 'permissions'];

/** @param before undefined for a client that does not exist yet: all of it is new, and sensitive */
export function findChanges(
  before: Required<ClientProposal> | undefined,
  after: Required<ClientProposal>,
): ProposalChange[] {
  return PROPOSAL_MEMBERS.flatMap((member) => {
    const [known, value]: readonly unknown[] = [before?.[member] ?? null, after[member]];
    if (JSON.stringify(known) === JSON.stringify(value) || (before === undefined && isEmpty(value))) return [];
    const lists = compareLists(member, known, value);
    return [{ member, before: known, after: value, ...lists, isSensitive: isSensitive(member, lists) }];
  });
}

function isSensitive(member: string, lists: { readonly added: readonly unknown[] } | undefined): boolean {
  if (HARMLESS.includes(member)) return false;
  return !(lists && GIVING.includes(member)) || lists.added.length > 0;
}

function isEmpty(value: unknown): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

function compareLists(member: string, before: unknown, after: unknown) {
  if (member === 'jwks') return undefined;
  const [old, young] = [entriesOf(member, before), entriesOf(member, after)];
  if (!old || !young) return undefined;
  return {
    added: young.filter((entry) => !old.includes(entry)),
    removed: old.filter((entry) => !young.includes(entry)),
  };
}

/** Of permissions: each API with each of its scopes. */
function entriesOf(member: string, value: unknown): readonly unknown[] | undefined {
  if (member === 'scope') return typeof value === 'string' ? value.split(' ').filter(Boolean) : [];
  if (value === null) return [];
  if (!Array.isArray(value)) return undefined;
  if (member !== 'permissions') return value as unknown[];
  const permissions = value as NonNullable<ClientProposal['permissions']>;
  return permissions.flatMap(({ api, scopes }) => scopes.map((name) => `${api} ${name}`));
}
