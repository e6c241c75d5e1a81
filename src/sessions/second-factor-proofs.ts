import { Injectable } from '@nestjs/common';
import { AttemptLimiter } from '../authentication/attempt-limiter.js';
import type { SecondFactor } from '../authentication/authentication-factor.js';
import { SignInError, type SignInOrigin } from '../authentication/authentication.service.js';
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
import type { Session } from './session.js';
import { SessionsService } from './sessions.service.js';

/** A session and the secret that its browser sent. */
export interface HeldSession {
  readonly session: Session;
  readonly secret: string;
}

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
export class SessionChangedError extends Error {}

/** Proves a second factor in a session. Attempts are limited for each account, like those with a password. */
@Injectable()
export class SecondFactorProofs {
  constructor(
    private readonly database: Database,
    private readonly limiter: AttemptLimiter,
    private readonly sessions: SessionsService,
    private readonly devices: RememberedDevicesRepository,
    private readonly refusals: RefusalRecorder,
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
    // Limited as an account of its own: a wrong code must not slow down the person's password.
    const attempt = { identifier: `second factor of ${user.id}`, address: origin.address, device: origin.device };
    const { beganAt, waitSeconds, counted } = await this.database.pipeline(tenant.id, (transaction) =>
      this.limiter.begin(tenant.id, attempt, transaction),
    );
    if (waitSeconds !== undefined) throw this.refuse(tenant, held, factor, origin, waitSeconds);
    const { credentials, browserSecret, locale } = form;
    const useUp = await factor.verify?.({ tenant, user, credentials, browserSecret, origin, locale });
    if (!useUp) throw this.refuse(tenant, held, factor, origin);
    const proof = { factor: factor.name, amr: factor.amr, at: beganAt };
    const lifetimeSeconds = tenant.policy.rememberedDeviceLifetimeSeconds;
    const deviceSecret = form.remember && lifetimeSeconds > 0 ? randomSecret() : undefined;
    return this.database.transaction(tenant.id, async (transaction) => {
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
      if (!isFirst) throw this.refuse(tenant, held, factor, origin);
      if (!strengthened) throw new SessionChangedError();
      return { ...strengthened, deviceSecret };
    });
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
    const deviceSecret = remember && lifetimeSeconds > 0 ? randomSecret() : undefined;
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
    return this.database.transaction(tenant.id, (transaction) =>
      this.strengthen(tenant, held, mark, origin, transaction),
    );
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
