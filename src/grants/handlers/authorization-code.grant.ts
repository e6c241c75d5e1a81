import { Injectable } from '@nestjs/common';
import { AuditRecorder } from '../../audit/audit-recorder.js';
import { digest } from '../../crypto/digest.js';
import { InvalidGrantError, SpentGrantError } from '../../oauth/oauth-error.js';
import { matchesCodeChallenge } from '../../oauth/pkce.js';
import { AccessResolver } from '../../resources/access-resolver.js';
import { checkEligibility } from '../../tokens/eligibility.js';
import { isAlive, isOfIssuer } from '../../tokens/grant.js';
import { GrantsRepository } from '../../tokens/grants.repository.js';
import { AuthorizationCodesRepository, type StoredCode } from '../authorization-codes.repository.js';
import type { GrantHandler, TokenRequest, TokenResponse } from '../grant-handler.js';
import { UserTokenIssuer } from '../user-token.issuer.js';

/** Access token request with an authorization code, RFC 6749 §4.1.3; PKCE per RFC 7636 §4.6. */
@Injectable()
export class AuthorizationCodeGrant implements GrantHandler {
  readonly grantType = 'authorization_code';

  constructor(
    private readonly codes: AuthorizationCodesRepository,
    private readonly grants: GrantsRepository,
    private readonly accessResolver: AccessResolver,
    private readonly tokens: UserTokenIssuer,
    private readonly audit: AuditRecorder,
  ) {}

  async handle(request: TokenRequest): Promise<TokenResponse> {
    const { tenant, client, params } = request;
    const codeDigest = digest(params.get('code'));
    const code = await this.codes.find(tenant.id, codeDigest, tenant.policy.sessionIdleLifetimeSeconds);

    // "ensure that the authorization code was issued to the authenticated confidential client, or if the client is
    // public, ensure that the code was issued to client_id in the request"
    if (!code || code.grant.clientId !== client.clientId) {
      throw invalid(code ? 'It was issued to another client.' : 'It is unknown.');
    }
    request.issuance.isFor(code.grant);
    if (!isOfIssuer(code.grant, tenant)) throw invalid(`It was issued by ${code.grant.issuer}, another address.`);
    // "ensure that the redirect_uri parameter is present [...] and if included ensure that their values are identical"
    if (params.find('redirect_uri') !== code.redirectUri) {
      throw new InvalidGrantError('redirect_uri is missing, or not the one of the authorization request.');
    }
    checkCodeVerifier(code, params.find('code_verifier'));
    // Checked last, so that only the client that proved to own the code can revoke what was issued for it.
    if (code.consumed) return this.refuseReuse(request, code);
    if (code.expired) throw spent('It expired.');
    if (!isAlive(code.grantLife, client)) throw spent('Its grant was revoked.');

    const { grant, user, nonce } = code;
    const access = await this.accessResolver.restore(tenant, client, grant);
    return this.tokens.renew(checkEligibility(tenant, client, user, access), {
      grant,
      nonce,
      resources: params.all('resource'),
      withRefreshToken: true,
      eventFor: (prepared) => request.issuance.eventFor(prepared),
      bind: async (issued, refreshToken) => {
        if (!(await this.codes.redeem(tenant.id, codeDigest, issued))) return this.refuseReuse(request, code);
        request.issuance.stored();
        return refreshToken;
      },
    });
  }

  /**
   * §4.1.2: "If an authorization code is used more than once, [...] SHOULD revoke [...] all tokens previously issued".
   * Two concurrent uses are no exception: one succeeds, and the other revokes what was issued to the first.
   */
  private async refuseReuse({ tenant, client, origin }: TokenRequest, { grant }: StoredCode): Promise<never> {
    const event = this.audit.parameterOf({
      tenantId: tenant.id,
      type: 'authorization_code.reused',
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

function spent(detail: string): SpentGrantError {
  return new SpentGrantError('The code is not valid.', { detail });
}

function invalid(detail: string): InvalidGrantError {
  return new InvalidGrantError('The code is not valid.', { detail });
}

/** RFC 7636 §4.6, and RFC 9700 §4.8.2: a verifier for a code that was issued without a challenge is a downgrade. */
function checkCodeVerifier({ codeChallenge }: StoredCode, verifier: string | undefined): void {
  if (codeChallenge === undefined && verifier === undefined) return;
  if (codeChallenge === undefined)
    throw new InvalidGrantError('code_verifier is for a request with code_challenge, and this one had none.');
  if (verifier === undefined)
    throw new InvalidGrantError('code_verifier is missing: the authorization request had a code_challenge.');
  if (!matchesCodeChallenge(verifier, codeChallenge))
    throw new InvalidGrantError('code_verifier does not match code_challenge.');
}
