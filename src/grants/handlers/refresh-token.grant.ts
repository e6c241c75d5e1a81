import { Injectable } from '@nestjs/common';
import { AuditRecorder } from '../../audit/audit-recorder.js';
import { type Client, isConfidential } from '../../clients/client.js';
import { GROUPS_SCOPE } from '../../oauth/openid-scopes.js';
import { digest } from '../../crypto/digest.js';
import { InvalidGrantError, InvalidScopeError, SpentGrantError, quoted } from '../../oauth/oauth-error.js';
import { parseScope, without } from '../../oauth/scope.js';
import { type Access, narrowed, scopeOf } from '../../resources/access.js';
import { AccessResolver } from '../../resources/access-resolver.js';
import type { AccessTokenRecord } from '../../tokens/access-token.js';
import { AccessTokensRepository } from '../../tokens/access-tokens.repository.js';
import type { Tenant } from '../../tenants/tenant.js';
import { checkEligibility } from '../../tokens/eligibility.js';
import { type Grant, isAlive, isOfIssuer, isOriginAllowed } from '../../tokens/grant.js';
import { GrantsRepository } from '../../tokens/grants.repository.js';
import { type RefreshToken, RefreshTokenFactory } from '../../tokens/refresh-token.js';
import { RefreshTokensRepository, type StoredRefreshToken } from '../../tokens/refresh-tokens.repository.js';
import type { GrantHandler, TokenRequest, TokenResponse } from '../grant-handler.js';
import { UserTokenIssuer } from '../user-token.issuer.js';

/**
 * Refresh token request, RFC 6749 §6; rotation and detection of reuse per RFC 9700 §4.14.2. Tokens of public clients
 * are rotated. Those of confidential clients cannot be used without the secret, so they are rotated only when the
 * client asks for it.
 */
@Injectable()
export class RefreshTokenGrant implements GrantHandler {
  readonly grantType = 'refresh_token';

  constructor(
    private readonly refreshTokens: RefreshTokensRepository,
    private readonly factory: RefreshTokenFactory,
    private readonly grants: GrantsRepository,
    private readonly accessTokens: AccessTokensRepository,
    private readonly accessResolver: AccessResolver,
    private readonly tokens: UserTokenIssuer,
    private readonly audit: AuditRecorder,
  ) {}

  async handle(request: TokenRequest): Promise<TokenResponse> {
    const { tenant, client, params } = request;
    const value = params.get('refresh_token');
    const presented: RefreshToken = { value, digest: digest(value) };
    const successor = rotates(client) ? await this.factory.successorOf(tenant, value) : undefined;
    const stored = await this.find(request, presented, successor);

    const { grant, user } = stored;
    if (!isOriginAllowed(tenant, client, grant)) {
      throw invalid(`The grant type ${grant.grantType} that gave it is not allowed any more.`);
    }
    const granted = await this.accessResolver.restore(tenant, client, grant);
    const eligible = checkEligibility(
      tenant,
      client,
      user,
      await this.narrow(tenant, client, granted, params.find('scope')),
    );
    return this.tokens.renew(eligible, {
      grant,
      resources: params.all('resource'),
      withRefreshToken: false,
      eventFor: (prepared) => request.issuance.eventFor(prepared),
      bind: ({ access, event }) => this.use(request, { stored, presented, successor, access, event }),
    });
  }

