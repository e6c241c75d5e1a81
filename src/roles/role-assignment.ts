/** Who has roles: a person, or a client that acts for itself. */
export type RoleHolder = { readonly userId: string } | { readonly clientId: string };

/** That somebody has a role. */
export interface RoleAssignment {
  readonly role: string;
  /** As in audit events. Undefined: by the member `tenant_admin`, by an invitation, or before this was recorded. */
  readonly givenBy: string | undefined;
  readonly createdAt: Date;
}

/** Thrown when a tenant has as many roles of its own as it can. */
export class TooManyRolesError extends Error {}

/** Thrown when a role would be deleted that somebody has. */
export class RoleInUseError extends Error {
  constructor(readonly holders: number) {
    super(`${holders} have the role.`);
  }
}
