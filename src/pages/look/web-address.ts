/**
 * The last check before an address becomes a link or a form target: whatever was stored or passed, no page of ours
 * carries `javascript:`, `data:` or a path that the browser reads as another host.
 */

const ABSOLUTE = /^https?:\/\/[^\s\\]+$/i;
const PATH = /^\/(?![/\\])[^\u0000-\u0020\\]*$/;
const MAIL = /^mailto:[^\s\\]+$/i;

/** An absolute http(s) address or a path on this host; otherwise undefined. */
export function webAddress(value: string | undefined): string | undefined {
  return value !== undefined && (ABSOLUTE.test(value) || PATH.test(value)) ? value : undefined;
}

/** As `webAddress`, but never a path: for addresses that a tenant or client gave. */
export function foreignAddress(value: string | undefined): string | undefined {
  return value !== undefined && ABSOLUTE.test(value) ? value : undefined;
}

/** Where help is: a web page or a mailbox. */
export function supportAddress(value: string | undefined): string | undefined {
  return value !== undefined && (ABSOLUTE.test(value) || MAIL.test(value)) ? value : undefined;
}

/** The target of a form. The caller vouches for it, so that anything else is a fault of the program. */
export function formTarget(value: string): string {
  const address = webAddress(value);
  if (address === undefined) throw new Error('A form was given a target that is neither http(s) nor a path');
  return address;
}
