import type { RequestOrigin } from '../audit/request-origin.js';
import type { Client } from '../clients/client.js';
import type { OAuthParameters } from '../oauth/parameters.js';
import type { Tenant } from '../tenants/tenant.js';
import type { OAuthAnswer } from './oauth-answer.js';

/** What every endpoint of a tenant is given. */
export interface TenantCall {
  readonly tenant: Tenant;
  readonly origin: RequestOrigin;
}

/** What an endpoint for clients is given: an authenticated client and the form that it sent. */
export interface ClientCall extends TenantCall {
  readonly client: Client;
  readonly params: OAuthParameters;
}

/** What the userinfo endpoint is given as a protected resource. The token is not verified yet. */
export interface BearerCall extends TenantCall {
  readonly accessToken: string;
}

interface EndpointNeeding<Needs extends string, Call extends TenantCall> {
  /** Below the tenant's address. */
  readonly paths: readonly string[];
  readonly methods: readonly ('GET' | 'POST')[];
  /** What the pipeline has to establish before it calls `handle`. */
  readonly needs: Needs;
  /**
   * Called before anything of the request is read: whether the tenant may have it answered now.
   * @throws OAuthError
   */
  admit?(tenant: Tenant): void;
  /**
   * Called before the tenant's endpoint is: begins to read what the call will need of the tenant, so that it is read in
   * one round trip.
   */
  expect?(tenant: Tenant): void;
  /** @throws OAuthError, which the pipeline renders */
  handle(call: Call): OAuthAnswer | Promise<OAuthAnswer>;
}

export type TenantEndpoint = EndpointNeeding<'tenant', TenantCall>;
export type ClientEndpoint = EndpointNeeding<'client', ClientCall>;
export type BearerEndpoint = EndpointNeeding<'access token', BearerCall>;

/**
 * An endpoint for machines. It is declared once and served in two lanes: by the `FastLane` before Express, and by the
 * Nest controller of the same name for every other request.
 */
export type ProtocolEndpoint = TenantEndpoint | ClientEndpoint | BearerEndpoint;

/** Injection token of the list of all endpoints. */
export const ENDPOINTS = Symbol('Endpoints');
