import { Injectable } from '@nestjs/common';
import { AuditRecorder } from '../audit/audit-recorder.js';
import { isConfidential } from '../clients/client.js';
import { isForeignKeyViolation } from '../database/database-error.js';
import { NetworkLimits } from '../limits/network-limits.js';
import { RefusalRecorder } from '../limits/refusal-recorder.js';
import { AccessDeniedError, InvalidGrantError, OAuthError, SpentGrantError } from '../oauth/oauth-error.js';
import type { TokenRequest, TokenResponse } from './grant-handler.js';
import { GrantRegistry } from './grant.registry.js';

/** The token endpoint behind its guards, RFC 6749 §3.2: the grant's handler decides, and the outcome is recorded. */
@Injectable()
export class TokenService {
  constructor(
    private readonly registry: GrantRegistry,
    private readonly audit: AuditRecorder,
    private readonly refusals: RefusalRecorder,
    private readonly limits: NetworkLimits,
  ) {}

  /** @throws OAuthError of RFC 6749 §5.2, which knows no access_denied: what may no longer be given is invalid_grant */
  async exchange(request: TokenRequest): Promise<TokenResponse> {
    const { tenant, client, params, origin } = request;
    const { clientId } = client;
    const attempts = this.limits.forTokenRequests(tenant.id, origin, {
      clientId,
      isConfidential: isConfidential(client),
    });
    attempts.begin();
    try {
      const handler = this.registry.get(tenant, client, params.get('grant_type'));
      const response = await handler.handle(request);
      this.record(request, 'token.issued', { grant_type: handler.grantType, scope: response.scope });
      attempts.succeeded();
      return response;
    } catch (caught) {
      const error = asTokenError(caught);
      if (error instanceof OAuthError) {
        const known = this.registry.grantTypes.find((grantType) => grantType === params.find('grant_type'));
        this.record(request, 'token.refused', { grant_type: known, error: error.code, reason: error.message });
      }
      if (error instanceof OAuthError && error.status < 429) attempts.failed(weightOf(error));
      throw error;
    }
  }

  private record(
    { tenant, client, origin }: TokenRequest,
    type: 'token.issued' | 'token.refused',
    details: Record<string, unknown>,
  ): void {
    const event = { tenantId: tenant.id, type, clientId: client.clientId, origin, details };
    if (type === 'token.issued') this.audit.record({ ...event, outcome: 'success' });
    else this.refusals.record({ ...event, outcome: 'failure' });
  }
}

function asTokenError(caught: unknown): unknown {
  if (caught instanceof AccessDeniedError) return new InvalidGrantError(caught.message);
  // The caches of this process are a moment behind.
  if (isForeignKeyViolation(caught)) return new InvalidGrantError('The client or the user was deleted.');
  return caught;
}

/** Whoever brings a code or token that was good once is hardly a stranger: applications repeat requests. */
function weightOf(error: OAuthError): number {
  return error instanceof SpentGrantError ? 0.1 : 1;
}
