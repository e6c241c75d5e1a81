import { useParams } from '@tanstack/react-router';
import { useSession } from './session.js';

/** Which tenant the screens are about: an operator's address names it, an admin has one. */
export interface TenantScope {
  /** Slug or id, for `path: { tenant }`. */
  readonly tenant: string;
  /** Where its screens begin: `/tenants/acme`, or nothing for the admin's own tenant. */
  readonly base: string;
  /** An address of one of its screens: `at('users', user.id)`. */
  readonly at: (...parts: readonly string[]) => string;
}

export function useTenant(): TenantScope {
  const { is_operator, tenant: own } = useSession();
  const { tenant: named }: { readonly tenant?: string } = useParams({ strict: false });
  const isNamed = is_operator && named !== undefined;
  const tenant = isNamed ? named : own.slug;
  const base = isNamed ? `/tenants/${encodeURIComponent(named)}` : '';
  const at = (...parts: readonly string[]) => [base, ...parts.map(encodeURIComponent)].join('/') || '/';
  return { tenant, base, at };
}
