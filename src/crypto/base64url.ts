/**
 * Decodes base64url (RFC 4648 §5, without padding) and refuses what is not canonical. `Buffer` ignores padding, other
 * characters and surplus bits at the end (§3.5), so several texts would stand for one token. Whoever lists, counts or
 * revokes tokens by their text must find one text for each.
 * @returns undefined for every other text than the one that the bytes are encoded as
 */
export function decodeBase64url(text: string): Buffer | undefined {
  return canonical(text, 'base64url');
}

/** The same for base64 with its padding, RFC 4648 §4. */
export function decodeBase64(text: string): Buffer | undefined {
  return canonical(text, 'base64');
}

function canonical(text: string, encoding: 'base64' | 'base64url'): Buffer | undefined {
  const bytes = Buffer.from(text, encoding);
  return bytes.toString(encoding) === text ? bytes : undefined;
}

/** Whether a JWT in compact serialization (RFC 7515 §3.1) has three parts, each of them encoded canonically. */
export function isCanonicalJwt(token: string): boolean {
  const parts = token.split('.', 4);
  return parts.length === 3 && parts.every((part) => decodeBase64url(part) !== undefined);
}
