/** One thing that a person proved in a browser session, and when. */
export interface Proof {
  /** The factor's name in `authentication-factors.ts`. */
  readonly factor: string;
  /** Authentication method references, RFC 8176 §2. Empty: a decision that the session keeps, which proves nothing. */
  readonly amr: readonly string[];
  /** Unix time in seconds, with fractions. */
  readonly at: number;
}

/** Fresh enough for a change of what protects the account. */
export const FRESH_SECONDS = 600;

/** Decisions that a session keeps beside its proofs. */
export const MARKS = {
  /** The browser is one that passed the user's second factor before, and is remembered. */
  rememberedDevice: 'remembered_device',
  /** The person was offered a second factor, and went on without. */
  enrolmentSkipped: 'enrolment_skipped',
} as const;

export function hasMark(proofs: readonly Proof[], mark: keyof typeof MARKS): boolean {
  return proofs.some(({ factor }) => factor === MARKS[mark]);
}
