import type { RequestOrigin } from '../audit/request-origin.js';
import type { Session } from '../sessions/session.js';
import type { User } from '../users/user.js';
import type { AskingBrowser } from '../verification/verification.js';

/** The browser in which somebody finishes. */
export interface SignUpStart {
  readonly browser: AskingBrowser & { readonly origin: RequestOrigin };
  /** The secret of its session cookie, which is replaced. */
  readonly sessionSecret: string | undefined;
  readonly userAgent: string | undefined;
  /** In place of a user name that is taken. */
  readonly username?: string | undefined;
}

/** A session that begins. */
export interface StartedSession {
  readonly secret: string;
  readonly session: Session;
}

/** An account was made. */
export interface SignedUp {
  readonly user: User;
  /** Undefined where the browser proved the address alone. */
  readonly started: StartedSession | undefined;
  readonly requestId: string | undefined;
}
