import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { VerificationKey } from '../keys/keyring.js';

/** About a megabyte with the keys. */
const MAX_TOKENS = 1024;

/**
 * Remembers which tokens had a good signature, by their digests. Applications show the same token to userinfo, and
 * resource servers to introspection, again and again, and an ES256 verification costs more than the rest of such a
 * request. Nothing else is remembered: issuer, type, times and revocation are checked each time, and the key has to be
 * published still.
 */
export class SignatureMemory {
  private readonly known = new LRUCache<string, VerificationKey>({ max: MAX_TOKENS });

  /** @param verify is asked unless this key was seen to have signed exactly this text */
  isSigned(token: string, key: VerificationKey, verify: () => boolean): boolean {
    const digest = hash('sha256', token, 'base64');
    if (this.known.get(digest) === key) return true;
    if (!verify()) return false;
    this.known.set(digest, key);
    return true;
  }
}
