import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import { getPublicSuffix } from 'tldts';

/** Room for the label of the challenge in the 253 characters of a name (RFC 1035 §2.3.4). */
export const MAX_DOMAIN_LENGTH = 230;

const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const DOMAIN = new RegExp(`^(?:${LABEL}\\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$`);
/** What a name may be written with before it is brought into its ASCII form. */
const WRITTEN = /^[\p{L}\p{M}\p{N}.\u3002\u00b7\u200c\u200d-]+$/u;

/** Names that lead nowhere on the internet, or that each machine resolves for itself (RFC 6761, RFC 6762, RFC 9476). */
const SPECIAL = /(?:^|\.)(?:localhost|localdomain|local|internal|intranet|lan|home|corp|invalid|onion|alt|arpa)$/;

/** Whether a Host header may name a domain of a tenant's: a name of the internet in its ASCII form. */
export function mayBeDomain(host: string): boolean {
  return host.length <= MAX_DOMAIN_LENGTH && DOMAIN.test(host);
}

export type ReadDomain = { readonly domain: string } | { readonly fault: string };

/**
 * A domain as somebody wrote it, in the form in which it is kept and compared: ASCII (RFC 5891), lower case, without final
 * dot. The fault is completed by the name of the member.
 */
export function readDomain(written: string): ReadDomain {
  if (/[/:@?#*[\]\\\s]/.test(written)) {
    return { fault: 'must be a host name alone, such as login.example.com, without scheme, port, path or *' };
  }
  if (isIP(written) !== 0) return { fault: 'must be a name and not an IP address' };
  const ascii = WRITTEN.test(written) ? domainToASCII(written).toLowerCase().replace(/\.$/, '') : '';
  if (ascii.length > MAX_DOMAIN_LENGTH) return { fault: `must have at most ${MAX_DOMAIN_LENGTH} characters` };
  if (isIP(ascii) !== 0) return { fault: 'must be a name and not an IP address' };
  if (SPECIAL.test(ascii)) return { fault: 'must be a name of the internet; this one means something on each machine' };
  if (!DOMAIN.test(ascii)) return { fault: 'must be a host name of at least two labels, such as login.example.com' };
  if (isPublicSuffix(ascii)) return { fault: 'must not be a name below which strangers register theirs' };
  return { domain: ascii };
}

/**
 * A name below which strangers register (publicsuffix.org). Whoever could prove one of them would not be one customer.
 * The proof is what counts; the list, which is as old as its package, only says it sooner.
 */
function isPublicSuffix(ascii: string): boolean {
  return getPublicSuffix(ascii, { allowPrivateDomains: true }) === ascii;
}
