import { hash } from 'node:crypto';

/** `code-challenge` for S256: the base64url form of 32 bytes. */
const CODE_CHALLENGE = /^[A-Za-z0-9_-]{43}$/;
/** `code-verifier`, RFC 7636 §4.1. */
const CODE_VERIFIER = /^[A-Za-z0-9._~-]{43,128}$/;

export function isCodeChallenge(value: string): boolean {
  return CODE_CHALLENGE.test(value);
}

/** RFC 7636 §4.6, S256: BASE64URL(SHA256(ASCII(code_verifier))) == code_challenge. Both values are public by now. */
export function matchesCodeChallenge(verifier: string, challenge: string): boolean {
  return CODE_VERIFIER.test(verifier) && hash('sha256', verifier, 'base64url') === challenge;
}
