import { Injectable } from '@nestjs/common';
import type { AuditEvent } from '../audit/audit-event.js';
import type { RequestOrigin } from '../audit/request-origin.js';
import { isForeignKeyViolation } from '../database/database-error.js';
import { RefusalRecorder } from '../limits/refusal-recorder.js';
import { OAuthError } from '../oauth/oauth-error.js';
import type { OAuthParameters } from '../oauth/parameters.js';
import type { Tenant } from '../tenants/tenant.js';
import { errorResponse } from './authorization-response.js';
import { AuthorizationValidator, RefusedRequest, type UnprovenRequest } from './authorization-validator.js';
import type { Outcome } from './outcome.js';
import { PendingRequestGone } from './pending-request-errors.js';
import type { VisitingBrowser } from './pending-requests.js';

/** Records authorization requests that are refused, and answers the client where it may be told (RFC 6749 §4.1.2.1). */
@Injectable()
export class AuthorizationRefusals {
  constructor(
    private readonly validator: AuthorizationValidator,
    private readonly recorder: RefusalRecorder,
  ) {}

  /** The answer to a request that its client is told about, wherever on its way it is found to be wrong. */
  refuse({ request, error }: RefusedRequest, origin: RequestOrigin, userId?: string): Outcome {
    const { tenant, client } = request;
    const about = { clientId: client.clientId, userId };
    this.recordRefusal(tenant, origin, about, { error: error.code, reason: error.message });
    return { kind: 'respond', response: errorResponse(request, error) };
  }

  /** What a request named that could not be proven. It is shown to developers, and never in production. */
  describe(tenant: Tenant, params: OAuthParameters): Promise<UnprovenRequest> {
    return this.validator.describeUnproven(tenant, params);
  }

  private recordRefusal(
    tenant: Tenant,
    origin: RequestOrigin,
    about: Pick<AuditEvent, 'clientId' | 'userId'>,
    details: Readonly<Record<string, unknown>>,
  ): void {
    const type = 'authorization.refused';
    this.recorder.record({ tenantId: tenant.id, type, outcome: 'failure', ...about, origin, details });
  }

  /**
   * Turns an error that belongs to the client into its answer. An error that is shown on our page is recorded in the
   * same way.
   */
  async answering(
    tenant: Tenant,
    { origin, session }: Pick<VisitingBrowser, 'origin'> & Partial<VisitingBrowser>,
    params: OAuthParameters | undefined,
    work: () => Promise<Outcome>,
  ): Promise<Outcome> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof RefusedRequest) return this.refuse(error, origin, session?.user.id);
      // The client or the user was deleted meanwhile, and the pending request with it.
      if (isForeignKeyViolation(error)) throw new PendingRequestGone();
      if (error instanceof OAuthError) {
        const unproven = params && (await this.validator.describeUnproven(tenant, params));
        const about = { clientId: unproven?.clientId, userId: session?.user.id };
        const details = {
          error: error.code,
          reason: error.message,
          ...(error.detail !== undefined && { detail: error.detail }),
          ...unproven?.details,
        };
        this.recordRefusal(tenant, origin, about, details);
      }
      throw error;
    }
  }
}
