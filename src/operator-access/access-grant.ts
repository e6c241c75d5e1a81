/** What an operator can be given access to. */
export const REACHES = ['people', 'secrets'] as const;
export type Reach = (typeof REACHES)[number];

/** `write` includes `read`. */
export const ACCESS_LEVELS = ['read', 'write'] as const;
export type AccessLevel = (typeof ACCESS_LEVELS)[number];

/** How long an access grant lasts, in seconds. The greatest is the policy of the tenant. */
export const GRANT_SECONDS = { least: 300, usual: 3600 } as const;
/** A request that nobody approved lapses after so many days. */
export const REQUEST_DAYS = 7;
/** For how long the owners of a tenant can refuse an emergency before it begins. */
export const EMERGENCY_WAIT_HOURS = 24;
/** Requests and grants of a tenant that have not ended. */
export const MAX_OPEN_GRANTS = 20;

/** Who reaches into a tenant. */
export interface GrantedOperator {
  /** As in audit events. */
  readonly operator: string;
  /** Of a client that acts for itself. Absent of a person, whose id nobody else will ever have. */
  readonly registration: { readonly id: string; /** Unix time in milliseconds. */ readonly since: number } | undefined;
}

/** An access grant as it is stored. */
export interface AccessGrant {
  readonly id: string;
  readonly version: number;
  /** Whom it is for, as in audit events. */
  readonly operator: string;
  /** Of a client. Null of a person, and in grants of older versions. */
  readonly operatorRegistrationId: string | null;
  readonly reason: string;
  readonly ticket: string | null;
  readonly reach: readonly Reach[];
  readonly level: AccessLevel;
  readonly emergency: boolean;
  readonly durationSeconds: number;
  readonly requestedAt: Date;
  /** Null until an owner approves it. */
  readonly beginsAt: Date | null;
  readonly expiresAt: Date;
  readonly approvedBy: string | null;
  readonly endedAt: Date | null;
  readonly endedBy: string | null;
}

/**
 * `requested`: an owner has to approve it. `waiting`: an emergency that the owners can still refuse. `refused`: it was
 * ended before it began. `expired`: its time is over, or nobody approved it.
 */
export const GRANT_STATUSES = ['requested', 'waiting', 'active', 'refused', 'ended', 'expired'] as const;
export type GrantStatus = (typeof GRANT_STATUSES)[number];

export function statusOf({ beginsAt, expiresAt, endedAt }: AccessGrant, now: Date): GrantStatus {
  if (endedAt) return beginsAt && beginsAt <= endedAt ? 'ended' : 'refused';
  if (expiresAt <= now) return 'expired';
  if (!beginsAt) return 'requested';
  return hasBegun(beginsAt, now) ? 'active' : 'waiting';
}

/** The database says when it begins. Its clock may be a little ahead of ours. */
const CLOCK_DIFFERENCE_MS = 5000;

export function hasBegun(beginsAt: Date, now: Date): boolean {
  return beginsAt.getTime() - CLOCK_DIFFERENCE_MS <= now.getTime();
}

/** Whether the grant is theirs. A client that is made anew under its identifier is another one, and inherits none. */
export function isFor(
  { operator, operatorRegistrationId, requestedAt }: AccessGrant,
  { operator: name, registration }: GrantedOperator,
): boolean {
  if (operator !== name) return false;
  if (!registration) return true;
  return operatorRegistrationId === null
    ? requestedAt.getTime() >= registration.since
    : operatorRegistrationId === registration.id;
}
