import { Injectable } from '@nestjs/common';
import { isConfidential } from '../../clients/client.js';
import { OPENID_CONNECT } from '../../clients/permissions.js';
import { InvalidScopeError, UnauthorizedClientError, quoted } from '../../oauth/oauth-error.js';
import { isOpenIdScope } from '../../oauth/openid-scopes.js';
import { parseScope } from '../../oauth/scope.js';
import { AccessResolver, isUnregisteredGroups } from '../../resources/access-resolver.js';
import { prepareClientToken } from '../../tokens/access-token.js';
import { AccessTokensRepository } from '../../tokens/access-tokens.repository.js';
import { TokenIssuer } from '../../tokens/token.issuer.js';
import { UserClaims } from '../../tokens/user-claims.js';
import type { ForecastRequest, GrantHandler, TokenForecast, TokenRequest, TokenResponse } from '../grant-handler.js';
import { tokenResponse } from '../token-response.js';

/** Client credentials grant, RFC 6749 §4.4: a client acts for itself. */
@Injectable()
export class ClientCredentialsGrant implements GrantHandler {
  readonly grantType = 'client_credentials';

  constructor(
    private readonly accessResolver: AccessResolver,
    private readonly accessTokens: AccessTokensRepository,
    private readonly issuer: TokenIssuer,
    private readonly claims: UserClaims,
  ) {}

  async handle(request: TokenRequest): Promise<TokenResponse> {
    const { tenant, issuance } = request;
    const { prepared } = await this.prepare(request);
    if (prepared.format === 'opaque') {
      await this.accessTokens.create(tenant.id, prepared.record, issuance.eventFor(prepared));
      issuance.stored();
    } else {
      issuance.describe(prepared);
    }
    return tokenResponse(await this.issuer.issueAccessToken(tenant, prepared), prepared);
  }

  async preview(request: ForecastRequest): Promise<TokenForecast> {
    const { tenant, client } = request;
    const { prepared, access } = await this.prepare(request);
    const accessToken = await this.issuer.previewAccessToken(tenant, prepared);
    const nobody = { user: undefined, signIn: undefined, idToken: undefined, hasRefreshToken: false };
    return { ...nobody, client, access, prepared, accessToken };
  }

  private async prepare({ tenant, client, params }: Pick<TokenRequest, 'tenant' | 'client' | 'params'>) {
    // §4.4: "The client credentials grant type MUST only be used by confidential clients."
    if (!isConfidential(client))
      throw new UnauthorizedClientError('client_credentials is for confidential clients, and this client is public.');
    const scope = parseScope(params.find('scope'));
    // Nobody signs in, so there is no one these scopes could be about.
    const ofApis = new Set(client.permissions.flatMap(({ api, scopes }) => (api === OPENID_CONNECT ? [] : scopes)));
    const isOfUsers = (name: string) => isOpenIdScope(name) && !isUnregisteredGroups(client, name);
    const ofUsers = scope.filter((name) => isOfUsers(name) && !ofApis.has(name));
    if (ofUsers.length > 0) {
      throw new InvalidScopeError(`The scope ${quoted(ofUsers)} is about a user, and this grant type has none.`);
    }

    const resources = params.all('resource');
    const asked = await this.accessResolver.resolve(tenant, client, { scope, resources, whenUnscoped: 'everything' });
    const { access, ofAccess } = await this.claims.ofClient(tenant, client, asked);
    return { access, prepared: prepareClientToken(tenant, { client, access, resources, ofHolder: ofAccess }) };
  }
}
