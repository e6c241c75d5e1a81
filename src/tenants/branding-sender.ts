import type { Branding } from './branding.js';
import type { LayerName } from './policy-inheritance.js';

/** Who mails come from: members of the branding and, for a whole platform or template, of the policy. */
export const SENDER_MEMBERS = ['mailFromName', 'mailFrom', 'mailReplyTo'] as const;
export type BrandingSender = Pick<Branding, (typeof SENDER_MEMBERS)[number]>;

/** What the operator locked in the policy, a branding does not decide. Mostly it is the same object. */
export function withinSenderLocks<Sender extends BrandingSender>(
  branding: Sender,
  locks: ReadonlyMap<string, LayerName>,
): Sender {
  const locked = SENDER_MEMBERS.filter((member) => branding[member] !== undefined && locks.has(member));
  if (locked.length === 0) return branding;
  const names: readonly string[] = locked;
  return Object.fromEntries(Object.entries(branding).filter(([member]) => !names.includes(member))) as Sender;
}
