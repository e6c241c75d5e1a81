import { Injectable } from '@nestjs/common';
import { AuditRecorder } from '../audit/audit-recorder.js';
import type { RequestOrigin } from '../audit/request-origin.js';
import { GrantUsageRecorder } from '../clients/grant-usage-recorder.js';
import { scopesByResource } from '../consent/optional-scopes.js';
import type { Transaction } from '../database/statement.js';
import { UserTokenIssuer } from '../grants/user-token.issuer.js';
import { OAuthError } from '../oauth/oauth-error.js';
import { grantTypesOf, partsOf } from '../oauth/response-type.js';
import { scopeOf } from '../resources/access.js';
import type { Session } from '../sessions/session.js';
import { acrOf } from '../authentication/assurance.js';
import { checkEligibility } from '../tokens/eligibility.js';
import type { ReleasedClaims } from '../tokens/user-claims.js';
import type { AuthorizationRequest } from './authorization-request.js';
import { type AuthorizationResponse, successResponse } from './authorization-response.js';
import { RefusedRequest } from './authorization-validator.js';

export interface Issuing {
  readonly origin: RequestOrigin;
  /** The transaction that it belongs to, with what `release` found before. */
  readonly within?: { readonly transaction: Transaction; readonly released: ReleasedClaims | undefined };
  /** Id of the pending request that was answered before, when this is its answer again. */
  readonly repeats?: string;
}

/** Turns an authorization request that its user has granted into a grant and the response that carries it. */
@Injectable()
export class AuthorizationIssuer {
  constructor(
    private readonly tokens: UserTokenIssuer,
    private readonly audit: AuditRecorder,
    private readonly usage: GrantUsageRecorder,
  ) {}

  /**
   * Sends its statement before it first waits, so that it can go together with others of the transaction.
   * @throws RefusedRequest
   */
  async issue(request: AuthorizationRequest, session: Session, how: Issuing): Promise<AuthorizationResponse> {
    try {
      return await this.issueEligible(request, session, how);
    } catch (error) {
      if (error instanceof OAuthError) throw new RefusedRequest(request, error);
      throw error;
    }
  }

  /**
   * What has to be read before a transaction begins.
   * @throws RefusedRequest
   */
  async release(request: AuthorizationRequest, session: Session): Promise<ReleasedClaims | undefined> {
    const { tenant, client, access, responseType } = request;
    try {
      return await this.tokens.release(checkEligibility(tenant, client, session.user, access), partsOf(responseType));
    } catch (error) {
      if (error instanceof OAuthError) throw new RefusedRequest(request, error);
      throw error;
    }
  }

  private async issueEligible(
    request: AuthorizationRequest,
    session: Session,
    { origin, within, repeats }: Issuing,
  ): Promise<AuthorizationResponse> {
    const { tenant, client, access, redirectUri, codeChallenge, nonce, responseType } = request;
    const { id: sessionId, authTime, amr, expiresAt: sessionExpiresAt } = session;
    // Of the levels that were reached the one that was asked for is named.
    const acr = acrOf(tenant.policy, session.proofs, request.acr.values);
    const eligible = checkEligibility(tenant, client, session.user, access);
    const signIn = { authTime, acr, amr, sessionId };
    const code = { redirectUri, codeChallenge };
    const eventFor = (grant: string) =>
      this.audit.parameterOf({
        tenantId: tenant.id,
        type: 'authorization.granted',
        outcome: 'success',
        clientId: client.clientId,
        userId: session.user.id,
        origin,
        details: {
          response_type: responseType,
          scope: scopeOf(eligible.access),
          resources: [...scopesByResource(eligible.access).keys()],
          grant,
          session: sessionId,
          repeats,
        },
      });
    const parts = partsOf(responseType);
    const released = within ? within.released : await this.tokens.release(eligible, parts);
    const issuance = { signIn, sessionExpiresAt, parts, code, nonce, released, eventFor };
    const issued = await this.tokens.authorize(eligible, issuance, within?.transaction);
    if (repeats === undefined && grantTypesOf(responseType).includes('implicit')) {
      this.usage.record(tenant.id, client.clientId, 'implicit');
    }
    return successResponse(request, issued);
  }
}
