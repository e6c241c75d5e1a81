/** A tenant's id, a lower-case UUID: the first argument of every repository method. */
export type TenantId = string & { readonly brand: 'TenantId' };

export function toTenantId(id: string): TenantId {
  return id as TenantId;
}
