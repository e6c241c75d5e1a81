import { hmacSha256 } from './digest.js';
import { deriveKey } from './envelope.js';

/** What a challenge looks like: at least 128 random bits in base64url. */
export const CHALLENGE = /^[A-Za-z0-9_-]{22,64}$/;

/**
 * Proves that the server at this address has the installation's master key. The address is part of the proof. So a
 * stranger that forwards the challenge to the real server gets a proof for another address.
 */
export function installationProof(masterKey: Buffer, { challenge, url }: { challenge: string; url: string }): string {
  return hmacSha256(deriveKey(masterKey, 'installation proof'), `${url}\n${challenge}`).toString('base64url');
}
