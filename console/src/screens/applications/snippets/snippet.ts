import type { Schema } from '../../../api/operation.js';
import { type Kind, kindOf } from '../application-kind.js';

/** How the application proves that it is the client. */
export type SecretUse = 'basic' | 'post' | 'none';

/** What code is made of. No secret is among it: it stands in the environment of the application. */
export interface SnippetValues {
  readonly issuer: string;
  readonly clientId: string;
  /** Empty for a machine. */
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  /** Of a machine with permissions at several APIs: the one that the scopes are of (RFC 8707). */
  readonly resource: string | undefined;
  readonly secret: SecretUse;
}

export type SnippetKind = Exclude<Kind, 'product'>;

/** Code for one library. The platform has the same for clients that developers register, and for more libraries. */
export interface Snippet {
  readonly title: string;
  readonly language: string;
  readonly install?: string;
  readonly kinds: readonly SnippetKind[];
  readonly secrets: readonly SecretUse[];
  readonly needsOpenId: boolean;
  readonly suits?: (values: SnippetValues) => boolean;
  readonly fileName: (kind: SnippetKind) => string;
  readonly write: (values: SnippetValues, kind: SnippetKind) => string;
}

/** What a client is, without its secret: values for its code, one for each way to send the secret. */
export function valuesFor(issuer: string, client: Schema<'Client'>): readonly SnippetValues[] {
  const kind = kindOf(client);
  const redirectUri = kind === 'machine' ? '' : redirectUriOf(client.redirect_uris, kind);
  if (kind !== 'machine' && redirectUri === '') return [];
  const shared = { issuer, clientId: client.client_id, redirectUri, ...scopesOf(client, kind) };
  return secretsOf(client.token_endpoint_auth_method).map((secret) => ({ ...shared, secret }));
}

function secretsOf(method: string | null): readonly SecretUse[] {
  if (method === null) return ['basic', 'post'];
  if (method === 'client_secret_basic') return ['basic'];
  if (method === 'client_secret_post') return ['post'];
  return method === 'none' ? ['none'] : [];
}

/** Of a program on a device rather the loopback address, which it can listen at. */
function redirectUriOf(uris: readonly string[], kind: SnippetKind): string {
  const loopback = kind === 'native' ? uris.find((uri) => uri.startsWith('http:')) : undefined;
  return loopback ?? uris[0] ?? '';
}

/** At several APIs a request has to say which; people are asked for what is of OpenID Connect then. */
function scopesOf({ scope, permissions }: Schema<'Client'>, kind: SnippetKind) {
  const [first, ...others] = permissions;
  const ofApis = permissions.flatMap(({ scopes }) => scopes);
  const openId = scope.split(' ').filter((name) => name !== '' && !ofApis.includes(name));
  if (!first) return { scopes: openId, resource: undefined };
  if (kind === 'machine') return { scopes: first.scopes, resource: others.length > 0 ? first.api : undefined };
  return { scopes: others.length > 0 ? openId : [...openId, ...first.scopes], resource: undefined };
}
