import { domainToASCII } from 'node:url';
import { isEmailAddress } from '../oauth/email-address.js';

/** RFC 5321 §4.5.3.1: longest local part and longest path. */
const LOCAL_MAX_BYTES = 64;
const ADDRESS_MAX_BYTES = 254;
/** Some servers pass mail on by these. */
const ROUTE = /[%!]/;

/** An address that mail can be sent to, as it is given to the SMTP server. */
export type MailAddress = string & { readonly brand: 'MailAddress' };

/**
 * Reads an address: one mailbox, without a display name, comment, quotes, source route or address literal. The domain
 * is in A-labels (RFC 5891), in lower case. @returns undefined for anything else
 */
export function parseMailAddress(text: string): MailAddress | undefined {
  if (!isEmailAddress(text)) return undefined;
  const local = text.slice(0, text.indexOf('@')).normalize('NFC');
  const address = `${local}@${domainToASCII(domainOf(text))}`;
  if (ROUTE.test(local) || Buffer.byteLength(local) > LOCAL_MAX_BYTES) return undefined;
  return Buffer.byteLength(address) <= ADDRESS_MAX_BYTES ? (address as MailAddress) : undefined;
}

export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}

/** For lists and events: `a…e@example.com`. Short local parts show one character. */
export function maskedAddress(address: MailAddress): string {
  const local = [...address.slice(0, address.lastIndexOf('@'))];
  const last = local.length > 4 ? (local.at(-1) ?? '') : '';
  return `${local[0] ?? ''}…${last}@${domainOf(address)}`;
}

/** What is counted as one mailbox: case and a `+tag` make no other one. */
export function mailboxOf(address: MailAddress): string {
  const local = address.slice(0, address.lastIndexOf('@')).toLowerCase();
  return `${local.replace(/\+.*$/, '') || local}@${domainOf(address)}`;
}
