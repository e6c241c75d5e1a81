import { decodeBase64 } from '../../crypto/base64url.js';
import { InvalidClientError } from '../../oauth/oauth-error.js';
import type { ClientCredentials } from './client-authentication-method.js';

const BASIC = /^basic +([A-Za-z0-9+/]+={0,2})$/i;

/**
 * Identifier and secret of HTTP Basic, RFC 6749 §2.3.1, form-decoded and as they were sent.
 * @throws InvalidClientError
 */
export function readBasic(authorization: string): ClientCredentials {
  const encoded = BASIC.exec(authorization)?.[1];
  if (encoded === undefined) throw new InvalidClientError('The Authorization header is not HTTP Basic.');
  const pair = decodeBase64(encoded)?.toString('utf8');
  if (pair === undefined) {
    throw new InvalidClientError('The Authorization header is not in base64 with its padding (RFC 4648 §4).');
  }
  const colon = pair.indexOf(':');
  if (colon < 1) throw new InvalidClientError('The Authorization header has no client identifier and secret.');
  const asSent = { clientId: pair.slice(0, colon), proof: pair.slice(colon + 1) };
  const [clientId, proof] = [formDecode(asSent.clientId), formDecode(asSent.proof)];
  return clientId === undefined || proof === undefined ? { ...asSent, asSent } : { clientId, proof, asSent };
}

/** Undefined for what is not form-encoded. */
function formDecode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
