import { containsWord } from './blocked-words.js';

/** What a new password is compared with. */
export interface PasswordContext {
  readonly minLength: number;
  /** Words an attacker would try first: names of the tenant and of the person, what the tenant blocks. */
  readonly words: readonly string[];
  /** Those that no password may contain, however short. */
  readonly blocked?: readonly string[];
}

/** `unchecked`: whether it is known from a breach cannot be found out now, and the tenant wants to know. */
export type PasswordFault = 'too_short' | 'too_long' | 'unusable_character' | 'too_common' | 'breached' | 'unchecked';

/** Code points. Long enough for any passphrase, short enough that hashing it costs nothing. */
export const MAX_PASSWORD_LENGTH = 256;
/** Letters and digits of a word that the tenant blocks; a shorter one would block almost everything. */
const MIN_BLOCKED_LENGTH = 3;
/** Shorter names ("Eve") are parts of too many words; they still count as guesses. */
const MIN_NAME_LENGTH = 4;
/** Fewer guesses than this are within reach of an attacker who is slowed down online. */
const MIN_GUESSES_LOG10 = 8;
/**
 * Characters that are searched for patterns. The time for the search grows faster than the length, and a password this
 * long is strong enough without it.
 */
const JUDGED_LENGTH = 64;

/**
 * NIST SP 800-63B-4 §3.1.1.2: a least length, a blocklist of common, expected and derived values, and no composition
 * rules. "Common" is judged by zxcvbn, which also sees through doubled words, keyboard walks and appended digits.
 */
export async function findPasswordFault(
  password: string,
  context: PasswordContext,
): Promise<PasswordFault | undefined> {
  const length = [...password.normalize('NFKC')].length;
  if (length < context.minLength) return 'too_short';
  if (length > MAX_PASSWORD_LENGTH) return 'too_long';
  if (/[\p{Cc}\p{Cs}]/u.test(password)) return 'unusable_character';
  if (containsWord(password, context.blocked ?? [], MIN_BLOCKED_LENGTH)) return 'too_common';
  if (containsWord(password, context.words, MIN_NAME_LENGTH)) return 'too_common';
  const { guessesLog10 } = (await estimator()).check(password, expand(context.words));
  return guessesLog10 < MIN_GUESSES_LOG10 ? 'too_common' : undefined;
}

/** "Acme Ltd." is also expected as "acme" and "acmeltd". */
function expand(words: readonly string[]): string[] {
  const lower = words.map((word) => word.toLowerCase());
  return [
    ...lower,
    ...lower.flatMap((word) => word.split(/[^\p{L}\p{N}]+/u)),
    ...lower.map((word) => word.replace(/\W/g, '')),
  ]
    .filter((word) => word.length > 2)
    .slice(0, 200);
}

type Estimator = { check(password: string, userInputs: string[]): { guessesLog10: number } };
let loaded: Promise<Estimator> | undefined;

/** The estimator's dictionaries take tens of megabytes, so they are loaded when the first password is set. */
function estimator(): Promise<Estimator> {
  loaded ??= (async () => {
    const [{ ZxcvbnFactory }, { adjacencyGraphs, dictionary }] = await Promise.all([
      import('@zxcvbn-ts/core'),
      import('@zxcvbn-ts/language-common'),
    ]);
    return new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs, maxLength: JUDGED_LENGTH });
  })();
  return loaded;
}
