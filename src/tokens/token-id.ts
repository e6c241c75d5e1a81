import { hash, randomUUID } from 'node:crypto';

const HEAD_LENGTH = 24;
const TAG_LENGTH = 12;

/**
 * The `jti` of a token that a client gets for itself. It is a UUID of version 8 (RFC 9562 §5.8): 72 random bits, and 48
 * bits of a digest over them and the client's registration. So the token names the registration it was issued for. A
 * client that is registered again under the same identifier inherits no token. The `jti` cannot be changed, because the
 * token is signed.
 */
export function tokenIdFor(registrationId: string): string {
  const random = randomUUID();
  const head = `${random.slice(0, 14)}8${random.slice(15, HEAD_LENGTH)}`;
  return head + tagOf(registrationId, head);
}

/** Whether the token was issued for this registration; undefined when it does not say so, as those of older versions. */
export function isTokenIdOf(tokenId: string, registrationId: string): boolean | undefined {
  if (tokenId[14] !== '8') return undefined;
  return tokenId.slice(HEAD_LENGTH) === tagOf(registrationId, tokenId.slice(0, HEAD_LENGTH));
}

function tagOf(registrationId: string, head: string): string {
  return hash('sha256', registrationId + head, 'hex').slice(0, TAG_LENGTH);
}
