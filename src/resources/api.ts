/** A protected resource of a tenant: what access tokens are for (RFC 8707). */
export interface Api {
  /** Absent of the platform's own. */
  readonly id?: string;
  /** Absolute URI without fragment; the audience of its tokens. */
  readonly identifier: string;
  readonly displayName: string;
  readonly scopes: readonly ApiScope[];
  readonly accessTokenFormat: AccessTokenFormat;
  readonly accessTokenTyp: AccessTokenTyp;
  /** Absent: the tenant's policy. */
  readonly accessTokenLifetimeSeconds: number | undefined;
  /** The clients as which this resource may ask about its tokens (RFC 7662). */
  readonly introspectionClientIds: readonly string[];
  /** What its tokens say of the roles that people and machines have there. */
  readonly rolesInTokens: RolesInTokens;
  /** The platform's own API: a user's token for it is given to administrators only. */
  readonly isManagement: boolean;
  /** Unix time in seconds, with fractions. An older grant or token is not for this API, whatever identifier it has. */
  readonly createdAt: number;
}

export interface ApiScope {
  readonly name: string;
  /** One sentence for the person who is asked, in the tenant's default language. */
  readonly description: string;
  /** The same in other languages, by BCP 47 tag. */
  readonly descriptions?: Readonly<Record<string, string>>;
}

export const ACCESS_TOKEN_FORMATS = ['jwt', 'opaque'] as const;
export type AccessTokenFormat = (typeof ACCESS_TOKEN_FORMATS)[number];

/** `typ` of JWT access tokens: that of RFC 9068 §2.1, or the only one that older resource servers know. */
export const ACCESS_TOKEN_TYPS = ['at+jwt', 'JWT'] as const;
export type AccessTokenTyp = (typeof ACCESS_TOKEN_TYPS)[number];

/** Nothing, the claims `roles` and `permissions`, or these and a scope that has no more than the roles allow. */
export const ROLES_IN_TOKENS = ['off', 'claims', 'claims_and_scope'] as const;
export type RolesInTokens = (typeof ROLES_IN_TOKENS)[number];
