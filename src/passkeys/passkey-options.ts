import type { Tenant } from '../tenants/tenant.js';
import type { User } from '../users/user.js';
import type { Passkey } from './passkey.js';
import { CHALLENGE_LIFETIME_SECONDS } from './passkey-challenges.js';
import { namesOf } from './passkey-signals.js';
import { PASSKEY_ALGORITHMS } from './passkey-verifier.js';
import type { RelyingParty } from './relying-party.js';
import { userHandleOf } from './user-handle.js';

/** WebAuthn Level 3 §5.1.9 `PublicKeyCredentialCreationOptionsJSON` and `PublicKeyCredentialRequestOptionsJSON`. */
export type CeremonyOptions = Readonly<Record<string, unknown>>;

const TIMEOUT_MS = CHALLENGE_LIFETIME_SECONDS * 1000;

/**
 * Whether the device has to be unlocked when a passkey is made, and when it signs in alone. Where everybody needs two
 * factors, a passkey alone is two only so.
 */
export function requiresUserVerification({ policy }: Tenant): boolean {
  const isRequired = policy.passkeyUserVerification === 'required' || policy.secondFactor === 'required';
  return policy.passkeys === 'sign_in' && isRequired;
}

/**
 * For a new passkey of this user, §5.4. It can be found without a user name where it signs in alone. No attestation is
 * asked for (§5.4.7): which make somebody's device is, is nobody's business here.
 */
export function creationOptions(
  tenant: Tenant,
  {
    party,
    user,
    present,
    challenge,
  }: {
    readonly party: RelyingParty;
    readonly user: User;
    readonly present: readonly Passkey[];
    readonly challenge: string;
  },
): CeremonyOptions {
  const signsIn = tenant.policy.passkeys === 'sign_in';
  return {
    challenge,
    rp: { id: party.id, name: party.name },
    user: { id: userHandleOf(tenant.id, user.id), ...namesOf(user) },
    pubKeyCredParams: PASSKEY_ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
    timeout: TIMEOUT_MS,
    attestation: 'none',
    excludeCredentials: descriptorsOf(present, party),
    authenticatorSelection: {
      residentKey: signsIn ? 'required' : 'preferred',
      requireResidentKey: signsIn,
      userVerification: requiresUserVerification(tenant) ? 'required' : 'preferred',
    },
    extensions: {
      credProps: true,
      // CTAP 2.1 §12.1: who finds a security key does not learn, without its PIN, which accounts are on it.
      credentialProtectionPolicy: 'userVerificationOptionalWithCredentialIDList',
      enforceCredentialProtectionPolicy: false,
    },
  };
}

/** For signing in with a passkey alone, §5.5: whichever the person has for this relying party. */
export function signInOptions(tenant: Tenant, party: RelyingParty, challenge: string): CeremonyOptions {
  const userVerification = requiresUserVerification(tenant) ? 'required' : 'preferred';
  return { challenge, rpId: party.id, timeout: TIMEOUT_MS, allowCredentials: [], userVerification };
}

/**
 * For a second factor: one of this user's own. The password was typed before, so the device need not be unlocked as
 * well.
 */
export function secondFactorOptions(
  party: RelyingParty,
  present: readonly Passkey[],
  challenge: string,
): CeremonyOptions {
  const allowCredentials = descriptorsOf(present, party);
  return { challenge, rpId: party.id, timeout: TIMEOUT_MS, allowCredentials, userVerification: 'discouraged' };
}

function descriptorsOf(passkeys: readonly Passkey[], { id }: RelyingParty) {
  return passkeys
    .filter(({ rpId }) => rpId === id)
    .map(({ credentialId, transports }) => ({ type: 'public-key', id: credentialId, transports }));
}
