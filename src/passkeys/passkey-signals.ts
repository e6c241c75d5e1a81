import type { Tenant } from '../tenants/tenant.js';
import type { User } from '../users/user.js';
import type { Passkey } from './passkey.js';
import { relyingPartyOf } from './relying-party.js';
import { namesTenant, userHandleOf } from './user-handle.js';

/**
 * What a page tells the browser about passkeys, WebAuthn Level 3 §5.1.10: the method of `PublicKeyCredential` and its
 * argument. Browsers that do not know it leave it.
 */
export interface PasskeySignal {
  readonly method: 'signalUnknownCredential' | 'signalAllAcceptedCredentials' | 'signalCurrentUserDetails';
  readonly details: Readonly<Record<string, unknown>>;
}

/**
 * The browser may forget this passkey. Said only of one that was made at this tenant: at a path the passkeys of all
 * tenants have the same relying party, and the browser would forget the one of another tenant.
 */
export function unknownCredential(
  tenant: Tenant,
  { id, userHandle }: { readonly id: string; readonly userHandle: string | undefined },
): PasskeySignal | undefined {
  const party = relyingPartyOf(tenant);
  if (!party || !namesTenant(userHandle, tenant.id)) return undefined;
  return { method: 'signalUnknownCredential', details: { rpId: party.id, credentialId: id } };
}

/** Which passkeys the user has at this address, and what the user is called now. */
export function presentPasskeys(tenant: Tenant, user: User, passkeys: readonly Passkey[]): readonly PasskeySignal[] {
  const party = relyingPartyOf(tenant);
  if (!party) return [];
  const account = { rpId: party.id, userId: userHandleOf(tenant.id, user.id) };
  const here = passkeys.filter(({ rpId }) => rpId === party.id).map(({ credentialId }) => credentialId);
  return [
    { method: 'signalAllAcceptedCredentials', details: { ...account, allAcceptedCredentialIds: here } },
    { method: 'signalCurrentUserDetails', details: { ...account, ...namesOf(user) } },
  ];
}

/** What authenticators show of the account. */
export function namesOf(user: User): { readonly name: string; readonly displayName: string } {
  return { name: user.username, displayName: user.claims.name ?? user.username };
}
