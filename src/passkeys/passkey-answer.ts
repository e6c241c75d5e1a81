import { decodeBase64url } from '../crypto/base64url.js';
import { PasskeyRefusedError } from './passkey-refused.error.js';

/** What a page sends of `navigator.credentials.create()`, WebAuthn Level 3 §5.1 `RegistrationResponseJSON`. */
export interface RegistrationAnswer {
  readonly id: string;
  readonly clientDataJSON: string;
  readonly attestationObject: string;
  readonly transports: readonly string[];
}

/** What a page sends of `navigator.credentials.get()`, `AuthenticationResponseJSON`. */
export interface AssertionAnswer {
  readonly id: string;
  readonly clientDataJSON: string;
  readonly authenticatorData: string;
  readonly signature: string;
  readonly userHandle: string | undefined;
}

/** Characters. An answer without attestation has about one thousand, and one with large keys a few more. */
const MAX_LENGTH = 20_000;
/** WebAuthn Level 3 §5.8.3: 1023 bytes at most; in base64url. */
const CREDENTIAL_ID = /^[A-Za-z0-9_-]{16,1364}$/;
const TRANSPORT = /^[a-z-]{1,20}$/;
const MAX_TRANSPORTS = 8;

/** @throws PasskeyRefusedError when it is no such answer */
export function readRegistration(text: string | undefined): RegistrationAnswer {
  const { id, response } = readCredential(text);
  const { transports } = response;
  const named = Array.isArray(transports) ? transports.slice(0, MAX_TRANSPORTS) : [];
  return {
    id,
    clientDataJSON: base64url(response['clientDataJSON']),
    attestationObject: base64url(response['attestationObject']),
    transports: named.filter((each): each is string => typeof each === 'string' && TRANSPORT.test(each)),
  };
}

/** @throws PasskeyRefusedError when it is no such answer */
export function readAssertion(text: string | undefined): AssertionAnswer {
  const { id, response } = readCredential(text);
  const { userHandle } = response;
  return {
    id,
    clientDataJSON: base64url(response['clientDataJSON']),
    authenticatorData: base64url(response['authenticatorData']),
    signature: base64url(response['signature']),
    userHandle: userHandle === undefined || userHandle === null ? undefined : base64url(userHandle),
  };
}

/** The challenge that the answer says it answers; whether it does is told by the signature. */
export function challengeOf({ clientDataJSON }: { readonly clientDataJSON: string }): string {
  const { challenge } = asObject(parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8')));
  return base64url(challenge);
}

function readCredential(text: string | undefined) {
  if (text === undefined || text.length > MAX_LENGTH) throw malformed();
  const { id, type, response } = asObject(parse(text));
  if (type !== 'public-key' || typeof id !== 'string' || !CREDENTIAL_ID.test(id) || !decodeBase64url(id))
    throw malformed();
  return { id, response: asObject(response) };
}

function base64url(value: unknown): string {
  if (typeof value !== 'string' || value === '' || !decodeBase64url(value)) throw malformed();
  return value;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed();
  }
}

function asObject(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed();
  return value as Record<string, unknown>;
}

function malformed(): PasskeyRefusedError {
  return new PasskeyRefusedError('refused', 'malformed');
}
