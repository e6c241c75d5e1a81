/** A tenant's id, a lower-case UUID: the first argument of every repository method. */
export type TenantId = string & { readonly brand: 'TenantId' };

export function toTenantId(id: string): TenantId {
  return id as TenantId;
}

/** The tenant that owns the platform: operators are its users and clients. */
export const SYSTEM_TENANT_SLUG = 'system';
