import type { ScopesByResource } from '../consent/optional-scopes.js';
import type { Scope } from '../oauth/scope.js';
import type { UnsignedToken } from '../tokens/token.issuer.js';
import type { Claims } from '../users/scope-claims.js';

/** Grant types whose tokens can be told before there are any. */
export const PREVIEWED_GRANTS = ['authorization_code', 'client_credentials', 'password'] as const;
export type PreviewedGrant = (typeof PREVIEWED_GRANTS)[number];

/** What a client would ask for. */
export interface PreviewQuestion {
  readonly grantType: PreviewedGrant;
  readonly scope: Scope;
  /** The `resource` parameters, RFC 8707 §2. */
  readonly resources: readonly string[];
}

/** What becomes of one name of the scope. */
export interface ScopeFate {
  readonly name: string;
  /** `possible`: nothing is wrong with it, and the request is refused for something else. */
  readonly state: 'granted' | 'possible' | 'ignored' | 'declined' | 'withheld' | 'refused';
  /** Identifiers of the APIs at which it is granted. Empty: it is one of the tenant itself. */
  readonly resources: readonly string[];
  /** The access token has it. Of several resources a token is for one. */
  readonly isInAccessToken: boolean;
  /** Why it is not granted. */
  readonly reason: ScopeReason | undefined;
  /** What the client is told, when it is refused. */
  readonly detail: string | undefined;
}

export const SCOPE_REASONS = [
  'unknown',
  'no_refresh_token',
  'declined_by_user',
  'not_in_management_roles',
  'not_in_api_roles',
  'not_registered',
] as const;
export type ScopeReason = (typeof SCOPE_REASONS)[number];

export const ORIGINS = ['protocol', 'scope', 'attribute', 'groups', 'api_roles', 'policy', 'api', 'client'] as const;

/** Where a claim comes from. */
export interface ClaimOrigin {
  readonly claim: string;
  readonly kind: (typeof ORIGINS)[number];
  /** Scopes, the attribute, the member of the policy, of the API or of the client; undefined: of the protocol. */
  readonly names: readonly string[];
  /** Another token has another value. */
  readonly isNew: boolean;
  /** Nobody who administers the tenant sees it. */
  readonly isHidden: boolean;
}

/** A token, or an answer of userinfo or introspection, with the origin of each claim. */
export interface PreviewedClaims {
  /** Undefined: it is no JWT. */
  readonly header: UnsignedToken['header'] | undefined;
  readonly claims: Claims;
  readonly origins: readonly ClaimOrigin[];
}

export interface PreviewedAccessToken extends PreviewedClaims {
  readonly format: 'jwt' | 'opaque';
  readonly lifetimeSeconds: number;
}

/** What the client would be told in place of tokens. */
export interface PreviewRefusal {
  /** RFC 6749 §4.1.2.1, §5.2. */
  readonly error: string;
  readonly description: string;
  /** For those who administer the tenant. */
  readonly detail: string | undefined;
}

export interface PreviewedConsent {
  readonly isFirstParty: boolean;
  /** The person is asked for it; empty: everything was allowed before. */
  readonly missing: ScopesByResource;
  /** Optional, and left out before. */
  readonly declined: ScopesByResource;
}

/** What a client would be given for a user, or for itself, at this moment. */
export interface TokenPreview {
  readonly grantType: PreviewedGrant;
  readonly refusal: PreviewRefusal | undefined;
  /** What the person would be asked to do beside signing in (`interaction-steps.ts`); the tokens suppose that it is done. */
  readonly steps: readonly string[];
  /** Undefined where nobody is asked. */
  readonly consent: PreviewedConsent | undefined;
  readonly scopes: readonly ScopeFate[];
  readonly accessToken: PreviewedAccessToken | undefined;
  readonly idToken: PreviewedClaims | undefined;
  readonly userinfo: PreviewedClaims | undefined;
  readonly hasRefreshToken: boolean;
}
