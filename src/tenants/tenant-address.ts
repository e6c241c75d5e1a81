/** How a request named its tenant: by the path of the platform's origin, by a host of ours, or by a domain of its own. */
export type AddressKind = 'path' | 'host' | 'domain';

export type TenantAddress =
  | { readonly kind: 'path' | 'host'; readonly slug: string }
  /** The slug is the tenant's at the time of the lookup, for logs; absent where nothing was looked up. */
  | { readonly kind: 'domain'; readonly domain: string; readonly slug?: string };

/** A slug that the tenant had before. Times are Unix times in milliseconds. */
export interface FormerSlug {
  readonly slug: string;
  /** Its addresses are issuers of the tenant until then. */
  readonly answersUntil: number;
  /** No other tenant gets it until then. */
  readonly reservedUntil: number;
}

/** What leads to a tenant beside its slug, as its row repeats it (`tenants.addresses`). */
export interface OwnAddresses {
  /** Verified, the oldest first. */
  readonly domains?: readonly string[];
  readonly primary?: string | null;
  readonly formerSlugs?: readonly FormerSlug[];
}

/** The names under which a tenant is found, and its changes are announced. */
export function namesOf({ slug, addresses }: { readonly slug: string; readonly addresses: OwnAddresses }): string[] {
  return [slug, ...(addresses.domains ?? []), ...(addresses.formerSlugs ?? []).map((former) => former.slug)];
}
