import { boundedText } from '../audit/audit-row.js';

const MAX_LENGTH = 254;
/** A user name or an e-mail address as most people have them. */
const USUAL = /^[\p{L}\p{M}\p{N}._+-]{1,64}(@[\p{L}\p{M}\p{N}.-]{1,190})?$/u;

/**
 * What was typed as user name, for the audit log. People type their password into the wrong field: what names no account
 * is kept only when it looks like a name or an address, and is not what was typed as the password.
 */
export function typedIdentifier(
  typed: string,
  { password, isKnown }: { readonly password: string | undefined; readonly isKnown: boolean },
): Readonly<Record<string, unknown>> {
  const isName = isKnown || (USUAL.test(typed) && typed !== password);
  return isName ? { identifier: boundedText(typed, MAX_LENGTH) } : { identifier_withheld: true };
}
