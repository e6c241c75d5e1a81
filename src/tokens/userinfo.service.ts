import { Injectable } from '@nestjs/common';
import { InsufficientScopeError, InvalidTokenError, quoted } from '../oauth/oauth-error.js';
import type { Tenant } from '../tenants/tenant.js';
import type { Claims } from '../users/scope-claims.js';
import { type ActiveAccessToken, TokenVerifier } from './token.verifier.js';
import { UserClaims } from './user-claims.js';

/** What decides about the answer to an access token. */
type AskingToken = Pick<ActiveAccessToken, 'client' | 'user' | 'scope' | 'audience'>;

/** The userinfo endpoint as a protected resource of its own, OpenID Connect Core §5.3. */
@Injectable()
export class UserinfoService {
  constructor(
    private readonly verifier: TokenVerifier,
    private readonly userClaims: UserClaims,
  ) {}

  /** @throws InvalidTokenError, InsufficientScopeError */
  async claims(tenant: Tenant, accessToken: string): Promise<Claims> {
    const token = await this.verifier.findActive(tenant, accessToken);
    if (!token) throw new InvalidTokenError('The access token is not valid.');
    return this.claimsOf(tenant, token);
  }

  /**
   * The same for a token that nobody has: what it would give.
   * @throws InvalidTokenError, InsufficientScopeError
   */
  async preview(tenant: Tenant, prepared: AskingToken): Promise<Claims> {
    const token = this.verifier.narrow(tenant, prepared);
    if (!token) throw new InvalidTokenError('The access token is not valid.');
    return this.claimsOf(tenant, token);
  }

  private async claimsOf(tenant: Tenant, token: AskingToken): Promise<Claims> {
    const { issuers } = tenant;
    if (!token.audience.some((audience) => issuers.includes(audience))) {
      throw new InvalidTokenError(`The access token is for ${quoted(token.audience)}, and not for userinfo.`);
    }
    if (!token.user || !token.scope.includes('openid')) {
      throw new InsufficientScopeError('The access token needs the scope openid.');
    }
    return this.userClaims.ofToken(tenant, { ...token, user: token.user });
  }
}