  /** The token as stored, unless it cannot be used: not this client's, reused, expired or revoked. */
  private async find(
    request: TokenRequest,
    presented: RefreshToken,
    successor: RefreshToken | undefined,
  ): Promise<StoredRefreshToken> {
    const { tenant, client } = request;
    const stored = await this.refreshTokens.find(tenant.id, presented.digest, {
      successorDigest: successor?.digest,
      graceSeconds: tenant.policy.refreshTokenReuseGraceSeconds,
      sessionIdleSeconds: tenant.policy.sessionIdleLifetimeSeconds,
    });
    if (!stored || stored.grant.clientId !== client.clientId) {
      throw invalid(stored ? 'It was issued to another client.' : 'It is unknown.');
    }
    request.issuance.isFor(stored.grant);
    if (!isOfIssuer(stored.grant, tenant)) throw invalid(`It was issued by ${stored.grant.issuer}, another address.`);
    if (stored.consumed && !stored.mayBeRepeated) await this.revokeFamily(request, stored.grant);
    if (stored.expired) throw spent('It expired.');
    if (!isAlive(stored.grantLife, client)) throw spent('Its grant was revoked.');
    return stored;
  }

  /**
   * §6: "The requested scope MUST NOT include any scope not originally granted". A scope that the client has lost since
   * is refused as well. Clients repeat the scope of their first request, so names that were ignored then are ignored again.
   */
  private async narrow(
    tenant: Tenant,
    client: Client,
    granted: Access,
    requested: string | undefined,
  ): Promise<Access> {
    if (requested === undefined) return granted;
    const scope = await this.accessResolver.known(tenant, client, parseScope(requested));
    // A client that was given `groups` since may have asked for it before, when it was ignored.
    const beyond = without(scope, [...scopeOf(granted), GROUPS_SCOPE]);
    if (beyond.length > 0) throw new InvalidScopeError(`The scope ${quoted(beyond)} was not granted, or is no longer.`);
    return narrowed(granted, scope);
  }

  /**
   * Rotates the token, extends it, or sends the same successor again.
   * @returns the refresh token to send, which may be the same one
   */
  private async use(request: TokenRequest, { stored, presented, successor, access, event }: Use): Promise<string> {
    const { tenant, issuance } = request;
    const idleSeconds = tenant.policy.refreshTokenIdleLifetimeSeconds;
    if (!successor) {
      const extended = await this.refreshTokens.extend(tenant.id, presented.digest, { idleSeconds, access, event });
      if (!extended) throw spent('It was ended meanwhile.');
      issuance.stored();
      return presented.value;
    }
    if (!stored.consumed) {
      const next = { successorDigest: successor.digest, idleSeconds, access, event };
      if (await this.refreshTokens.rotate(tenant.id, presented.digest, next)) {
        issuance.stored();
        return successor.value;
      }
      // A concurrent request used the token first. The checks are repeated: they decide whether this one may get the
      // same answer.
      await this.find(request, presented, successor);
    }
    // The first answer may have been lost: the same successor again, which is derived and not stored (RFC 9700 leaves
    // room for it; §4.14.2 only wants that the use of both is noticed).
    if (access) {
      await this.accessTokens.create(tenant.id, access, event);
      issuance.stored();
    }
    return successor.value;
  }

  /**
   * Reuse of a refresh token, RFC 9700 §4.14.2. It is unknown which of two holders is the thief, so the whole grant is
   * revoked.
   */
  private async revokeFamily({ tenant, client, origin }: TokenRequest, grant: Grant): Promise<never> {
    const event = this.audit.parameterOf({
      tenantId: tenant.id,
      type: 'refresh_token.reused',
      outcome: 'failure',
      clientId: client.clientId,
      userId: grant.userId,
      origin,
      details: { grant: grant.id },
    });
    await this.grants.revoke(tenant.id, grant.id, event);
    throw spent('It was used before.');
  }
}

interface Use {
  readonly stored: StoredRefreshToken;
  readonly presented: RefreshToken;
  readonly successor: RefreshToken | undefined;
  readonly access: AccessTokenRecord | undefined;
  readonly event: string | undefined;
}

function rotates(client: Client): boolean {
  return client.refreshTokenRotation ?? !isConfidential(client);
}

function spent(detail: string): SpentGrantError {
  return new SpentGrantError('The refresh token is not valid.', { detail });
}

function invalid(detail: string): InvalidGrantError {
  return new InvalidGrantError('The refresh token is not valid.', { detail });
}
