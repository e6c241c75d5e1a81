import type { PolicyMember } from '../tenants/policy-inheritance.js';

/** What a client or a tenant's people meet when a policy changes. */
export interface ClientImpact {
  readonly clientId: string;
  readonly clientName: string | null;
  readonly code: 'grant_refused' | 'grant_ends' | 'pkce_required' | 'id_token_alg_changes' | 'redirect_uri_refused';
  /** What happens, and what to change. */
  readonly detail: string;
  /** What `detail` names, for those who say it in their own words. */
  readonly values: Readonly<Record<string, string>>;
  /** The member of the client's registration to look at. */
  readonly setting: 'grant_types' | 'require_pkce' | 'id_token_signed_response_alg' | 'redirect_uris';
  /** Of a grant: when the client used it last, as far as it was counted. */
  readonly lastUsedAt: Date | undefined;
}

export interface UserImpact {
  readonly code: 'second_factor_missing' | 'email_unverified' | 'terms_to_accept' | 'passkey_refused';
  readonly detail: string;
  /** Among those that were looked at. */
  readonly affected: number;
  /** Ids of a few of them. */
  readonly sample: readonly string[];
}

/** A change of what is in effect at a tenant. */
export interface ChangedValue {
  readonly member: PolicyMember;
  readonly from: unknown;
  readonly to: unknown;
}

export interface PolicyImpact {
  readonly tenant: string;
  readonly changes: readonly ChangedValue[];
  readonly clients: readonly ClientImpact[];
  readonly clientsExamined: number;
  readonly users: readonly UserImpact[];
  readonly usersExamined: number;
  /** Whether all clients and users were looked at. */
  readonly complete: boolean;
  /** What cannot be known, in sentences. */
  readonly notes: readonly string[];
}

/** How much of one tenant is looked at. */
export interface ImpactLimits {
  readonly clients: number;
  readonly users: number;
}
