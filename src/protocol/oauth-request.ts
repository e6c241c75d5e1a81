import { type ExecutionContext, createParamDecorator } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import type { RequestOrigin } from '../audit/request-origin.js';
import type { Client } from '../clients/client.js';
import type { OAuthParameters } from '../oauth/parameters.js';
import type { TenantRequest } from '../tenants/tenant-request.js';

/** A request to a protocol endpoint after its guards. */
export interface OAuthRequest extends TenantRequest {
  oauthParams?: OAuthParameters;
  client?: Client;
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

/** The client that the guard authenticated. */
export const AuthenticatedClient = createParamDecorator((_: unknown, context: ExecutionContext): Client => {
  const { client } = context.switchToHttp().getRequest<OAuthRequest>();
  if (!client) throw new Error('@AuthenticatedClient() needs the ClientAuthenticationGuard.');
  return client;
});

/** Where the request came from. */
export const Origin = createParamDecorator((_: unknown, context: ExecutionContext): RequestOrigin =>
  originOf(context.switchToHttp().getRequest()),
);
