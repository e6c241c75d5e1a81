import { Injectable } from '@nestjs/common';
import { AuditRecorder } from '../audit/audit-recorder.js';
import { AccessDeniedError, InvalidGrantError, OAuthError } from '../oauth/oauth-error.js';
import type { TokenRequest, TokenResponse } from './grant-handler.js';
import { GrantRegistry } from './grant.registry.js';
import { Issuance } from './issuance.js';

/** The token endpoint behind its guards, RFC 6749 §3.2: the grant's handler decides, and the outcome is recorded. */
@Injectable()
export class TokenService {
  constructor(
    private readonly registry: GrantRegistry,
    private readonly audit: AuditRecorder,
  ) {}

  /**
   * @throws OAuthError of RFC 6749 §5.2, which knows no access_denied: what may no longer be given is invalid_grant
   * @throws TemporarilyUnavailableError instead of issuing what could not be recorded, unless the tenant's policy
   * allows it
   */
  async exchange(request: Omit<TokenRequest, 'issuance'>): Promise<TokenResponse> {
    const { tenant, params } = request;
    const grantType = this.registry.grantTypes.find((known) => known === params.find('grant_type'));
    const issuance = new Issuance(this.audit, request, grantType);
    const response = await this.handle(request, issuance);
    const event = issuance.unstored;
    if (event) {
      if (!tenant.policy.allowUnrecordedTokens) this.audit.requireRoom();
      this.audit.record(event);
    }
    return response;
  }

  private async handle(request: Omit<TokenRequest, 'issuance'>, issuance: Issuance): Promise<TokenResponse> {
    const { tenant, client, params } = request;
    try {
      const handler = this.registry.get(tenant, client, params.get('grant_type'));
      return await handler.handle({ ...request, issuance });
    } catch (caught) {
      const error = caught instanceof AccessDeniedError ? new InvalidGrantError(caught.message) : caught;
      if (error instanceof OAuthError) {
        this.audit.record(issuance.refused({ error: error.code, reason: error.message, detail: error.detail }));
      }
      throw error;
    }
  }
}
