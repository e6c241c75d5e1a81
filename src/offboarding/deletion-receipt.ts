import type { SigningKey } from '../keys/keyring.js';
import { signJwt } from '../tokens/jwt.js';
import type { TenantDeletion } from './tenant-deletion.js';

/** `typ` of the receipt, so that it is taken for no other kind of token (RFC 8725 §3.11). */
export const RECEIPT_TYPE = 'tenant-deletion+jwt';

/** What was destroyed, when, and who asked: a JWS (RFC 7515) under a key of tenant `system`. Times are Unix seconds. */
export function signReceipt(
  deletion: TenantDeletion,
  { issuer, key }: { readonly issuer: string; readonly key: SigningKey },
): string {
  const { destroyedAt } = deletion;
  if (!destroyedAt) throw new Error('A receipt is for what is destroyed.');
  const claims = {
    iss: issuer,
    iat: seconds(destroyedAt),
    jti: deletion.id,
    tenant_id: deletion.tenant,
    slug: deletion.slug,
    requested_at: seconds(deletion.requestedAt),
    requested_by: deletion.requestedBy,
    destroyed_at: seconds(destroyedAt),
    rows: deletion.rowCounts,
  };
  return signJwt(key, claims, RECEIPT_TYPE);
}

function seconds(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}
