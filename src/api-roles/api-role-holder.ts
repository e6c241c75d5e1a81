/** Who has a role of an API. A group's are those of its members. */
export type ApiRoleHolder = { readonly userId: string } | { readonly groupId: string } | { readonly clientId: string };

export interface ApiRoleAssignment {
  readonly id: string;
  readonly userId: string | undefined;
  readonly groupId: string | undefined;
  readonly clientId: string | undefined;
  /** As in audit events. */
  readonly givenBy: string | undefined;
  readonly createdAt: Date;
}

/** What somebody has at an API. */
export interface HeldApiRole {
  readonly apiId: string;
  readonly name: string;
  readonly scopes: readonly string[];
}

/** Of one API. */
export const MAX_API_ROLES = 100;

/** Thrown when an API has as many roles as it can. */
export class TooManyApiRolesError extends Error {}

/** Thrown for a scope that the API does not have. */
export class NoScopeOfApiError extends Error {
  constructor(readonly index: number) {
    super('It is no scope of the API.');
  }
}
