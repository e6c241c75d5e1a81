import type { Passkey } from './passkey.js';

/**
 * RFC 8176 §2: a key that stays in its device is `hwk`, one that its owner may copy is `swk`. `user`: somebody was
 * there. `mfa`: the device was unlocked as well, by what its owner knows or is.
 */
export function amrOf({ backupEligible }: Pick<Passkey, 'backupEligible'>, userVerified: boolean): readonly string[] {
  return [backupEligible ? 'swk' : 'hwk', 'user', ...(userVerified ? ['mfa'] : [])];
}
