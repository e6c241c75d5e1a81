import { decodeBase64url } from '../crypto/base64url.js';

/** A JWT in compact serialization (RFC 7515 §3.1), split and decoded. Its signature is not verified yet. */
export interface CompactJws {
  readonly header: Readonly<Record<string, unknown>>;
  readonly payload: Readonly<Record<string, unknown>>;
  /** The signing input: header and payload as they were sent (RFC 7515 §5.2). */
  readonly input: string;
  readonly signature: Buffer;
}

/** Characters. Every token that we issue is far shorter. */
const MAX_LENGTH = 8192;
const COMPACT = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)$/;

/** @returns undefined for everything that is not exactly three parts of base64url, the first two of them JSON objects */
export function parseCompactJws(token: string): CompactJws | undefined {
  if (token.length > MAX_LENGTH) return undefined;
  const [, encodedHeader, encodedPayload, encodedSignature] = COMPACT.exec(token) ?? [];
  const header = encodedHeader && parseObject(decodeBase64url(encodedHeader));
  const payload = encodedPayload && parseObject(decodeBase64url(encodedPayload));
  const signature = encodedSignature && decodeBase64url(encodedSignature);
  if (!header || !payload || !signature) return undefined;
  return { header, payload, input: `${encodedHeader}.${encodedPayload}`, signature };
}

function parseObject(bytes: Buffer | undefined): Readonly<Record<string, unknown>> | undefined {
  if (!bytes) return undefined;
  try {
    const value: unknown = JSON.parse(bytes.toString());
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
