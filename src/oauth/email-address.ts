import { domainToASCII } from 'node:url';
import { isVisibleWord } from './visible-text.js';

const MAX_LENGTH = 254;
const MAX_LOCAL_LENGTH = 64;
/** RFC 5322 §3.2.3 `dot-atom-text`, with the letters of RFC 6531 §3.3. Quoted names are left out: nobody has one. */
const LOCAL_PART = /^[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+(?:\.[\p{L}\p{M}\p{N}!#$%&'*+/=?^_`{|}~-]+)*$/u;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** Whether it is an e-mail address that can be written to and shown: one `@`, a name, and a domain with a dot. */
export function isEmailAddress(value: string): boolean {
  if (value.length > MAX_LENGTH || !isVisibleWord(value) || /\s/u.test(value)) return false;
  const [local = '', domain = '', ...more] = value.split('@');
  return more.length === 0 && local.length <= MAX_LOCAL_LENGTH && LOCAL_PART.test(local) && isMailDomain(domain);
}

/**
 * The address in the form in which it is written to, so that signs which only look different name the same mailbox: a
 * full-width letter is the usual one, and the domain is in lower case. Undefined when it is no address.
 */
export function readEmailAddress(typed: string): string | undefined {
  const address = typed.trim().normalize('NFKC');
  if (!isEmailAddress(address)) return undefined;
  const at = address.lastIndexOf('@');
  return `${address.slice(0, at)}@${address.slice(at + 1).toLowerCase()}`;
}

/**
 * Whether the address is in one of the domains. They are compared in the form that the domain name system uses, so a
 * letter of another script is another domain. A domain does not include those below it.
 */
export function isInDomain(address: string, domains: readonly string[]): boolean {
  const domain = domainToASCII(address.slice(address.lastIndexOf('@') + 1));
  return domain !== '' && domains.some((one) => domainToASCII(one) === domain);
}

/** A domain that mail can be sent to. */
export function isMailDomain(domain: string): boolean {
  // A host that URLs would read in another way (1.2.3, [::1]) has no letter at its end.
  if (!/^[\p{L}\p{M}\p{N}.-]+$/u.test(domain)) return false;
  const labels = domainToASCII(domain).split('.');
  const top = labels.at(-1) ?? '';
  return labels.length > 1 && labels.every((label) => LABEL.test(label)) && /[a-z]/.test(top);
}
