/** What a value of an attribute is. */
export const ATTRIBUTE_TYPES = ['string', 'number', 'boolean', 'string_list'] as const;
export type AttributeType = (typeof ATTRIBUTE_TYPES)[number];

/** Where a claim is sent. */
export const CLAIM_TARGETS = ['id_token', 'userinfo', 'access_token'] as const;
export type ClaimTarget = (typeof CLAIM_TARGETS)[number];

/** Whom an attribute is for: the person it is about, and administrators with `users:read` or `users:write`. */
export const ATTRIBUTE_PARTIES = ['user', 'admin'] as const;
export type AttributeParty = (typeof ATTRIBUTE_PARTIES)[number];

/** When a person is asked for a value that they do not have. */
export const ASKED_AT = ['sign_up', 'sign_in'] as const;
export type AskedAt = (typeof ASKED_AT)[number];

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
  /** Who sees values. Absent, as in definitions of older versions: administrators. */
  readonly readableBy?: readonly AttributeParty[];
  /** Who changes them. Absent: administrators. */
  readonly editableBy?: readonly AttributeParty[];
  /** People could change it once, so a value may be their own. */
  readonly wasEditableByUser?: boolean;
  /** Absent: never. */
  readonly requiredAt?: readonly AskedAt[];
  /** The values that there are, of a text or of each text of a list. Absent: not listed. */
  readonly allowedValues?: readonly AllowedValue[];
  /** Where it stands among the others: small numbers first. Definitions are kept in this order. Absent: 0. */
  readonly order?: number;
  readonly claim: AttributeClaim | null;
}

export interface AllowedValue {
  readonly value: string;
  /** What people call it, by BCP 47 tag. */
  readonly labels: Readonly<Record<string, string>>;
}

/** How an attribute is released. */
export interface AttributeClaim {
  readonly name: string;
  /** One of them has to be granted. */
  readonly scopes: readonly string[];
  /** To these clients alone; empty: to all. */
  readonly clientIds: readonly string[];
  readonly tokens: readonly ClaimTarget[];
  /** The tenant knows that people choose the value themselves. Without it nothing that they edit is released. */
  readonly isSelfAsserted?: boolean;
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

export const MAX_ALLOWED_VALUES = 50;
export const MAX_ORDER = 1000;

const ADMINISTRATORS: readonly AttributeParty[] = ['admin'];

export function readersOf({ readableBy }: UserAttribute): readonly AttributeParty[] {
  return readableBy ?? ADMINISTRATORS;
}

export function editorsOf({ editableBy }: UserAttribute): readonly AttributeParty[] {
  return editableBy ?? ADMINISTRATORS;
}

/** Whether a value may be one that the person chose. */
export function isSelfAsserted(attribute: UserAttribute): boolean {
  return attribute.wasEditableByUser === true || editorsOf(attribute).includes('user');
}

/** What this party sees of the users. */
export function readableBy(definitions: UserAttributes, party: AttributeParty): UserAttributes {
  return definitions.filter((definition) => readersOf(definition).includes(party));
}

/** In the order in which people see them. Those of one number stay as they were. */
export function inOrder(definitions: UserAttributes): UserAttributes {
  return definitions.toSorted((one, other) => (one.order ?? 0) - (other.order ?? 0));
}
