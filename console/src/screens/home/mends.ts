import type { Check } from './check-words.js';

type Place = readonly [string, ...string[]];
type CheckName = Check['name'];

const MENDS: Readonly<Record<CheckName, Place>> = {
  status: [''],
  addresses: ['domains'],
  keys: ['keys'],
  mail: ['mail'],
  administrator: ['invitations'],
  client: ['applications', 'new'],
  redirect_uris: ['applications'],
  branding: ['branding'],
  grants: ['policies'],
};

/** The screen where it is mended; that of the tenant itself where there is none of its own, and for what is not known. */
export function mendOf({ name, state }: Pick<Check, 'name' | 'state'>): Place {
  // Domains have the proof. An address that does not answer is not mended there.
  if (!Object.hasOwn(MENDS, name) || (name === 'addresses' && state === 'missing')) return [''];
  return MENDS[name];
}
