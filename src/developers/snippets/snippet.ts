/** What a client is for, as far as the code of an application depends on it. */
export const CLIENT_KINDS = ['web', 'browser', 'native', 'machine'] as const;
export type ClientKind = (typeof CLIENT_KINDS)[number];

/** How the application proves that it is the client. */
export type SecretUse = 'basic' | 'post' | 'none';

/** What a snippet is made for. No secret is among it: it stands in the environment of the application. */
export interface SnippetValues {
  readonly issuer: string;
  readonly clientId: string;
  /** Empty for a machine. */
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  /** Of a machine with permissions at several APIs: the one that the scopes are of (RFC 8707). */
  readonly resource?: string | undefined;
  readonly secret: SecretUse;
}

export interface SnippetFile {
  readonly name: string;
  readonly text: string;
}

/** Code for one library that signs people in, or gets a token, as this client. */
export interface Snippet {
  /** In addresses. */
  readonly library: string;
  readonly title: string;
  readonly language: string;
  /** The command that installs what it needs; undefined: nothing. */
  readonly install?: string;
  readonly kinds: readonly ClientKind[];
  /** What the library can do. A client whose method is not fixed may use either secret. */
  readonly secrets: readonly SecretUse[];
  /** Whether it verifies an ID token, which there is for the scope `openid` only. */
  readonly needsOpenId: boolean;
  /** Unless given, it is for every redirect URI. */
  readonly suits?: (values: SnippetValues) => boolean;
  readonly write: (values: SnippetValues, kind: ClientKind) => SnippetFile;
}

/** Where the application finds its secret. */
export const SECRET_VARIABLE = 'CLIENT_SECRET';
