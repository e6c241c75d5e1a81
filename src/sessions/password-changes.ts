import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { AuditRecorder } from '../audit/audit-recorder.js';
import { AuthenticationService, SignInError, type SignInOrigin } from '../authentication/authentication.service.js';
import { acrOf, amrOf } from '../authentication/assurance.js';
import { digest } from '../crypto/digest.js';
import { randomSecret } from '../crypto/random.js';
import { Database } from '../database/database.js';
import type { Locale } from '../language/messages.js';
import { SecurityNotices } from '../notices/security-notices.js';
import { OAuthParameters } from '../oauth/parameters.js';
import type { Tenant } from '../tenants/tenant.js';
import { PasswordHasher } from '../users/password-hasher.js';
import type { PasswordFault } from '../users/password-rules.js';
import { UsersService } from '../users/users.service.js';
import { PasswordChangesRepository } from './password-changes.repository.js';
import type { Session } from './session.js';
import { SessionsService, lifetimeOf } from './sessions.service.js';

/** The new password breaks a rule. */
export class PasswordRefusedError extends Error {
  constructor(readonly fault: PasswordFault | 'unchanged') {
    super(fault);
  }
}

/** What a person fills in. */
export interface PasswordForm {
  readonly username: string;
  readonly current: string;
  readonly next: string;
}

/** Where the form came from. */
export interface PasswordFormOrigin extends SignInOrigin {
  readonly userAgent: string | undefined;
  /** Of the page. */
  readonly locale: Locale;
}

/** What the browser has to keep of the session that goes on. */
export interface NextSession {
  readonly secret: string;
  readonly session: Pick<Session, 'isRemembered' | 'expiresAt'>;
}

/** People change their own password. Whoever else is signed in as them, is not any more. */
@Injectable()
export class PasswordChanges {
  constructor(
    private readonly authentication: AuthenticationService,
    private readonly users: UsersService,
    private readonly hasher: PasswordHasher,
    private readonly repository: PasswordChangesRepository,
    private readonly sessions: SessionsService,
    private readonly audit: AuditRecorder,
    private readonly database: Database,
    private readonly notices: SecurityNotices,
  ) {}

  /**
   * The present password is asked for, with the limits of a sign-in. What the session proved beside it goes on, and it
   * stays remembered.
   * @returns the session that goes on, under a new secret
   * @throws PasswordRefusedError, SignInError, PasswordHasherBusyError
   */
  async change(
    tenant: Tenant,
    { user, proofs: proofsBefore, isRemembered: wasRemembered }: Pick<Session, 'user' | 'proofs' | 'isRemembered'>,
    form: PasswordForm,
    origin: PasswordFormOrigin,
  ): Promise<NextSession> {
    if (form.next.normalize('NFKC') === form.current.normalize('NFKC')) throw new PasswordRefusedError('unchanged');
    const fault = await this.users.findPasswordFault(tenant, user, form.next);
    if (fault) throw new PasswordRefusedError(fault);
    const credentials = credentialsOf(form.username, form.current);
    const proven = await this.authentication.authenticate(tenant, credentials, origin, (proof) =>
      Promise.resolve(proof),
    );
    // The name may have come to another user since the page was asked for, and it was that one's password.
    if (proven.user.id !== user.id) throw new SignInError('invalid_credentials');
    const passwordHash = await this.hasher.hash(tenant.id, form.next);
    const secret = randomSecret();
    const kept = proofsBefore.filter(({ factor }) => !proven.proofs.some((proof) => proof.factor === factor));
    const proofs = [...proven.proofs, ...kept];
    const session = {
      id: uuidv7(),
      digest: digest(secret),
      userId: user.id,
      authTime: proven.authTime,
      acr: acrOf(tenant.policy, proofs),
      amr: amrOf(proofs),
      proofs,
      ...lifetimeOf(tenant, wasRemembered),
      userAgent: origin.userAgent,
      address: origin.address,
      event: this.audit.parameterOf({
        tenantId: tenant.id,
        type: 'user.password_changed',
        outcome: 'success',
        userId: user.id,
        origin,
        details: { changed: ['password'] },
      }),
    };
    await this.database.transaction(tenant.id, async (transaction) => {
      const isChanged = await this.repository.change(tenant.id, { passwordHash, session }, transaction);
      if (!isChanged) throw new SignInError('invalid_credentials');
      const { locale } = origin;
      await this.notices.send(tenant, { name: 'password_changed', user, origin, locale, values: {} }, transaction);
    });
    const { isRemembered, lifetimeSeconds } = session;
    return { secret, session: { isRemembered, expiresAt: Date.now() / 1000 + lifetimeSeconds } };
  }

  /**
   * The form was sent a second time, after the first one changed the password. Then the new password is the right one,
   * and signs in.
   * @returns a session; undefined when that is not what happened
   */
  async changeAgain(tenant: Tenant, form: PasswordForm, origin: PasswordFormOrigin): Promise<NextSession | undefined> {
    if (!(await this.repository.wasRecent(tenant.id, form.username))) return undefined;
    const { userAgent } = origin;
    const previous = { secret: undefined, origin, userAgent };
    try {
      return await this.authentication.authenticate(
        tenant,
        credentialsOf(form.username, form.next),
        origin,
        (proven, transaction) => this.sessions.start(tenant, proven, previous, transaction),
      );
    } catch (error) {
      if (error instanceof SignInError) return undefined;
      throw error;
    }
  }
}

function credentialsOf(username: string, password: string): OAuthParameters {
  return OAuthParameters.parse(new URLSearchParams({ username, password }).toString());
}
