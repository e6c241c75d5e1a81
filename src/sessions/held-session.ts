import type { Session } from './session.js';

/** A session and the secret that its browser sent. */
export interface HeldSession {
  readonly session: Session;
  readonly secret: string;
  /** Of the form that was sent, if it can strengthen the session. */
  readonly next?: NextSecrets | undefined;
}

/**
 * What a form makes of the secrets of its browser. A button that is pressed twice sends the same form twice, and the browser
 * discards the first answer with its cookies. The same form yields the same secrets, so that the second answer has them, too.
 */
export interface NextSecrets {
  /** Of the session from then on. */
  readonly secret: string;
  /** Of the browser, when it is remembered. */
  readonly deviceSecret: string;
}
