import { decodeBase64url } from '../crypto/base64url.js';
import type { TenantId } from '../database/tenant-id.js';

const UUID_BYTES = 16;

/**
 * WebAuthn Level 3 §5.4.3 `user.id`: tenant and user. The tenant is part of it because tenants addressed by path share
 * a relying party: a browser then keeps their accounts apart, and a handle says which of them a passkey belongs to.
 */
export function userHandleOf(tenantId: TenantId, userId: string): string {
  return Buffer.concat([bytesOf(tenantId), bytesOf(userId)]).toString('base64url');
}

/** Whether a user handle, which anybody may have made up, names this tenant. */
export function namesTenant(handle: string | undefined, tenantId: TenantId): boolean {
  const bytes = decodeBase64url(handle ?? '');
  return bytes?.length === 2 * UUID_BYTES && bytes.subarray(0, UUID_BYTES).equals(bytesOf(tenantId));
}

function bytesOf(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex');
}
