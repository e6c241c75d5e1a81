import { Injectable } from '@nestjs/common';
import { AttemptLimiter } from '../authentication/attempt-limiter.js';
import type { SecondFactor } from '../authentication/authentication-factor.js';
import { SignInError, type SignInOrigin } from '../authentication/authentication.service.js';
import { FactorChanges } from '../authentication/factor-changes.js';
import { MARKS, type Proof } from '../authentication/proof.js';
import { digest } from '../crypto/digest.js';
import { randomSecret } from '../crypto/random.js';
import { Database } from '../database/database.js';
import type { Transaction } from '../database/statement.js';
import { RememberedDevicesRepository } from '../factors/remembered-devices.repository.js';
import type { Locale } from '../language/messages.js';
import { RefusalRecorder } from '../limits/refusal-recorder.js';
import type { OAuthParameters } from '../oauth/parameters.js';
import type { Tenant } from '../tenants/tenant.js';
import { FormRepeats } from './form-repeats.js';
import type { HeldSession } from './held-session.js';
import { SessionsService } from './sessions.service.js';

/** What the person typed, and where. */
export interface SecondFactorForm {
  readonly credentials: OAuthParameters;
  readonly browserSecret: string;
  readonly origin: SignInOrigin;
  /** Of the page. */
  readonly locale?: Locale | undefined;
  /** The browser is to be remembered. */
  readonly remember: boolean;
}

/** The session ended, or was strengthened by another form of the same browser. */
export class SessionChangedError extends Error {
  /** @param repeated the session as the very same form left it, which was sent twice */
  constructor(readonly repeated?: HeldSession) {
    super();
  }
}

/** Somebody used the code first. */
class UsedUpError extends Error {}

/** Proves a second factor in a session. Attempts are limited for each account, like those with a password. */
@Injectable()
export class SecondFactorProofs {
  constructor(
    private readonly database: Database,
    private readonly limiter: AttemptLimiter,
    private readonly sessions: SessionsService,
    private readonly devices: RememberedDevicesRepository,
    private readonly refusals: RefusalRecorder,
    private readonly changes: FactorChanges,
    private readonly repeats: FormRepeats,
  ) {}

  /**
   * @returns the session under its new secret, and the secret of the browser when it is remembered
   * @throws SignInError when the code is wrong or was used, or there were too many attempts
   * @throws SessionChangedError
   */
  async prove(
    tenant: Tenant,
    held: HeldSession,
    factor: SecondFactor,
    form: SecondFactorForm,
  ): Promise<HeldSession & { readonly deviceSecret: string | undefined }> {
    const { user } = held.session;
    const { origin } = form;
    const { beganAt, counted, useUp } = await this.check(tenant, held, factor, form, 'verify');
    const proof = { factor: factor.name, amr: factor.amr, at: beganAt };
    const lifetimeSeconds = tenant.policy.rememberedDeviceLifetimeSeconds;
    const deviceSecret = form.remember && lifetimeSeconds > 0 ? deviceSecretOf(held) : undefined;
    return this.unlessRepeated(tenant, held, factor, origin, async (transaction) => {
      // These statements are sent together and executed in order. They are undone when the first one uses nothing up.
      const [isFirst, strengthened] = await Promise.all([
        useUp(transaction),
        this.sessions.strengthen(tenant, held, proof, transaction, origin),
        deviceSecret !== undefined &&
          this.devices.create(
            tenant.id,
            { userId: user.id, digest: digest(deviceSecret), lifetimeSeconds },
            transaction,
          ),
        this.limiter.succeed(tenant.id, counted, transaction),
      ]);
      if (!isFirst) throw new UsedUpError();
      if (!strengthened) throw new SessionChangedError();
      return { ...strengthened, deviceSecret };
    });
  }

  /**
   * Sets up a factor with a typed code. Whoever has just set it up has proven it as well.
   * @throws SignInError when the code is wrong or was used, or there were too many attempts
   * @throws SessionChangedError
   */
  async enrol(tenant: Tenant, held: HeldSession, factor: SecondFactor, form: SecondFactorForm): Promise<HeldSession> {
    const { user, id: sessionId } = held.session;
    const { origin, locale } = form;
    const { beganAt, counted, useUp } = await this.check(tenant, held, factor, form, 'enrol');
    const proof = { factor: factor.name, amr: factor.amr, at: beganAt };
    return this.unlessRepeated(tenant, held, factor, origin, async (transaction) => {
      if (!(await useUp(transaction))) throw new UsedUpError();
      const { secret, session } = await this.strengthen(tenant, held, proof, origin, transaction);
      await this.limiter.succeed(tenant.id, counted, transaction);
      await this.changes.add(tenant, factor, { user, sessionId, origin: { ...origin, locale } }, transaction);
      const secondFactors = [...new Set([...user.secondFactors, factor.name])];
      return { secret, session: { ...session, user: { ...user, secondFactors } } };
    });
  }

