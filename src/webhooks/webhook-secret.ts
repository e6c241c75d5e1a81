import type { TenantCipher } from '../keys/tenant-vault.js';

/** A secret is bound to its endpoint, so that it does not open as that of another one. */
export function sealSecret(cipher: TenantCipher, endpointId: string, secret: string): Buffer {
  return cipher.seal(Buffer.from(secret), contextOf(endpointId));
}

export function openSecret(cipher: TenantCipher, endpointId: string, sealed: Buffer): string {
  return cipher.open(sealed, contextOf(endpointId)).toString();
}

function contextOf(endpointId: string): string {
  return `webhook:${endpointId}`;
}
