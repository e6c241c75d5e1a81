import type { ResponseModeName } from '../authorization-request.js';

/** How an authorization response is sent: as a redirect, or as a page with a form that posts it. */
export type Delivery =
  | { readonly kind: 'redirect'; readonly location: string }
  | { readonly kind: 'form'; readonly action: string; readonly fields: Readonly<Record<string, string>> };

/** One `response_mode`, a member of `response-modes.ts`. */
export interface ResponseMode {
  readonly name: ResponseModeName;
  deliver(redirectUri: string, params: Readonly<Record<string, string>>): Delivery;
}
