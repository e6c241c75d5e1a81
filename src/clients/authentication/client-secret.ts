import { digest, equalInConstantTime } from '../../crypto/digest.js';
import type { Client } from '../client.js';
import { CredentialsRefused } from './client-authentication-method.js';

/**
 * Whether one of the texts is one of the client's secrets. There are two secrets while one is being replaced. Every text
 * is compared with every secret, whatever was found before.
 * @throws CredentialsRefused
 */
export function matchesClientSecret(client: Client, ...texts: readonly string[]): boolean {
  if (client.secrets.length === 0) throw new CredentialsRefused('no_secret_registered');
  const given = texts.map((text) => digest(text));
  const same = client.secrets.filter((known) => {
    const expected = Buffer.from(known.digest, 'base64');
    return given.map((one) => equalInConstantTime(expected, one)).includes(true);
  });
  const now = Date.now();
  if (same.some((known) => known.expiresAt > now)) return true;
  throw new CredentialsRefused(same.length > 0 ? 'secret_expired' : 'secret_wrong');
}
