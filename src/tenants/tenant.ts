import type { TenantId } from '../database/tenant-id.js';
import type { TenantQuotas } from '../limits/tenant-quotas.js';
import type { TenantBranding } from './branding.js';
import type { AddressKind } from './tenant-address.js';
import type { ClientMember } from './client-policy.js';
import type { TenantTexts } from './tenant-texts.js';
import type { SigningHandovers } from './signing-handover.js';
import type { TenantPolicy } from './tenant-policy.js';
import type { UserAttributes } from './user-attributes.js';

export type TenantStatus = 'active' | 'suspended';

/** An active tenant as it was addressed. Its issuer is stored data and configuration, never a request header. */
export interface Tenant {
  readonly id: TenantId;
  readonly slug: string;
  readonly displayName: string;
  readonly policy: TenantPolicy;
  /** Members of the policy that clients do not decide. */
  readonly clientLocks: ReadonlySet<ClientMember>;
  readonly handovers: SigningHandovers;
  /** Limits that operators set for this tenant; the others have their defaults. */
  readonly quotas: TenantQuotas;
  readonly branding: TenantBranding;
  readonly texts: TenantTexts;
  readonly userAttributes: UserAttributes;
  readonly addressKind: AddressKind;
  /** The slug in the address that was used, which may be a former one. */
  readonly addressSlug: string;
  /** Issuer identifier of the address that was used, and the base of every link made for it. */
  readonly issuer: string;
  /** Issuer identifiers of all its addresses. What one of them issued counts at all of them. */
  readonly issuers: readonly string[];
  /** Unix time in milliseconds from which on `issuers`, or the address itself, is another. */
  readonly validUntil: number;
}
