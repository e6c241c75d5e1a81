import { PROPOSAL_MEMBERS, type ClientProposal } from '../../developers/client-proposal.js';
import type { ProposalChange } from '../../developers/proposal-changes.js';
import type { MemberChange, MemberValues } from '../developer-content.js';

/** More of a member is not shown on a page; the API shows all. */
const MAX_LINES = 100;

/** The members that say something, each value a line. */
export function membersShown(values: ClientProposal): MemberValues[] {
  return PROPOSAL_MEMBERS.map((member) => ({ member, values: linesOf(member, values[member]) })).filter(
    (one) => one.values.length > 0,
  );
}

/** Of lists what comes and goes, of everything else what was and what will be. */
export function changesShown(changes: readonly ProposalChange[]): MemberChange[] {
  return changes.map(({ member, before, after, added, removed }) => ({
    member,
    added: added ? linesOf(member, added) : linesOf(member, after),
    removed: removed ? linesOf(member, removed) : linesOf(member, before),
  }));
}

/** Whether secrets are of use to the client: not to one that is public, or has keys. */
export function usesSecrets({ token_endpoint_auth_method: method }: ClientProposal): boolean {
  return method === null || method === undefined || method.startsWith('client_secret');
}

function linesOf(member: string, value: unknown): string[] {
  if (value === null || value === undefined || value === '') return [];
  if (member === 'scope' && typeof value === 'string') return value.split(' ').filter(Boolean).slice(0, MAX_LINES);
  if (Array.isArray(value)) return value.slice(0, MAX_LINES).flatMap((entry: unknown) => lineOf(member, entry));
  return lineOf(member, value);
}

function lineOf(member: string, value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (member === 'permissions' && isPermission(value)) return value.scopes.map((scope) => `${value.api} ${scope}`);
  return [JSON.stringify(value)];
}

function isPermission(value: unknown): value is { readonly api: string; readonly scopes: readonly string[] } {
  return typeof value === 'object' && value !== null && 'api' in value && 'scopes' in value;
}
