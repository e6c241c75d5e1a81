import type { ClientProposal } from '../client-proposal.js';
import { appAuthSnippet } from './appauth.snippet.js';
import { authJsSnippet } from './authjs.snippet.js';
import { authlibSnippet } from './authlib.snippet.js';
import { curlSnippet } from './curl.snippet.js';
import { goSnippet } from './go.snippet.js';
import { oauth4webapiSnippet } from './oauth4webapi.snippet.js';
import { oidcClientTsSnippet } from './oidc-client-ts.snippet.js';
import { openidClientSnippet } from './openid-client.snippet.js';
import { passportSnippet } from './passport.snippet.js';
import type { ClientKind, SecretUse, Snippet, SnippetFile, SnippetValues } from './snippet.js';
import { springSnippet } from './spring.snippet.js';

/** THE LIST of libraries that there is a snippet for, in the order in which they are offered. */
export const SNIPPETS: readonly Snippet[] = [
  openidClientSnippet,
  authJsSnippet,
  passportSnippet,
  oidcClientTsSnippet,
  oauth4webapiSnippet,
  authlibSnippet,
  springSnippet,
  goSnippet,
  appAuthSnippet,
  curlSnippet,
];

/** A snippet with the values of one client. */
export interface WrittenSnippet extends Pick<Snippet, 'library' | 'title' | 'language' | 'install'> {
  readonly file: SnippetFile;
  /** Whether the application needs the secret, which stands in its environment and never here. */
  readonly needsSecret: boolean;
}

/** Those that work with a client as it is described, each with its values. A client may have none. */
export function snippetsFor(
  issuer: string,
  { clientId, ...client }: { readonly clientId: string } & ClientProposal,
): WrittenSnippet[] {
  const kind = kindOf(client);
  if (!kind) return [];
  const secrets = secretsOf(client);
  const values = { issuer, clientId, redirectUri: redirectUriOf(client, kind), ...scopesOf(client, kind) };
  if (kind !== 'machine' && values.redirectUri === '') return [];
  return SNIPPETS.flatMap((snippet) => {
    const { library, title, language, install } = snippet;
    const secret = snippet.secrets.find((use) => secrets.includes(use));
    if (secret === undefined || !suits(snippet, kind, { ...values, secret })) return [];
    const file = snippet.write({ ...values, secret }, kind);
    return [{ library, title, language, ...(install && { install }), file, needsSecret: secret !== 'none' }];
  });
}

/** What the client is for; undefined for grants that no library here asks for. */
export function kindOf({ grant_types: grants, application_type: type }: ClientProposal): ClientKind | undefined {
  const grantTypes = grants ?? ['authorization_code'];
  if (grantTypes.includes('authorization_code')) return type ?? 'web';
  return grantTypes.includes('client_credentials') ? 'machine' : undefined;
}

function suits(snippet: Snippet, kind: ClientKind, values: SnippetValues): boolean {
  if (!snippet.kinds.includes(kind)) return false;
  if (snippet.needsOpenId && kind !== 'machine' && !values.scopes.includes('openid')) return false;
  return snippet.suits?.(values) ?? true;
}

/** A client whose method is not fixed may send its secret either way. */
function secretsOf({ token_endpoint_auth_method: method }: ClientProposal): readonly SecretUse[] {
  if (method === null || method === undefined) return ['basic', 'post'];
  const uses: Readonly<Record<string, SecretUse>> = {
    client_secret_basic: 'basic',
    client_secret_post: 'post',
    none: 'none',
  };
  const use = Object.hasOwn(uses, method) ? uses[method] : undefined;
  return use === undefined ? [] : [use];
}

/** Of a program on a device rather the loopback address, which it can listen at. */
function redirectUriOf({ redirect_uris: uris }: ClientProposal, kind: ClientKind): string {
  const loopback = kind === 'native' ? uris?.find((uri) => uri.startsWith('http:')) : undefined;
  return kind === 'machine' ? '' : (loopback ?? uris?.[0] ?? '');
}

/** At several APIs a request has to say which; people are asked for what is of OpenID Connect then. */
function scopesOf(
  { scope, permissions }: ClientProposal,
  kind: ClientKind,
): Pick<SnippetValues, 'scopes' | 'resource'> {
  const openId = (scope ?? '').split(' ').filter(Boolean);
  const [first, ...others] = permissions ?? [];
  if (!first) return { scopes: openId };
  if (kind === 'machine') return { scopes: first.scopes, ...(others.length > 0 && { resource: first.api }) };
  return { scopes: others.length > 0 ? openId : [...openId, ...first.scopes] };
}
