import type { ServerResponse } from 'node:http';
import { Injectable, Logger } from '@nestjs/common';
import { ClientAuthenticator } from '../clients/authentication/client-authenticator.js';
import type { Client } from '../clients/client.js';
import { TokenService } from '../grants/token.service.js';
import { corsHeaders } from '../http/cors.js';
import type { Headers } from '../http/security-headers.js';
import { Keyring } from '../keys/keyring.js';
import type { OAuthParameters } from '../oauth/parameters.js';
import { TenantResolver } from '../tenants/tenant-resolver.js';
import type { Tenant } from '../tenants/tenant.js';
import { TokenIntrospector } from '../tokens/token.introspector.js';
import { writeAnswer } from '../protocol/answer-writer.js';
import { readForm } from '../protocol/form-body.js';
import { METADATA_CACHE_CONTROL } from './metadata.controller.js';
import {
  JSON_TYPE,
  NOTHING_HERE,
  type OAuthAnswer,
  errorAnswer,
  jsonAnswer,
  toOAuthError,
} from '../protocol/oauth-answer.js';
import { logFailure } from '../protocol/oauth-error.filter.js';
import { type OAuthRequest, originOf } from '../protocol/oauth-request.js';

type FormHandler = (request: OAuthRequest, tenant: Tenant, client: Client, params: OAuthParameters) => Promise<object>;

/**
 * The endpoints that machines call all day, served in front of Express: a route there costs more than the rest of
 * such a request. Each does what the controller of the same name does, with the same services in the same order:
 * tenant, client, handler. Anything out of the ordinary is left to the controllers. A test sends the same requests
 * down both lanes and compares the answers.
 */
@Injectable()
export class FastLane {
  private readonly logger = new Logger('OAuth');
  private readonly formRoutes: ReadonlyMap<string, FormHandler>;

  constructor(
    private readonly tenants: TenantResolver,
    private readonly authenticator: ClientAuthenticator,
    private readonly keyring: Keyring,
    private readonly tokens: TokenService,
    introspector: TokenIntrospector,
  ) {
    this.formRoutes = new Map<string, FormHandler>([
      [
        '/token',
        (request, tenant, client, params) => tokens.exchange({ tenant, client, params, origin: originOf(request) }),
      ],
      ['/introspect', (_, tenant, client, params) => introspector.introspect(tenant, client, params.get('token'))],
    ]);
  }

  /** @returns false when the request is not one of those */
  serve(request: OAuthRequest, response: ServerResponse, headers: Headers): boolean {
    if (!request.tenantAddress) return false;
    const answer = this.choose(request);
    if (!answer) return false;
    for (const [name, value] of headers) response.setHeader(name, value);
    for (const [name, value] of corsHeaders(request.url)) response.setHeader(name, value);
    void this.answer(request, response, answer);
    return true;
  }

  private choose(request: OAuthRequest): ((tenant: Tenant) => Promise<OAuthAnswer>) | undefined {
    const { method, url } = request;
    if (method === 'POST') {
      const handle = this.formRoutes.get(url);
      if (!handle || !isOrdinaryForm(request)) return undefined;
      return async (tenant) => {
        const params = (await readForm(request)).refuseRepeated();
        if (url === '/token') this.tokens.expect(tenant);
        const { authorization } = request.headers;
        const origin = originOf(request);
        const client = await this.authenticator.authenticate({ tenant, authorization, params, origin });
        return jsonAnswer(await handle(request, tenant, client, params));
      };
    }
    return method === 'GET' && url === '/jwks' ? (tenant) => this.jwks(tenant) : undefined;
  }

  private async answer(
    request: OAuthRequest,
    response: ServerResponse,
    answer: (tenant: Tenant) => Promise<OAuthAnswer>,
  ): Promise<void> {
    try {
      const tenant = request.tenantAddress && (await this.tenants.find(request.tenantAddress));
      writeAnswer(response, tenant ? await answer(tenant) : NOTHING_HERE);
    } catch (error) {
      const oauthError = toOAuthError(error);
      logFailure(this.logger, request, oauthError);
      writeAnswer(response, errorAnswer(oauthError));
    }
  }

  private async jwks(tenant: Tenant): Promise<OAuthAnswer> {
    const { jwks } = await this.keyring.publishedKeys(tenant.id);
    return {
      status: 200,
      headers: { ...JSON_TYPE, 'cache-control': METADATA_CACHE_CONTROL },
      body: JSON.stringify(jwks),
    };
  }
}

/** The length is announced, so nothing about reading the body can surprise. */
function isOrdinaryForm({ headers }: OAuthRequest): boolean {
  return headers['content-length'] !== undefined && headers.expect === undefined;
}
