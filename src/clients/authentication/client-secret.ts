import { digest, equalInConstantTime } from '../../crypto/digest.js';
import type { Client } from '../client.js';

/** Whether it is one of the client's secrets; two overlap while one replaces the other. */
export function matchesClientSecret(client: Client, secret: string): boolean {
  const given = digest(secret);
  const now = Date.now();
  return client.secrets.some(
    (known) => known.expiresAt > now && equalInConstantTime(Buffer.from(known.digest, 'base64'), given),
  );
}
