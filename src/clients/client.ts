import type { JSONWebKeySet } from 'jose';
import type { SigningAlgorithmName } from '../keys/signing-algorithm.js';
import type { ApplicationType } from '../oauth/redirect-uri.js';
import type { Permissions } from './permissions.js';

/** `client_id`, RFC 6749 appendix A.1 without the space: what can be registered. */
export const CLIENT_ID = /^[\x21-\x7e]{1,200}$/;

/** The client as which people sign in to the console of their tenant. Every tenant has its own, which the platform makes. */
export const CONSOLE_CLIENT_ID = 'tenantry-console';

/**
 * Why no new client may have this identifier, which is a segment of the client's address in the management API; undefined
 * when one may. URLs fold dot segments (RFC 3986 §5.2.4), percent-encoded ones too (WHATWG URL), and turn backslashes
 * into slashes, so such a client could be neither shown nor deleted.
 */
export function findClientIdFault(clientId: string): string | undefined {
  if (clientId === CONSOLE_CLIENT_ID) return 'is that of the console, which makes its client itself';
  if (clientId.includes('\\')) return 'has a backslash, which a URL takes for a slash';
  const segments = clientId
    .replace(/%(?:25)*2e/gi, '.')
    .replace(/%(?:25)*(?:2f|5c)/gi, '/')
    .split('/');
  if (segments.some((segment) => segment === '.' || segment === '..'))
    return 'has a part . or .., which a URL leaves out';
  return undefined;
}

/** A registered client, with the names of RFC 7591 §2 in camel case. */
export interface Client {
  readonly clientId: string;
  /** Of this registration: tokens name it, so that a client made anew under the same identifier inherits none. */
  readonly registrationId: string;
  /** Unix time in milliseconds. */
  readonly registeredAt: number;
  readonly clientName: string | undefined;
  readonly applicationType: ApplicationType;
  /** Null: the client registered none, and sends its secret by Basic or in the body. */
  readonly tokenEndpointAuthMethod: string | null;
  readonly grantTypes: readonly string[];
  readonly responseTypes: readonly string[];
  readonly redirectUris: readonly string[];
  readonly postLogoutRedirectUris: readonly string[];
  /** What the client may ask for: pairs of API and scopes. */
  readonly permissions: Permissions;
  readonly jwks: JSONWebKeySet | undefined;
  /** Absent: the tenant's policy. */
  readonly idTokenSignedResponseAlg: SigningAlgorithmName | undefined;
  /** The ID token from the token endpoint leaves out the claims of the granted scopes. */
  readonly slimIdToken: boolean;
  readonly metadata: ClientMetadata;
  /** The tenant's own application: its users are not asked for consent. */
  readonly firstParty: boolean;
  /** Absent: the tenant's policy. `false` counts for confidential clients only. */
  readonly requirePkce: boolean | undefined;
  /** Absent: public clients rotate, confidential ones do not (RFC 9700 §4.14.2). */
  readonly refreshTokenRotation: boolean | undefined;
  /** Whether an assertion's audience must be the issuer, as one string (RFC 7523bis). Absent: it must. */
  readonly strictAssertionAudience: boolean | undefined;
  /** Users sign in with two factors, whatever the tenant's policy says. */
  readonly requireSecondFactor: boolean;
  /** OpenID Connect Registration §2: for requests that name no `acr_values` and no `max_age`. */
  readonly defaultAcrValues: readonly string[];
  readonly defaultMaxAge: number | undefined;
  /** Names of scopes that users may leave out of their consent. */
  readonly optionalScopes: readonly string[];
  /** An administrator has looked at the client and stands for it. */
  readonly isReviewed: boolean;
  readonly enabled: boolean;
  readonly secrets: readonly ClientSecret[];
}

export interface ClientSecret {
  /**
   * SHA-256 of the secret, in base64. As text because it is kept for as long as the client is: a small Buffer from the
   * database driver holds on to the 8 kB that it was cut from.
   */
  readonly digest: string;
  /** Unix time in milliseconds, or Infinity. */
  readonly expiresAt: number;
}

/** RFC 7591 §2: what is shown to people and decides nothing. */
export interface ClientMetadata {
  readonly clientUri?: string;
  readonly logoUri?: string;
  readonly policyUri?: string;
  readonly tosUri?: string;
  readonly contacts?: readonly string[];
  /** OpenID Connect Core §4: where a sign-in begins anew. */
  readonly initiateLoginUri?: string;
  readonly softwareId?: string;
  readonly softwareVersion?: string;
}

const SECRET_METHODS: readonly string[] = ['client_secret_basic', 'client_secret_post'];

/** RFC 6749 §2.1: confidential clients authenticate, public ones cannot. */
export function isConfidential(client: Pick<Client, 'tokenEndpointAuthMethod'>): boolean {
  return client.tokenEndpointAuthMethod !== 'none';
}

/** Whether the client proves itself with a secret, RFC 6749 §2.3.1. */
export function usesSecret(client: Pick<Client, 'tokenEndpointAuthMethod'>): boolean {
  const { tokenEndpointAuthMethod: method } = client;
  return method === null || SECRET_METHODS.includes(method);
}

/** Whether the client may authenticate in this way: as it registered, or with its secret in either way. */
export function acceptsMethod(client: Pick<Client, 'tokenEndpointAuthMethod'>, method: string): boolean {
  const { tokenEndpointAuthMethod: registered } = client;
  return registered === null ? SECRET_METHODS.includes(method) : registered === method;
}

/** What people read: the name, or the identifier of a client that has none. */
export function displayNameOf(client: Client): string {
  return client.clientName ?? client.clientId;
}