  /** Whether the code is right. @throws SignInError */
  private async check(
    tenant: Tenant,
    held: HeldSession,
    factor: SecondFactor,
    { credentials, browserSecret, origin, locale }: SecondFactorForm,
    how: 'verify' | 'enrol',
  ) {
    const { user } = held.session;
    // Limited as an account of its own: a wrong code must not slow down the person's password.
    const attempt = { identifier: `second factor of ${user.id}`, address: origin.address, device: origin.device };
    const { beganAt, waitSeconds, counted } = await this.database.pipeline(tenant.id, (transaction) =>
      this.limiter.begin(tenant.id, attempt, transaction),
    );
    if (waitSeconds !== undefined) throw await this.faultOf(tenant, held, factor, origin, waitSeconds);
    const useUp = await factor[how]?.({ tenant, user, credentials, browserSecret, origin, locale });
    if (!useUp) throw await this.faultOf(tenant, held, factor, origin);
    return { beganAt, counted, useUp };
  }

  /**
   * A proof that was checked elsewhere, in the transaction that uses it up.
   * @throws SessionChangedError
   */
  async accept(
    tenant: Tenant,
    held: HeldSession,
    proof: Proof,
    { origin, remember }: Pick<SecondFactorForm, 'origin' | 'remember'>,
    transaction: Transaction,
  ): Promise<HeldSession & { readonly deviceSecret: string | undefined }> {
    const strengthened = await this.strengthen(tenant, held, proof, origin, transaction);
    const lifetimeSeconds = tenant.policy.rememberedDeviceLifetimeSeconds;
    const deviceSecret = remember && lifetimeSeconds > 0 ? deviceSecretOf(held) : undefined;
    if (deviceSecret !== undefined) {
      const device = { userId: held.session.user.id, digest: digest(deviceSecret), lifetimeSeconds };
      await this.devices.create(tenant.id, device, transaction);
    }
    return { ...strengthened, deviceSecret };
  }

  /** A factor that was proven elsewhere, such as one that was just set up. @throws SessionChangedError */
  async strengthen(
    tenant: Tenant,
    held: HeldSession,
    proof: Proof,
    origin: SignInOrigin,
    transaction: Transaction,
  ): Promise<HeldSession> {
    const strengthened = await this.sessions.strengthen(tenant, held, proof, transaction, origin);
    if (!strengthened) throw new SessionChangedError();
    return strengthened;
  }

  /** The person goes on without the second factor that the tenant offers. @throws SessionChangedError */
  async skipEnrolment(tenant: Tenant, held: HeldSession, origin: SignInOrigin): Promise<HeldSession> {
    const mark = { factor: MARKS.enrolmentSkipped, amr: [], at: Date.now() / 1000 };
    try {
      return await this.database.transaction(tenant.id, (transaction) =>
        this.strengthen(tenant, held, mark, origin, transaction),
      );
    } catch (error) {
      if (!(error instanceof SessionChangedError)) throw error;
      throw new SessionChangedError(await this.repeats.find(tenant, held.next));
    }
  }

  /** The work in a transaction; an error that says whether the very same form was faster. */
  private async unlessRepeated<Result>(
    tenant: Tenant,
    held: HeldSession,
    factor: SecondFactor,
    origin: SignInOrigin,
    work: (transaction: Transaction) => Promise<Result>,
  ): Promise<Result> {
    try {
      return await this.database.transaction(tenant.id, work);
    } catch (error) {
      if (error instanceof UsedUpError) throw await this.faultOf(tenant, held, factor, origin);
      if (error instanceof SessionChangedError)
        throw new SessionChangedError(await this.repeats.find(tenant, held.next));
      throw error;
    }
  }

  /** A code that the very same form used up is no wrong one. */
  private async faultOf(
    tenant: Tenant,
    held: HeldSession,
    factor: SecondFactor,
    origin: SignInOrigin,
    waitSeconds?: number,
  ): Promise<Error> {
    const repeated = await this.repeats.find(tenant, held.next);
    return repeated ? new SessionChangedError(repeated) : this.refuse(tenant, held, factor, origin, waitSeconds);
  }

  /** Records the failure. */
  private refuse(
    tenant: Tenant,
    { session }: HeldSession,
    factor: SecondFactor,
    origin: SignInOrigin,
    waitSeconds?: number,
  ): SignInError {
    const fault = waitSeconds === undefined ? 'invalid_credentials' : 'too_many_attempts';
    this.refusals.record({
      tenantId: tenant.id,
      type: 'user.second_factor_failed',
      outcome: 'failure',
      clientId: origin.clientId,
      userId: session.user.id,
      origin,
      details: { factor: factor.name, reason: fault, request: origin.pendingRequest },
    });
    return new SignInError(fault, waitSeconds);
  }
}

function deviceSecretOf({ next }: HeldSession): string {
  return next?.deviceSecret ?? randomSecret();
}
