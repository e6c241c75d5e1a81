import { Injectable } from '@nestjs/common';
import { AuditRecorder } from '../audit/audit-recorder.js';
import { isConfidential } from '../clients/client.js';
import { GrantUsageRecorder } from '../clients/grant-usage-recorder.js';
import { isForeignKeyViolation } from '../database/database-error.js';
import { Keyring } from '../keys/keyring.js';
import { NetworkLimits } from '../limits/network-limits.js';
import { TenantRates } from '../limits/tenant-rates.js';
import { RefusalRecorder } from '../limits/refusal-recorder.js';
import { AccessDeniedError, InvalidGrantError, OAuthError, SpentGrantError } from '../oauth/oauth-error.js';
import { ApiDirectory } from '../resources/api-directory.js';
import { accessTokenAlg } from '../tenants/signing-handover.js';
import type { Tenant } from '../tenants/tenant.js';
import type { TokenRequest, TokenResponse } from './grant-handler.js';
import { GrantRegistry } from './grant.registry.js';
import { Issuance } from './issuance.js';

/** The token endpoint behind its guards, RFC 6749 §3.2: the grant's handler decides, and the outcome is recorded. */
@Injectable()
export class TokenService {
  constructor(
    private readonly registry: GrantRegistry,
    private readonly audit: AuditRecorder,
    private readonly refusals: RefusalRecorder,
    private readonly limits: NetworkLimits,
    private readonly rates: TenantRates,
    private readonly apis: ApiDirectory,
    private readonly keyring: Keyring,
    private readonly usage: GrantUsageRecorder,
  ) {}

  /** @throws TenantRateExceededError when the tenant is known to be at its limit: before the form is read */
  admit(tenant: Tenant): void {
    this.rates.check(tenant, 'tokenRequests');
  }

  /**
   * Begins to read what every token request needs of its tenant, where it is not cached. So it is read in the round
   * trip that reads the client.
   */
  expect(tenant: Tenant): void {
    this.apis.expect(tenant.id);
    this.keyring.expect(tenant.id, accessTokenAlg(tenant));
  }

  /**
   * @throws OAuthError of RFC 6749 §5.2. It has no access_denied, so what may no longer be issued is invalid_grant.
   * @throws TemporarilyUnavailableError when the event cannot be recorded, unless the tenant's policy allows issuance
   * without it
   * @throws TenantRateExceededError. Clients that did not authenticate take nothing of the limit of their tenant.
   */
  async exchange(request: Omit<TokenRequest, 'issuance'>): Promise<TokenResponse> {
    const { tenant, client, params, origin } = request;
    const { clientId } = client;
    const taken = this.rates.take(tenant, 'tokenRequests');
    if (taken) await taken;
    const attempts = this.limits.forTokenRequests(tenant.id, origin, {
      clientId,
      isConfidential: isConfidential(client),
    });
    attempts.begin();
    const grantType = this.registry.grantTypes.find((known) => known === params.find('grant_type'));
    const issuance = new Issuance(this.audit, request, grantType);
    const response = await this.handle(request, issuance, attempts);
    const event = issuance.unstored;
    if (event) {
      if (!tenant.policy.allowUnrecordedTokens) await this.audit.requireRoom();
      this.audit.record(event);
    }
    if (grantType !== undefined) this.usage.record(tenant.id, clientId, grantType);
    attempts.succeeded();
    return response;
  }

  private async handle(
    request: Omit<TokenRequest, 'issuance'>,
    issuance: Issuance,
    attempts: CountedAttempts,
  ): Promise<TokenResponse> {
    const { tenant, client, params } = request;
    try {
      const handler = this.registry.get(tenant, client, params.get('grant_type'));
      return await handler.handle({ ...request, issuance });
    } catch (caught) {
      const error = asTokenError(caught);
      if (error instanceof OAuthError) {
        this.refusals.record(issuance.refused({ error: error.code, reason: error.message, detail: error.detail }));
        if (error.status < 429) attempts.failed(weightOf(error));
      }
      throw error;
    }
  }
}

type CountedAttempts = ReturnType<NetworkLimits['forTokenRequests']>;

function asTokenError(caught: unknown): unknown {
  if (caught instanceof AccessDeniedError) return new InvalidGrantError(caught.message);
  // The client or the user was deleted, and this process's caches do not know yet.
  if (isForeignKeyViolation(caught)) return new InvalidGrantError('The client or the user was deleted.');
  return caught;
}

/**
 * How much a refusal counts for the rate limit. A code or token that was valid once counts little: it is most likely an
 * application that repeats a request.
 */
function weightOf(error: OAuthError): number {
  return error instanceof SpentGrantError ? 0.1 : 1;
}
