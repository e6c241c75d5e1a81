import type { TenantId } from '../database/tenant-id.js';

/**
 * Wraps the tenants' data keys. This one uses `MASTER_KEY`. A key management service can replace it: implement this
 * interface and provide it under `KEY_WRAPPER`.
 */
export interface KeyWrapper {
  /** @returns an opaque value that only `unwrap` for the same tenant reads */
  wrap(tenantId: TenantId, dataKey: Buffer): Promise<Buffer>;
  /** @throws when it was wrapped for another tenant, or under another key */
  unwrap(tenantId: TenantId, wrapped: Buffer): Promise<Buffer>;
}

export const KEY_WRAPPER = Symbol('KeyWrapper');
