import { Injectable } from '@nestjs/common';
import type { RequestOrigin } from '../audit/request-origin.js';
import { Database } from '../database/database.js';
import type { Transaction } from '../database/statement.js';
import { TenantRates } from '../limits/tenant-rates.js';
import { RefusalRecorder } from '../limits/refusal-recorder.js';
import type { OAuthParameters } from '../oauth/parameters.js';
import type { Tenant } from '../tenants/tenant.js';
import type { User } from '../users/user.js';
import { AttemptLimiter } from './attempt-limiter.js';
import { acrOf, amrOf } from './assurance.js';
import { FactorRegistry } from './factor.registry.js';
import type { Proof } from './proof.js';
import { typedIdentifier } from './typed-identifier.js';

/** Who a person proved to be, and how: what ID tokens say in `acr` and `amr`. */
export interface Authentication {
  readonly user: User;
  readonly acr: string;
  readonly amr: readonly string[];
  /** What was proven; `acr` and `amr` follow from it. */
  readonly proofs: readonly Proof[];
  /**
   * Unix time in seconds, with fractions, by the database's clock, before anything about the user was looked up: if
   * the account changes while a password is being checked, this authentication is older than the change.
   */
  readonly authTime: number;
}

export type SignInFault = 'invalid_credentials' | 'too_many_attempts';

/** The sign-in did not succeed. Unknown, disabled and wrong are the same fault. */
export class SignInError extends Error {
  constructor(
    readonly fault: SignInFault,
    readonly retryAfterSeconds?: number,
  ) {
    super(fault);
  }
}

/** Where an attempt came from, and what it was for. */
export interface SignInOrigin extends RequestOrigin {
  readonly device?: string | undefined;
  readonly clientId?: string | undefined;
  /** Id of the authorization request that waits for it. */
  readonly pendingRequest?: string | undefined;
}

interface FailedAttempt {
  readonly credentials: OAuthParameters;
  readonly origin: SignInOrigin;
  readonly account: { readonly user: User } | undefined;
}

/** Authenticates a person with a first factor. Attempts are rate limited and recorded. */
@Injectable()
export class AuthenticationService {
  constructor(
    private readonly factors: FactorRegistry,
    private readonly database: Database,
    private readonly limiter: AttemptLimiter,
    private readonly rates: TenantRates,
    private readonly refusals: RefusalRecorder,
  ) {}

  /**
   * @param credentials `username` and `password`
   * @param onSuccess sends what is to be stored together with the success, before it first waits
   * @param factorName another first factor than the password
   * @throws SignInError
   * @throws TenantRateExceededError before a password is hashed. What the network is slowed for takes nothing of it.
   * @throws PasswordHasherBusyError when too many sign-ins wait already
   */
  async authenticate<Result>(
    tenant: Tenant,
    credentials: OAuthParameters,
    origin: SignInOrigin,
    onSuccess: (authentication: Authentication, transaction: Transaction) => Promise<Result>,
    factorName = 'password',
  ): Promise<Result> {
    this.rates.check(tenant, 'signIns');
    const factor = this.factors.getFirst(factorName);
    const attempt = { identifier: credentials.get('username'), address: origin.address, device: origin.device };
    const [{ beganAt, waitSeconds, counted }, account] = await this.database.pipeline(tenant.id, (transaction) =>
      Promise.all([
        this.limiter.begin(tenant.id, attempt, transaction),
        factor.identify(tenant.id, credentials, transaction),
      ]),
    );
    if (waitSeconds !== undefined) {
      this.recordFailure(tenant, { credentials, origin, account }, 'too_many_attempts');
      throw new SignInError('too_many_attempts', waitSeconds);
    }
    await this.rates.take(tenant, 'signIns');
    const proven = await factor.verify(tenant.id, account, credentials);
    if (!proven || !account?.user.enabled) {
      const cause = account && !account.user.enabled ? 'disabled' : account ? 'wrong_password' : 'unknown_user';
      this.recordFailure(tenant, { credentials, origin, account }, 'invalid_credentials', cause);
      throw new SignInError('invalid_credentials');
    }
    const authentication = authenticationOf(tenant, account.user, [
      { factor: factor.name, amr: factor.amr, at: beganAt },
    ]);
    const [, result] = await this.database.pipeline(tenant.id, (transaction) =>
      Promise.all([this.limiter.succeed(tenant.id, counted, transaction), onSuccess(authentication, transaction)]),
    );
    return result;
  }

  /** Records a failed sign-in. The person is told only the fault; the log names the account and what was typed. */
  private recordFailure(
    tenant: Tenant,
    { credentials, origin, account }: FailedAttempt,
    reason: SignInFault,
    cause?: 'disabled' | 'wrong_password' | 'unknown_user',
  ): void {
    const password = credentials.find('password');
    this.refusals.record({
      tenantId: tenant.id,
      type: 'user.sign_in_failed',
      outcome: 'failure',
      clientId: origin.clientId,
      userId: account?.user.id,
      origin,
      details: {
        reason,
        cause,
        ...typedIdentifier(credentials.get('username'), { password, isKnown: account !== undefined }),
        request: origin.pendingRequest,
      },
    });
  }
}

/** What the first of these proofs began. */
export function authenticationOf(tenant: Tenant, user: User, proofs: readonly [Proof, ...Proof[]]): Authentication {
  return { user, acr: acrOf(tenant.policy, proofs), amr: amrOf(proofs), proofs, authTime: proofs[0].at };
}
