import { digest, equalInConstantTime } from '../../crypto/digest.js';
import type { Client } from '../client.js';
import { CredentialsRefused } from './client-authentication-method.js';

/**
 * Whether it is one of the client's secrets. There are two while a secret is being replaced.
 * @throws CredentialsRefused
 */
export function matchesClientSecret(client: Client, secret: string): boolean {
  const given = digest(secret);
  const same = client.secrets.filter((known) => equalInConstantTime(Buffer.from(known.digest, 'base64'), given));
  const now = Date.now();
  if (same.some((known) => known.expiresAt > now)) return true;
  throw new CredentialsRefused(same.length > 0 ? 'secret_expired' : 'secret_wrong');
}
