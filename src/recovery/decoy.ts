import { digest } from '../crypto/digest.js';
import { normalizeIdentifier } from '../users/identifier.js';

/**
 * An address that stands for an identifier which belongs to nobody. It is as long as many are, is the same for the same
 * identifier, and does not tell what was typed. `.invalid` is nobody's (RFC 6761 §6.4).
 */
export function decoyAddress(identifier: string): string {
  return `${digest(normalizeIdentifier(identifier)).toString('hex').slice(0, 24)}@nobody.invalid`;
}
