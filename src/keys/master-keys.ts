import { hmacSha256 } from '../crypto/digest.js';

const ID_BYTES = 8;

/** A master key and the names it has: neither says anything about the key. */
export interface MasterKey {
  readonly key: Buffer;
  /** Stands before what this key wraps. */
  readonly id: Buffer;
  /** What the database remembers of the key that wraps (`platform_settings`). */
  readonly print: string;
}

export function masterKey(key: Buffer): MasterKey {
  return {
    key,
    id: hmacSha256(key, 'tenantry master key id').subarray(0, ID_BYTES),
    print: hmacSha256(key, 'tenantry master key').toString('base64url'),
  };
}

export const MASTER_KEY_ID_BYTES = ID_BYTES;
