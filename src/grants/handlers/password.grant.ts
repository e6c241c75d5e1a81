import { Injectable } from '@nestjs/common';
import { AuditRecorder } from '../../audit/audit-recorder.js';
import {
  type Authentication,
  AuthenticationService,
  SignInError,
} from '../../authentication/authentication.service.js';
import {
  InvalidGrantError,
  InvalidRequestError,
  TemporarilyUnavailableError,
  TooManyAttemptsError,
} from '../../oauth/oauth-error.js';
import { parseScope } from '../../oauth/scope.js';
import { needsVerifiedEmail } from '../../registration/address-proofs.js';
import { needsTerms } from '../../registration/terms.js';
import type { Access } from '../../resources/access.js';
import { AccessResolver } from '../../resources/access-resolver.js';
import { isSecondFactorRequired } from '../../tenants/tenant-policy.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { User } from '../../users/user.js';
import type { Client } from '../../clients/client.js';
import { checkEligibility } from '../../tokens/eligibility.js';
import { PasswordHasherBusyError } from '../../users/password-hasher.js';
import type { ForecastRequest, GrantHandler, TokenForecast, TokenRequest, TokenResponse } from '../grant-handler.js';
import { UserTokenIssuer } from '../user-token.issuer.js';

/**
 * Resource owner password credentials grant, RFC 6749 §4.3. RFC 9700 §2.4 says it MUST NOT be used: it is here for
 * tenants that have to carry old applications along, and off until tenant and client both ask for it.
 */
@Injectable()
export class PasswordGrant implements GrantHandler {
  readonly grantType = 'password';

  constructor(
    private readonly authentication: AuthenticationService,
    private readonly accessResolver: AccessResolver,
    private readonly tokens: UserTokenIssuer,
    private readonly audit: AuditRecorder,
  ) {}

  async handle(request: TokenRequest): Promise<TokenResponse> {
    const { tenant, client, params } = request;
    const resources = params.all('resource');
    const access = await this.accessOf(request);
    const { user, acr, amr, authTime } = await this.authenticate(request);
    const { issuance } = request;
    issuance.isFor({ userId: user.id });
    const eligible = checkEligibility(tenant, client, user, access);
    const response = await this.tokens.begin(eligible, {
      signIn: { authTime, acr, amr, sessionId: undefined },
      resources,
      grantType: this.grantType,
      eventFor: (prepared, id) => {
        issuance.isFor({ id, userId: user.id });
        return issuance.eventFor(prepared);
      },
    });
    issuance.stored();
    return response;
  }

  async preview(request: ForecastRequest): Promise<TokenForecast> {
    const { tenant, client, params, user, signIn } = request;
    if (!user) throw new InvalidRequestError('The parameter username is missing.');
    const access = await this.accessOf(request);
    const hindrance = hindranceOf(tenant, client, user);
    if (hindrance !== undefined) throw new InvalidGrantError(hindrance);
    const eligible = checkEligibility(tenant, client, user, access);
    return this.tokens.preview(eligible, { ...signIn, sessionId: undefined }, params.all('resource'));
  }

  private accessOf({ tenant, client, params }: Pick<TokenRequest, 'tenant' | 'client' | 'params'>): Promise<Access> {
    const scope = parseScope(params.find('scope'));
    return this.accessResolver.resolve(tenant, client, {
      scope,
      resources: params.all('resource'),
      whenUnscoped: 'nothing',
    });
  }

  /** §4.3.2: "MUST protect the endpoint against brute force attacks": the same limits as the sign-in page's. */
  private async authenticate({ tenant, client, params, origin }: TokenRequest): Promise<Authentication> {
    params.get('username');
    params.get('password');
    try {
      const attempt = { ...origin, clientId: client.clientId };
      return await this.authentication.authenticate(tenant, params, attempt, async (proven, transaction) => {
        const hindrance = hindranceOf(tenant, client, proven.user);
        if (hindrance !== undefined) throw new InvalidGrantError(hindrance);
        await this.audit.recordWith(transaction, {
          tenantId: tenant.id,
          type: 'user.signed_in',
          outcome: 'success',
          clientId: client.clientId,
          userId: proven.user.id,
          origin,
          details: { amr: proven.amr, grant_type: this.grantType },
        });
        return proven;
      });
    } catch (error) {
      if (error instanceof PasswordHasherBusyError) {
        throw new TemporarilyUnavailableError('Too many sign-ins wait; try again.', error);
      }
      if (!(error instanceof SignInError)) throw error;
      if (error.fault === 'too_many_attempts') {
        throw new TooManyAttemptsError('Too many failed attempts; try again later.', {
          ...(error.retryAfterSeconds !== undefined && { retryAfterSeconds: error.retryAfterSeconds }),
        });
      }
      throw new InvalidGrantError('The user name or password is not right.');
    }
  }
}

const SECOND_FACTOR =
  'This user signs in with a second factor, which this grant cannot ask for; use the authorization code flow.';

/**
 * What a person would be asked at the sign-in page (`authorization/interaction-steps.ts`). This grant can ask nothing, so
 * whoever has the password gets no further with it than there.
 */
function hindranceOf(tenant: Tenant, client: Client, user: User): string | undefined {
  if (needsSecondFactor(tenant, client, user)) return SECOND_FACTOR;
  if (user.mustChangePassword) return first('choose a new password');
  if (needsVerifiedEmail(tenant, user)) return first('verify an e-mail address');
  if (needsTerms(tenant, user)) return first('accept the terms');
  if (user.deletionScheduledFor !== undefined) return first('decide to keep the account, which is going to be deleted');
  return undefined;
}

function first(step: string): string {
  return `The user has to ${step} first, by signing in with a browser.`;
}

/** RFC 9700 §2.4: the grant "is not designed to work with two-factor authentication". */
function needsSecondFactor({ policy }: Tenant, client: Client, { secondFactors }: User): boolean {
  if (client.requireSecondFactor || isSecondFactorRequired(policy)) return true;
  return policy.secondFactor !== 'off' && secondFactors.length > 0;
}
