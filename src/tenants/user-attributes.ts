/** What a value of an attribute is. */
export const ATTRIBUTE_TYPES = ['string', 'number', 'boolean', 'string_list'] as const;
export type AttributeType = (typeof ATTRIBUTE_TYPES)[number];

/** Where a claim is sent. */
export const CLAIM_TARGETS = ['id_token', 'userinfo', 'access_token'] as const;
export type ClaimTarget = (typeof CLAIM_TARGETS)[number];

/** An attribute of users that the tenant defined itself. */
export interface UserAttribute {
  /** Values are kept under it. An attribute that is defined anew has another one, so it has no value of before. */
  readonly key: string;
  /** In the management API. */
  readonly name: string;
  readonly type: AttributeType;
  /** What people call it, by BCP 47 tag. */
  readonly labels: Readonly<Record<string, string>>;
  /** Characters of a text, or of each text of a list. */
  readonly maxLength: number;
  /** Texts of a list. */
  readonly maxItems: number;
  readonly claim: AttributeClaim | null;
}

/** How an attribute is released. */
export interface AttributeClaim {
  readonly name: string;
  /** One of them has to be granted. */
  readonly scopes: readonly string[];
  /** To these clients alone; empty: to all. */
  readonly clientIds: readonly string[];
  readonly tokens: readonly ClaimTarget[];
}

export type UserAttributes = readonly UserAttribute[];

export type AttributeValue = string | number | boolean | readonly string[];

/** The values of a user by the keys of their definitions; also those of definitions that are gone. */
export type AttributeValues = Readonly<Record<string, AttributeValue>>;

/** Tenants that defined none share it. */
export const NO_ATTRIBUTES: UserAttributes = Object.freeze([]);

/** They are kept in memory with the tenant. */
export const MAX_ATTRIBUTES = 30;
/** Characters of all definitions of a tenant together, as JSON. */
export const MAX_ATTRIBUTES_LENGTH = 32_000;
/** Characters of all values of a user together, as JSON, so that they fit into a token that travels in a header. */
export const MAX_VALUES_LENGTH = 4000;

export const DEFAULT_MAX_LENGTH = 200;
export const DEFAULT_MAX_ITEMS = 20;
