import { type CanActivate, type ExecutionContext, Injectable, SetMetadata, createParamDecorator } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Response } from 'express';
import type { RequestOrigin } from '../../audit/request-origin.js';
import { readJsonBody } from '../../management/kit/json-body.js';
import { Problem } from '../../management/kit/problem.js';
import type { AccountScope } from '../../oauth/openid-scopes.js';
import { FRESH_SECONDS } from '../../pages/account-access.js';
import { readBearerToken } from '../../protocol/bearer-token.js';
import { originOf } from '../../protocol/oauth-request.js';
import type { TenantRequest } from '../../tenants/tenant-request.js';
import type { Tenant } from '../../tenants/tenant.js';
import { type ActiveAccessToken, TokenVerifier } from '../../tokens/token.verifier.js';
import type { User } from '../../users/user.js';

interface Needs {
  readonly scope: AccountScope;
  /** The person has to have signed in recently (RFC 9470). */
  readonly isFresh?: boolean;
}

const NEEDS = 'account-api:needs';

/** What the access token has to have. */
export const NeedsAccount = (scope: AccountScope, { fresh = false } = {}) =>
  SetMetadata(NEEDS, { scope, isFresh: fresh } satisfies Needs);

/** Whose account the request is about, and where it came from. */
export interface AccountCall {
  readonly tenant: Tenant;
  readonly user: User;
  readonly clientId: string;
  readonly origin: RequestOrigin;
}

interface AccountRequest extends TenantRequest {
  accountCall?: AccountCall;
}

/**
 * Guards the account API as a protected resource (RFC 6750). The token is a user's, for this tenant and no other
 * resource: whoever else is given one could use it here.
 */
@Injectable()
export class AccountApiGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly verifier: TokenVerifier,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const needs = this.reflector.get<Needs | undefined>(NEEDS, context.getHandler());
    if (!needs) throw new Error('A handler of the account API is declared with @NeedsAccount().');
    const request = context.switchToHttp().getRequest<AccountRequest>();
    const { tenant } = request;
    if (!tenant) throw new Error('The AccountApiGuard comes after the TenantGuard.');
    if (request.headers.authorization === undefined) {
      throw unauthenticated('An access token is needed.', 'Bearer realm="account"');
    }
    const token = await this.verifier.findActive(tenant, readBearerToken(request.headers.authorization));
    if (!token?.audience.every((audience) => tenant.issuers.includes(audience))) {
      throw unauthenticated(
        token ? 'The access token is for other resources as well.' : 'The access token is not valid.',
        'Bearer error="invalid_token"',
      );
    }
    if (!token.user || !token.scope.includes(needs.scope)) {
      const challenge = `Bearer error="insufficient_scope", scope="${needs.scope}"`;
      throw new Problem('permission-denied', `The access token needs the scope ${needs.scope} and a user.`, [], {
        headers: { 'WWW-Authenticate': challenge },
      });
    }
    if (needs.isFresh) {
      requireFresh(token);
      requireSecondFactor(tenant, token.user, token);
    }
    // Only now: a stranger makes nobody parse anything, and is told nothing of what they sent.
    await readBody(request, context.switchToHttp().getResponse());
    const { user, client } = token;
    request.accountCall = { tenant, user, clientId: client.clientId, origin: originOf(request) };
    return true;
  }
}

function readBody(request: TenantRequest, response: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    readJsonBody(request, response, (error?: unknown) => {
      if (error === undefined) resolve();
      else reject(error instanceof Error ? error : new Error('The body cannot be read.'));
    });
  });
}

/** RFC 9470 §3: the client sends the person to sign in again, with `max_age` as it is said here. */
function requireFresh({ authTime }: ActiveAccessToken): void {
  if (authTime !== undefined && Date.now() / 1000 - authTime <= FRESH_SECONDS) return;
  throw unauthenticated(
    `The person has to have signed in within the last ${FRESH_SECONDS} seconds; ask for it with max_age.`,
    `Bearer error="insufficient_user_authentication", error_description="A more recent authentication is required", max_age="${FRESH_SECONDS}"`,
  );
}

/**
 * On the pages a remembered browser does not stand for the second factor before such a change. A token says the same by
 * its `amr`: whoever has set up a second factor has proven more than the password.
 */
function requireSecondFactor({ policy }: Tenant, { secondFactors }: User, { signIn }: ActiveAccessToken): void {
  if (policy.secondFactor === 'off' || secondFactors.length === 0) return;
  if (signIn?.amr.some((method) => method !== 'pwd')) return;
  const [acr = ''] = Object.entries(policy.acrValues).find(([, requirement]) => requirement === 'two_factors') ?? [];
  throw unauthenticated(
    `The person has to have proven a second factor; ask for it with acr_values=${acr}.`,
    `Bearer error="insufficient_user_authentication", error_description="A second factor is required", acr_values="${acr}", max_age="${FRESH_SECONDS}"`,
  );
}

function unauthenticated(detail: string, challenge: string): Problem {
  return new Problem('authentication-required', detail, [], { headers: { 'WWW-Authenticate': challenge } });
}

/** The call that the guard established, as a handler's argument. */
export const CurrentAccount = createParamDecorator((_: unknown, context: ExecutionContext): AccountCall => {
  const { accountCall } = context.switchToHttp().getRequest<AccountRequest>();
  if (!accountCall) throw new Error('@CurrentAccount() needs the AccountApiGuard.');
  return accountCall;
});
