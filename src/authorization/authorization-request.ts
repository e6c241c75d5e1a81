import type { Client } from '../clients/client.js';
import type { OAuthParameters } from '../oauth/parameters.js';
import type { ResponseType } from '../oauth/response-type.js';
import type { Access } from '../resources/access.js';
import type { Tenant } from '../tenants/tenant.js';

/** An authorization request whose client and redirect URI are proven, so that errors may go there. */
export interface ProvenRequest {
  readonly tenant: Tenant;
  readonly params: OAuthParameters;
  readonly client: Client;
  readonly redirectUri: string;
}

export type ResponseModeName = 'query' | 'fragment' | 'form_post';
export type Prompt = 'none' | 'login' | 'consent' | 'select_account' | 'create';

/** OpenID Connect Core §3.1.2.1 `acr_values`, §5.5.1.1 `acr`. */
export interface AcrWish {
  readonly values: readonly string[];
  /** The request fails when none of them is met. */
  readonly isEssential: boolean;
}

/** RFC 6749 §4.1.1, OpenID Connect Core §3.1.2.1: every parameter checked. */
export interface AuthorizationRequest extends ProvenRequest {
  readonly responseType: ResponseType;
  readonly responseMode: ResponseModeName;
  readonly state: string | undefined;
  readonly access: Access;
  readonly codeChallenge: string | undefined;
  readonly nonce: string | undefined;
  readonly prompt: ReadonlySet<Prompt>;
  /** `max_age`: the oldest sign-in that is accepted, in seconds. */
  readonly maxAge: number | undefined;
  /** `acr_values`, or `acr` of the parameter `claims`: which levels the client wishes for, the best first. */
  readonly acr: AcrWish;
  /** The user the client believes to be signed in. */
  readonly hintedSubject: string | undefined;
}
