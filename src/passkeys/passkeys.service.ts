import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { AuditEvent } from '../audit/audit-event.js';
import { AuditRecorder } from '../audit/audit-recorder.js';
import type { RequestOrigin } from '../audit/request-origin.js';
import { isUuid } from '../crypto/uuid.js';
import { isUniqueViolation } from '../database/database-error.js';
import { Database } from '../database/database.js';
import type { Transaction } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';
import { type Companion, unitOfWork } from '../database/unit-of-work.js';
import { UserFactorsRepository } from '../factors/user-factors.repository.js';
import type { Locale } from '../language/messages.js';
import { SecurityNotices } from '../notices/security-notices.js';
import type { Tenant } from '../tenants/tenant.js';
import type { User } from '../users/user.js';
import { challengeOf, readRegistration } from './passkey-answer.js';
import { CHALLENGE_LIFETIME_SECONDS, PasskeyChallenges } from './passkey-challenges.js';
import { type CeremonyOptions, creationOptions, requiresUserVerification } from './passkey-options.js';
import { PasskeyRefusedError } from './passkey-refused.error.js';
import { amrOf } from './passkey-methods.js';
import { PasskeyVerifier } from './passkey-verifier.js';
import { type Ceremony, PASSKEY, type Passkey } from './passkey.js';
import { MAX_PASSKEYS, PasskeysRepository } from './passkeys.repository.js';
import { type RelyingParty, offersPasskeys, relyingPartyOf } from './relying-party.js';

/** Who adds a passkey, and in which browser. */
export interface Registrant {
  readonly user: User;
  readonly browser: Ceremony['browser'];
}

/** A user's passkeys: adding, listing, naming, removing. The user is told by mail of each that comes or goes. */
@Injectable()
export class PasskeysService {
  constructor(
    private readonly database: Database,
    private readonly repository: PasskeysRepository,
    private readonly factors: UserFactorsRepository,
    private readonly challenges: PasskeyChallenges,
    private readonly verifier: PasskeyVerifier,
    private readonly audit: AuditRecorder,
    private readonly notices: SecurityNotices,
  ) {}

  /** The user's passkeys at every address of the tenant, the oldest first. */
  list(tenant: Tenant, userId: string): Promise<Passkey[]> {
    return this.repository.list(tenant.id, userId);
  }

  listAll(...[tenantId, page]: Parameters<PasskeysRepository['listAll']>): Promise<Passkey[]> {
    return this.repository.listAll(tenantId, page);
  }

  find(tenantId: TenantId, id: string): Promise<Passkey | undefined> {
    return isUuid(id) ? this.repository.find(tenantId, id) : Promise.resolve(undefined);
  }

  /** @throws PasskeyRefusedError where passkeys are off, or the user has as many as one may have */
  async registrationOptions(tenant: Tenant, registrant: Registrant): Promise<CeremonyOptions> {
    const party = partyOf(tenant);
    const { user } = registrant;
    const present = await this.repository.list(tenant.id, user.id);
    if (present.length >= MAX_PASSKEYS) throw new PasskeyRefusedError('too_many', 'too_many');
    const challenge = await this.challenges.issue(tenant, ceremonyOf(registrant));
    return creationOptions(tenant, { party, user, present, challenge });
  }

  /**
   * WebAuthn Level 3 §7.1.
   * @param answer JSON of the credential that the browser made
   * @param nameOf what to call it, by the AAGUID it has
   * @param onSuccess what belongs to the same transaction
   * @throws PasskeyRefusedError
   */
  async register<Result>(
    tenant: Tenant,
    registrant: Registrant,
    {
      answer,
      nameOf,
      origin,
      locale,
    }: {
      readonly answer: string | undefined;
      readonly nameOf: (aaguid: string) => string;
      readonly origin: RequestOrigin;
      /** Of the page. */
      readonly locale: Locale;
    },
    onSuccess: (
      transaction: Transaction,
      passkey: Pick<Passkey, 'id' | 'name'> & { readonly amr: readonly string[] },
    ) => Promise<Result>,
  ): Promise<Result> {
    const party = partyOf(tenant);
    const given = readRegistration(answer);
    const challenge = challengeOf(given);
    const digest = await this.challenges.check(tenant, ceremonyOf(registrant), challenge);
    const userVerified = requiresUserVerification(tenant);
    const made = await this.verifier.verifyRegistration(given, { party, challenge, userVerified });
    const { user } = registrant;
    const { userVerified: _, ...credential } = made;
    const passkey = { ...credential, id: uuidv7(), userId: user.id, rpId: party.id, name: nameOf(made.aaguid) };
    const after = { name: passkey.name, rp_id: party.id, aaguid: made.aaguid, backup_eligible: made.backupEligible };
    const details = { ...after, after };
    const event = this.audit.parameterOf(eventOf(tenant, passkey, { type: 'passkey.added', origin, details }));
    try {
      return await this.database.transaction(tenant.id, async (transaction) => {
        const lifetimeSeconds = CHALLENGE_LIFETIME_SECONDS;
        const given = { challenge: { digest, lifetimeSeconds }, event };
        const outcome = await this.repository.create(tenant.id, passkey, given, transaction);
        if (outcome === 'spent') throw new PasskeyRefusedError('expired', 'spent_challenge');
        if (outcome === 'refused') throw new PasskeyRefusedError('too_many', 'too_many');
        const result = await onSuccess(transaction, { ...passkey, amr: amrOf(passkey, made.userVerified) });
        const notice = { name: 'passkey_added', user, origin, locale, values: { name: passkey.name } } as const;
        await this.notices.send(tenant, notice, transaction);
        return result;
      });
    } catch (error) {
      // §7.1 step 26: a credential id belongs to one account.
      if (isUniqueViolation(error)) throw new PasskeyRefusedError('already_added', 'known_credential');
      throw error;
    }
  }

