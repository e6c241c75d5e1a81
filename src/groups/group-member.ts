/** A user in a group. */
export interface GroupMember {
  readonly userId: string;
  readonly username: string;
  /** As in audit events. */
  readonly addedBy: string | undefined;
  readonly createdAt: Date;
}

/** The group of a user. */
export interface Membership {
  readonly groupId: string;
  readonly group: string;
  readonly addedBy: string | undefined;
  readonly createdAt: Date;
}

/** Names of up to 64 characters, so that all of them fit into a token that travels in a header. */
export const MAX_GROUPS_OF_USER = 50;

/** Thrown when a user is in as many groups as anybody can be. */
export class TooManyGroupsError extends Error {}
