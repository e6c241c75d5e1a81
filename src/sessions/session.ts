import type { Proof } from '../authentication/proof.js';
import type { User } from '../users/user.js';

/** A person signed in at one tenant with one browser. */
export interface Session {
  /** The `sid` of its ID tokens (OpenID Connect Front-Channel Logout §3). */
  readonly id: string;
  readonly user: User;
  /** Unix time in seconds, with fractions, at which the person last signed in. A second factor does not change it. */
  readonly authTime: number;
  readonly amr: readonly string[];
  /** What was proven in it, the first factor first. */
  readonly proofs: readonly Proof[];
  /** Unix time in seconds after which it ends, used or not. */
  readonly expiresAt: number;
  /** It outlasts the browser's window, and is not ended for being idle: its person asked for that (`remember_me`). */
  readonly isRemembered: boolean;
}
