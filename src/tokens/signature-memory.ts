import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { VerificationKey } from '../keys/keyring.js';

/** About a megabyte with the keys. */
const MAX_TOKENS = 1024;

/**
 * Caches the digests of tokens whose signature was valid. Clients send the same token to userinfo many times, and
 * resource servers to introspection, and an ES256 verification costs more than the rest of such a request. Only the
 * signature is cached: issuer, type, times and revocation are checked each time, and the key must still be published.
 */
export class SignatureMemory {
  private readonly known = new LRUCache<string, VerificationKey>({ max: MAX_TOKENS });

  /** @param verify is called unless the cache says that this key signed exactly this text */
  isSigned(token: string, key: VerificationKey, verify: () => boolean): boolean {
    const digest = hash('sha256', token, 'base64');
    if (this.known.get(digest) === key) return true;
    if (!verify()) return false;
    this.known.set(digest, key);
    return true;
  }
}
