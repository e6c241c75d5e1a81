import { ACR_REQUIREMENTS, type AcrRequirement, type TenantPolicy } from '../tenants/tenant-policy.js';
import type { Proof } from './proof.js';

/** What `acr` and `amr` say of a sign-in. Both follow from what was proven and from nothing else. */

/** Something one knows, has, or is. A method that is not here is a kind of its own. */
const KINDS: Readonly<Record<string, string>> = {
  pwd: 'knowledge',
  pin: 'knowledge',
  kba: 'knowledge',
  otp: 'possession',
  sms: 'possession',
  tel: 'possession',
  hwk: 'possession',
  swk: 'possession',
  pop: 'possession',
  sc: 'possession',
  face: 'inherence',
  fpt: 'inherence',
  iris: 'inherence',
  retina: 'inherence',
  vbm: 'inherence',
};
/** They say how something was proven, and are no factor (RFC 8176 §2). */
const NO_KIND: readonly string[] = ['user', 'mca', 'mfa', 'rba', 'geo', 'wia'];
/** Proofs of a key that is used for this site alone. */
const KEY_PROOFS: readonly string[] = ['hwk', 'swk', 'pop', 'sc'];

/** RFC 8176 §2: every method that was used, and `mfa` when they are of several kinds. */
export function amrOf(proofs: readonly Proof[]): readonly string[] {
  const methods = [...new Set(proofs.flatMap(({ amr }) => amr))].filter((method) => method !== 'mfa');
  return isMultiFactor(proofs) ? [...methods, 'mfa'] : methods;
}

export function meets(requirement: AcrRequirement, proofs: readonly Pick<Proof, 'amr'>[]): boolean {
  const methods = proofs.flatMap(({ amr }) => amr);
  switch (requirement) {
    case 'one_factor':
      return methods.length > 0;
    case 'two_factors':
      return isMultiFactor(proofs);
    case 'phishing_resistant':
      return methods.some((method) => KEY_PROOFS.includes(method));
    case 'phishing_resistant_hardware':
      return methods.includes('hwk');
  }
}

/** No registered value says what was proven: less than any level (OpenID Connect Core §2). */
const NO_LEVEL = '0';

/**
 * The value that the sign-in is given: the first one of those wished for that it meets, else the strongest it meets.
 * OpenID Connect Core §3.1.2.1: wishes are "in order of preference".
 */
export function acrOf(
  { acrValues }: Pick<TenantPolicy, 'acrValues'>,
  proofs: readonly Proof[],
  wished: readonly string[] = [],
): string {
  const met = Object.entries(acrValues).filter(([, requirement]) => meets(requirement, proofs));
  const wish = wished.find((value) => met.some(([name]) => name === value));
  if (wish !== undefined) return wish;
  const strongest = [...ACR_REQUIREMENTS].reverse().find((requirement) => met.some(([, of]) => of === requirement));
  return met.find(([, requirement]) => requirement === strongest)?.[0] ?? NO_LEVEL;
}

/** A method of two kinds by itself says `mfa`, such as a passkey that verified its user. */
function isMultiFactor(proofs: readonly Pick<Proof, 'amr'>[]): boolean {
  const methods = proofs.flatMap(({ amr }) => amr);
  if (methods.includes('mfa')) return true;
  const kinds = methods.filter((method) => !NO_KIND.includes(method)).map((method) => KINDS[method] ?? method);
  return new Set(kinds).size > 1;
}
