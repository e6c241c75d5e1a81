import { createHmac, randomBytes } from 'node:crypto';

const PREFIX = 'whsec_';
const SECRET_BYTES = 32;

/** A secret as receivers configure it (Standard Webhooks, "Signature scheme"): `whsec_` and the key in base64. */
export function newWebhookSecret(): string {
  return PREFIX + randomBytes(SECRET_BYTES).toString('base64');
}

export interface SignedMessage {
  /** The same for every attempt, so that receivers recognise what they have already. */
  readonly id: string;
  /** Of the attempt, in seconds. Receivers refuse old ones. */
  readonly timestamp: number;
  readonly body: string;
}

/**
 * The headers of Standard Webhooks ("Webhook headers"): id, time, and one signature for each secret that is in use.
 * Each is `v1,` and the HMAC-SHA256 over `id.timestamp.body` in base64.
 */
export function webhookHeaders(
  { id, timestamp, body }: SignedMessage,
  secrets: readonly string[],
): Readonly<Record<'webhook-id' | 'webhook-timestamp' | 'webhook-signature', string>> {
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  });
  return { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': signatures.join(' ') };
}
