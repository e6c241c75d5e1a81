import { isIP } from 'node:net';
import type { Tenant } from '../tenants/tenant.js';

/** WebAuthn Level 3 §4 "Relying Party Identifier": the domain that a passkey is bound to, and the origin of the pages. */
export interface RelyingParty {
  readonly id: string;
  readonly origin: string;
  readonly name: string;
}

/**
 * The tenant at the address that was used. Its own host is its own relying party. Tenants addressed by path share the
 * platform's host, so there only the stored rows tell whose passkey it is.
 * @returns undefined at an IP address: browsers make passkeys for domains only
 */
export function relyingPartyOf(tenant: Tenant): RelyingParty | undefined {
  const { hostname, origin } = new URL(tenant.issuer);
  if (isIP(hostname.replace(/^\[|\]$/g, '')) !== 0) return undefined;
  return { id: hostname, origin, name: tenant.displayName };
}

/** Whether people may add passkeys here. */
export function offersPasskeys(tenant: Tenant): boolean {
  return tenant.policy.passkeys !== 'off' && relyingPartyOf(tenant) !== undefined;
}

/** Whether a passkey alone signs in here. */
export function signsInWithPasskeys(tenant: Tenant): boolean {
  return tenant.policy.passkeys === 'sign_in' && relyingPartyOf(tenant) !== undefined;
}