  /** @returns false when the user has no such passkey, or it has that name */
  async rename(
    tenant: Tenant,
    change: Pick<Passkey, 'userId' | 'id' | 'name'>,
    origin: RequestOrigin,
  ): Promise<boolean> {
    if (!isUuid(change.id)) return false;
    const event = eventOf(tenant, change, { type: 'passkey.renamed', origin, details: { name: change.name } });
    return this.repository.rename(tenant.id, change, this.audit.parameterOf(event));
  }

  /** @returns false when it is gone already */
  async remove(
    tenant: Tenant,
    { user, passkey }: { readonly user: User; readonly passkey: Passkey },
    { locale, ...origin }: RequestOrigin & { readonly locale: Locale },
  ): Promise<boolean> {
    const details = { before: { name: passkey.name, rp_id: passkey.rpId } };
    const event = this.audit.parameterOf(eventOf(tenant, passkey, { type: 'passkey.removed', origin, details }));
    return this.database.transaction(tenant.id, async (transaction) => {
      if (!(await this.take(tenant.id, passkey, event, transaction))) return false;
      const values = { name: passkey.name };
      await this.notices.send(tenant, { name: 'passkey_removed', user, origin, locale, values }, transaction);
      return true;
    });
  }

  /** For administrators; the companion records it. @returns undefined when it is gone */
  delete(
    tenant: Tenant,
    { user, passkey }: { readonly user: User | undefined; readonly passkey: Passkey },
    companion: Companion<true>,
  ): Promise<true | undefined> {
    const told: Companion<true> = {
      begin: (transaction) => companion.begin(transaction),
      finish: async (transaction, written) => {
        await companion.finish(transaction, written);
        const notice = { name: 'passkey_removed', origin: undefined, values: { name: passkey.name } } as const;
        if (user) await this.notices.send(tenant, { ...notice, user }, transaction);
      },
    };
    return unitOfWork<true>(this.database, tenant.id, told, async (_, transaction) =>
      (await this.take(tenant.id, passkey, undefined, transaction)) ? true : undefined,
    );
  }

  /** With the last passkey goes the factor, and every browser that was remembered because of it. */
  private async take(
    tenantId: TenantId,
    passkey: Pick<Passkey, 'userId' | 'id'>,
    event: string | undefined,
    transaction: Transaction,
  ): Promise<boolean> {
    const removed = await this.repository.remove(tenantId, passkey, event, transaction);
    if (removed?.left === 0) await this.factors.remove(tenantId, passkey.userId, PASSKEY, transaction);
    return removed !== undefined;
  }
}

function partyOf(tenant: Tenant): RelyingParty {
  const party = offersPasskeys(tenant) ? relyingPartyOf(tenant) : undefined;
  if (!party) throw new PasskeyRefusedError('off', 'off');
  return party;
}

function ceremonyOf({ user, browser }: Registrant): Ceremony {
  return { purpose: 'register', browser, subject: user.id };
}

function eventOf(
  tenant: Tenant,
  { id, userId }: Pick<Passkey, 'id' | 'userId'>,
  event: Pick<AuditEvent, 'type' | 'origin' | 'details'>,
): AuditEvent {
  return { tenantId: tenant.id, outcome: 'success', userId, target: `passkey:${id}`, ...event };
}
