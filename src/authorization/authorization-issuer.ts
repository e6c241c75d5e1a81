import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { AuditRecorder } from '../audit/audit-recorder.js';
import type { RequestOrigin } from '../audit/request-origin.js';
import { scopesByResource } from '../consent/consent.service.js';
import { digest } from '../crypto/digest.js';
import { randomSecret } from '../crypto/random.js';
import type { Transaction } from '../database/statement.js';
import { checkEligibility } from '../grants/eligibility.js';
import { type NewGrant, GrantsRepository } from '../grants/grants.repository.js';
import { ImplicitGrant } from '../grants/handlers/implicit.grant.js';
import { partsOf } from '../oauth/response-type.js';
import { scopeOf } from '../resources/access.js';
import type { Session } from '../sessions/session.js';
import { type GrantReference, type PreparedAccessToken, prepareAccessToken } from '../tokens/access-token.js';
import type { AuthorizationRequest } from './authorization-request.js';
import { type AuthorizationResponse, successResponse } from './authorization-response.js';

/** Turns an authorization request that its user has granted into a grant and the response that carries it. */
@Injectable()
export class AuthorizationIssuer {
  constructor(
    private readonly grants: GrantsRepository,
    private readonly implicit: ImplicitGrant,
    private readonly audit: AuditRecorder,
  ) {}

  async issue(
    request: AuthorizationRequest,
    session: Session,
    { origin, transaction }: { readonly origin: RequestOrigin; readonly transaction?: Transaction | undefined },
  ): Promise<AuthorizationResponse> {
    const { tenant, client, access, nonce } = request;
    const { user } = session;
    checkEligibility(tenant, client, user, access);
    const parts = partsOf(request.responseType);
    const { id: sessionId, acr, amr } = session;
    const grant = { id: uuidv7(), authTime: Math.floor(session.authTime), acr, amr, sessionId };
    const prepared = parts.includes('token')
      ? prepareAccessToken(tenant, { client, subject: user.id, access, grant })
      : undefined;
    const code = parts.includes('code') ? randomSecret() : undefined;
    await this.store(request, { session, grant, code, prepared, origin }, transaction);
    const { openid } = access;
    return successResponse(request, {
      ...(code !== undefined && { code }),
      ...(await this.implicit.respond(tenant, { client, user, grant, parts, openid, prepared, nonce, code })),
    });
  }

  private async store(
    request: AuthorizationRequest,
    what: {
      readonly session: Session;
      readonly grant: GrantReference;
      readonly code: string | undefined;
      readonly prepared: PreparedAccessToken | undefined;
      readonly origin: RequestOrigin;
    },
    transaction?: Transaction,
  ): Promise<void> {
    const { tenant, client, access, redirectUri, codeChallenge, nonce } = request;
    const { session, grant, code, prepared, origin } = what;
    const stored: NewGrant = {
      ...grant,
      authTime: session.authTime,
      userId: session.user.id,
      clientId: client.clientId,
      scope: scopeOf(access),
      resources: access.apis.map(({ api }) => api.identifier),
      resourcesRequested: access.resourcesRequested,
      lifetimeSeconds: lifetimeOf(request, session, prepared),
    };
    const { authorizationCodeLifetimeSeconds: lifetimeSeconds } = tenant.policy;
    await this.grants.create(
      tenant.id,
      stored,
      {
        code:
          code === undefined ? undefined : { digest: digest(code), redirectUri, codeChallenge, nonce, lifetimeSeconds },
        access: prepared?.format === 'opaque' ? prepared.record : undefined,
        event: this.audit.parameterOf({
          tenantId: tenant.id,
          type: 'authorization.granted',
          outcome: 'success',
          clientId: client.clientId,
          userId: session.user.id,
          origin,
          details: {
            response_type: request.responseType,
            scope: stored.scope,
            resources: [...scopesByResource(access).keys()],
            grant: grant.id,
            session: session.id,
          },
        }),
      },
      transaction,
    );
  }
}

/** How long anything under the grant can live: its refresh tokens, or the tokens it gives at once. */
function lifetimeOf(
  { tenant, client, access }: AuthorizationRequest,
  session: Session,
  prepared: PreparedAccessToken | undefined,
): number {
  const { policy } = tenant;
  const once = policy.authorizationCodeLifetimeSeconds + (prepared?.lifetimeSeconds ?? 0);
  if (!client.grantTypes.includes('refresh_token')) return once;
  const absolute = policy.refreshTokenAbsoluteLifetimeSeconds;
  if (access.openid.includes('offline_access')) return absolute;
  return Math.max(once, Math.min(absolute, session.expiresAt - Math.floor(Date.now() / 1000)));
}
