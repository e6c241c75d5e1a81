import type { PasskeySignal } from './passkey-signals.js';

/**
 * What the person is told. `expired`: the challenge is too old, was used, or belongs to another browser or page;
 * `unknown`: nobody here has this passkey.
 */
export type PasskeyFault = 'expired' | 'unknown' | 'refused' | 'already_added' | 'too_many' | 'off';

/** A passkey, or a new one, was not accepted. */
export class PasskeyRefusedError extends Error {
  override readonly name = 'PasskeyRefusedError';

  constructor(
    readonly fault: PasskeyFault,
    /** For the audit log, never for the person. */
    readonly detail: string,
    /** What the browser should know about the passkey. */
    readonly signal?: PasskeySignal,
  ) {
    super(detail);
  }
}
