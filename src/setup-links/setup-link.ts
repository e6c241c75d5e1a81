import type { SetupPurpose } from './setup-purposes.js';

/** How long a link can be opened, in seconds: an hour, a week, and 30 days. */
export const SETUP_LINK_SECONDS = { least: 3600, usual: 7 * 86_400, greatest: 30 * 86_400 } as const;
/** Links of a tenant that can be opened, or whose sessions may go on. */
export const MAX_OPEN_SETUP_LINKS = 50;
/** Sessions of one link at a time; another one ends the oldest. */
export const MAX_SETUP_SESSIONS = 20;
/** Without a request for so long, a session ends. */
export const SETUP_IDLE_SECONDS = 3600;
/** So long a session lasts at most. */
export const SETUP_SESSION_SECONDS = 8 * 3600;
/** So many of the last things that were done with a link are kept with it. */
export const MAX_SETUP_ACTS = 50;

/** `used`: it was for one opening, which was made. The session that this began may go on. */
export const SETUP_LINK_STATUSES = ['open', 'used', 'expired', 'revoked'] as const;
export type SetupLinkStatus = (typeof SETUP_LINK_STATUSES)[number];

/** Something that was done with a link, as its audit event names it. */
export interface SetupAct {
  readonly type: string;
  readonly target: string;
}

/** Whose rights a link has: a person, or a client that acts for itself. */
export interface SetupMaker {
  readonly makerTenantId: string;
  readonly makerUserId: string | null;
  readonly makerClientId: string | null;
  /** Of the client: another one of the same name is not the maker. */
  readonly makerRegistrationId: string | null;
}

export interface SetupLink extends SetupMaker {
  readonly id: string;
  readonly version: number;
  readonly status: SetupLinkStatus;
  readonly purposes: readonly SetupPurpose[];
  readonly singleUse: boolean;
  /** Where it was mailed. */
  readonly email: string | null;
  readonly locale: string | null;
  /** For whom it is, in the words of its maker. */
  readonly note: string | null;
  /** As in audit events. */
  readonly madeBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly openedAt: Date | null;
  readonly openings: number;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
  readonly revokedBy: string | null;
  /** Oldest first. */
  readonly done: readonly (SetupAct & { readonly at: string })[];
}

export type NewSetupLink = Pick<SetupLink, 'purposes' | 'singleUse' | 'email' | 'locale' | 'note' | 'madeBy'> &
  SetupMaker & { readonly lifetimeSeconds: number };

/** Why somebody who came by a link cannot go on. `over`: the session ended, and the link may be opened again. */
export type SetupEnd = 'over' | 'expired' | 'revoked' | 'maker';

/** The actor of what is done with a link, as it stands in audit events. */
export function setupActor(id: string, tenant: { readonly slug: string }): string {
  return `setup_link:${id}@${tenant.slug}`;
}
