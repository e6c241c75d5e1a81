import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { AuditRecorder } from '../audit/audit-recorder.js';
import type { RequestOrigin } from '../audit/request-origin.js';
import { acrOf, amrOf } from '../authentication/assurance.js';
import type { Authentication } from '../authentication/authentication.service.js';
import type { Proof } from '../authentication/proof.js';
import { digest } from '../crypto/digest.js';
import { randomSecret } from '../crypto/random.js';
import { isUuid } from '../crypto/uuid.js';
import { Database } from '../database/database.js';
import type { Transaction } from '../database/statement.js';
import { type Companion, unitOfWork } from '../database/unit-of-work.js';
import type { Tenant } from '../tenants/tenant.js';
import type { HeldSession } from './held-session.js';
import type { Session } from './session.js';
import { type ListedSession, SessionsRepository } from './sessions.repository.js';

/** Browser sessions: an opaque secret in a cookie, its digest here. */
@Injectable()
export class SessionsService {
  constructor(
    private readonly database: Database,
    private readonly repository: SessionsRepository,
    private readonly audit: AuditRecorder,
  ) {}

  /**
   * Starts a session for a person who just authenticated. It has a fresh secret; the one that the browser sent is not
   * accepted any more (session fixation).
   */
  async start(
    tenant: Tenant,
    authentication: Authentication,
    previous: {
      readonly secret: string | undefined;
      readonly origin: RequestOrigin;
      readonly clientId?: string | undefined;
      readonly userAgent?: string | undefined;
      /** The person wants to stay signed in. It counts where the tenant offers it. */
      readonly isRemembered?: boolean;
    },
    transaction: Transaction,
  ): Promise<{ secret: string; session: Session }> {
    const secret = randomSecret();
    const { user, acr, amr, proofs, authTime } = authentication;
    const { isRemembered, lifetimeSeconds } = lifetimeOf(tenant, previous.isRemembered === true);
    const started = {
      id: uuidv7(),
      digest: digest(secret),
      previousDigest: previous.secret === undefined ? undefined : digest(previous.secret),
      userId: user.id,
      authTime,
      acr,
      amr,
      proofs,
      lifetimeSeconds,
      isRemembered,
      userAgent: previous.userAgent,
      address: previous.origin.address,
    };
    const event = this.audit.parameterOf({
      tenantId: tenant.id,
      type: 'user.signed_in',
      outcome: 'success',
      clientId: previous.clientId,
      userId: user.id,
      origin: previous.origin,
      details: { amr },
    });
    const id = await this.repository.start(tenant.id, { ...started, event }, transaction);
    return {
      secret,
      session: {
        id,
        user,
        amr,
        proofs,
        authTime,
        expiresAt: Math.floor(authTime) + lifetimeSeconds,
        isRemembered,
      },
    };
  }

  /**
   * Adds what a person proved beyond their sign-in, or decided. The session goes on under a fresh secret (session
   * fixation): who knew the one of before has no part in what was proven. It is that of the form, if there is one.
   * @returns undefined when the session ended meanwhile, or was strengthened by another form of the same browser
   */
  async strengthen(
    tenant: Tenant,
    { session, secret: previous, next }: HeldSession,
    proof: Proof,
    transaction: Transaction,
    origin: RequestOrigin,
  ): Promise<{ secret: string; session: Session } | undefined> {
    const secret = next?.secret ?? randomSecret();
    const proofs = [...session.proofs.filter(({ factor }) => factor !== proof.factor), proof];
    const [acr, amr] = [acrOf(tenant.policy, proofs), amrOf(proofs)];
    const event =
      proof.amr.length === 0
        ? undefined
        : this.audit.parameterOf({
            tenantId: tenant.id,
            type: 'user.second_factor_proven',
            outcome: 'success',
            userId: session.user.id,
            origin,
            details: { factor: proof.factor, amr, session: session.id },
          });
    const strengthened = { id: session.id, digest: digest(secret), previousDigest: digest(previous), acr, amr, proofs };
    const isDone = await this.repository.strengthen(tenant.id, { ...strengthened, event }, transaction);
    return isDone ? { secret, session: { ...session, amr, proofs } } : undefined;
  }

  /** @returns a session for each secret, in their order */
  async find(tenant: Tenant, secrets: readonly string[]): Promise<readonly (Session | undefined)[]> {
    if (secrets.length === 0) return [];
    return this.repository.find(tenant.id, secrets.map(digest), tenant.policy.sessionIdleLifetimeSeconds);
  }

  /** Where a person is signed in. */
  list(tenant: Tenant, userId: string): Promise<ListedSession[]> {
    return this.repository.list(tenant.id, userId, tenant.policy.sessionIdleLifetimeSeconds);
  }

  /** Ends another session of the same person, or without `id` all others. @returns how many */
  async endOthers(tenant: Tenant, current: Session, origin: RequestOrigin, id?: string): Promise<number> {
    if (id !== undefined && !isUuid(id)) return 0;
    const userId = current.user.id;
    const event = { tenantId: tenant.id, type: 'user.sessions_ended', outcome: 'success' } as const;
    const parameter = this.audit.parameterOf({ ...event, userId, origin, details: { by_session: current.id } });
    return this.repository.endOthers(tenant.id, { userId, currentId: current.id, id }, parameter);
  }

  /** Ends one session of a person, or without `id` all of them, for who acts for them with a token. @returns how many */
  async endOf(tenant: Tenant, userId: string, origin: RequestOrigin, id?: string): Promise<number> {
    if (id !== undefined && !isUuid(id)) return 0;
    const event = { tenantId: tenant.id, type: 'user.sessions_ended', outcome: 'success' } as const;
    const parameter = this.audit.parameterOf({ ...event, userId, origin, details: {} });
    return this.repository.endOthers(tenant.id, { userId, id }, parameter);
  }

  /**
   * Ends one session of a user, or without `id` all of them, for an administrator.
   * @returns the ids of those that ended; undefined when the one is not there
   */
  endByAdministrator(
    tenant: Tenant,
    { userId, id }: { readonly userId: string; readonly id?: string | undefined },
    companion: Companion<readonly string[]>,
  ): Promise<readonly string[] | undefined> {
    return unitOfWork(this.database, tenant.id, companion, async (_, transaction) => {
      const ended = await this.repository.endAll(tenant.id, { userId, id }, transaction);
      return id !== undefined && ended.length === 0 ? undefined : ended;
    });
  }

  async end(tenant: Tenant, session: Session, origin: RequestOrigin): Promise<void> {
    const event = { tenantId: tenant.id, type: 'user.signed_out', outcome: 'success' } as const;
    const details = { session: session.id };
    const parameter = this.audit.parameterOf({ ...event, userId: session.user.id, origin, details });
    await this.repository.end(tenant.id, session.id, parameter);
  }
}

/** How long a session lasts. It is remembered when the person wants so, and the tenant offers it. */
export function lifetimeOf(
  { policy }: Tenant,
  isWanted: boolean,
): { readonly isRemembered: boolean; readonly lifetimeSeconds: number } {
  const isRemembered = isWanted && policy.rememberMe === 'offered';
  const { rememberedSessionLifetimeSeconds, sessionAbsoluteLifetimeSeconds } = policy;
  return {
    isRemembered,
    lifetimeSeconds: isRemembered ? rememberedSessionLifetimeSeconds : sessionAbsoluteLifetimeSeconds,
  };
}
