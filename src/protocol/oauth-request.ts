import { type ExecutionContext, createParamDecorator } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import type { RequestOrigin } from '../audit/request-origin.js';
import type { Client } from '../clients/client.js';
import type { OAuthParameters } from '../oauth/parameters.js';
import type { TenantRequest } from '../tenants/tenant-request.js';
import type { BearerCall, ClientCall, ProtocolEndpoint, TenantCall } from './endpoint.js';

/** A request to a protocol endpoint after its guards. */
export interface OAuthRequest extends TenantRequest {
  oauthParams?: OAuthParameters;
  client?: Client;
  accessToken?: string;
}

export function originOf(request: IncomingMessage): RequestOrigin {
  return { requestId: request.requestId ?? '', address: request.clientAddress ?? '' };
}

/** The form parameters that a guard read. */
export const Params = createParamDecorator((_: unknown, context: ExecutionContext): OAuthParameters => {
  const { oauthParams } = context.switchToHttp().getRequest<OAuthRequest>();
  if (!oauthParams) throw new Error('@Params() needs a guard that reads the form.');
  return oauthParams;
});

/** The result of the guards as the endpoint takes it: `@Call('client') call: ClientCall`. */
export const Call = createParamDecorator((needs: ProtocolEndpoint['needs'], context: ExecutionContext) => {
  const request = context.switchToHttp().getRequest<OAuthRequest>();
  const { tenant, client, oauthParams: params, accessToken } = request;
  if (!tenant) throw new Error('@Call() needs the TenantGuard.');
  const call: TenantCall = { tenant, origin: originOf(request) };
  if (needs === 'tenant') return call;
  if (needs === 'client' && client && params) return { ...call, client, params } satisfies ClientCall;
  if (needs === 'access token' && accessToken !== undefined) return { ...call, accessToken } satisfies BearerCall;
  throw new Error(`@Call('${needs}') needs the guard that reads the ${needs}.`);
});
