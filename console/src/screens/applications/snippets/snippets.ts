import type { Schema } from '../../../api/operation.js';
import { kindOf } from '../application-kind.js';
import { appAuthSnippet } from './appauth.snippet.js';
import { authlibSnippet } from './authlib.snippet.js';
import { curlSnippet } from './curl.snippet.js';
import { oidcClientTsSnippet } from './oidc-client-ts.snippet.js';
import { openidClientSnippet } from './openid-client.snippet.js';
import { type Snippet, valuesFor } from './snippet.js';
import { springSnippet } from './spring.snippet.js';

/** Most used first. */
const SNIPPETS: readonly Snippet[] = [
  openidClientSnippet,
  oidcClientTsSnippet,
  authlibSnippet,
  springSnippet,
  appAuthSnippet,
  curlSnippet,
];

/** Code for one library, with the values of a client. */
export interface WrittenSnippet {
  readonly title: string;
  readonly language: string;
  /** Installs what the code needs. */
  readonly install: string | undefined;
  readonly fileName: string;
  readonly code: string;
  /** The application reads its secret from the environment variable `CLIENT_SECRET`. */
  readonly needsSecret: boolean;
}

/** Those that work with the client as it is. */
export function snippetsFor(issuer: string, client: Schema<'Client'>): readonly WrittenSnippet[] {
  const kind = kindOf(client);
  const choices = valuesFor(issuer, client);
  return SNIPPETS.flatMap((snippet) => {
    const values = choices.find(({ secret }) => snippet.secrets.includes(secret));
    if (!values || !snippet.kinds.includes(kind)) return [];
    if (snippet.needsOpenId && kind !== 'machine' && !values.scopes.includes('openid')) return [];
    if (snippet.suits?.(values) === false) return [];
    const { title, language, install, write, fileName } = snippet;
    const needsSecret = values.secret !== 'none';
    return [{ title, language, install, fileName: fileName(kind), code: write(values, kind), needsSecret }];
  });
}
