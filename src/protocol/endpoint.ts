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

/** What a protected resource of the tenant's own is given. Nothing is known yet about the token. */
export interface BearerCall extends TenantCall {
  readonly accessToken: string;
}

interface EndpointNeeding<Needs extends string, Call extends TenantCall> {
  /** Below the tenant's address. */
  readonly paths: readonly string[];
  readonly methods: readonly ('GET' | 'POST')[];
  /** What the pipeline has to establish before it calls `handle`. */
  readonly needs: Needs;
  /** A call is about to come: begins to read what it will need of the tenant, so that it comes in one round trip. */
  expect?(tenant: Tenant): void;
  /** @throws OAuthError, which the pipeline renders */
  handle(call: Call): OAuthAnswer | Promise<OAuthAnswer>;
}

export type TenantEndpoint = EndpointNeeding<'tenant', TenantCall>;
export type ClientEndpoint = EndpointNeeding<'client', ClientCall>;
export type BearerEndpoint = EndpointNeeding<'access token', BearerCall>;

/**
 * An endpoint for machines. It is declared once and served in two lanes: in front of Express by the `FastLane`, and by
 * the Nest controller of the same name for every request that is out of the ordinary.
 */
export type Endpoint = TenantEndpoint | ClientEndpoint | BearerEndpoint;

/** Injection token of the list of all endpoints. */
export const ENDPOINTS = Symbol('Endpoints');
