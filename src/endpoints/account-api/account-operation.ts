import type { AccountScope } from '../../oauth/openid-scopes.js';

export type Schema = Readonly<Record<string, unknown>>;

/** One operation of the account API, for its description. */
export interface Operation {
  readonly summary: string;
  readonly scope: AccountScope;
  readonly answer?: string;
  readonly status?: number;
  readonly body?: string;
  readonly parameters?: readonly Schema[];
  /** Needs a recent sign-in (RFC 9470). */
  readonly isFresh?: boolean;
}

export const inPath = (name: string): Schema => ({ name, in: 'path', required: true, schema: { type: 'string' } });
export const inQuery = (name: string, schema: Schema): Schema => ({ name, in: 'query', schema });
