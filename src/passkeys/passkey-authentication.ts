import { Injectable } from '@nestjs/common';
import { AuditRecorder } from '../audit/audit-recorder.js';
import type { SignInOrigin } from '../authentication/authentication.service.js';
import { Database } from '../database/database.js';
import type { Transaction } from '../database/statement.js';
import { TenantRates } from '../limits/tenant-rates.js';
import { RefusalRecorder } from '../limits/refusal-recorder.js';
import type { Tenant } from '../tenants/tenant.js';
import type { User } from '../users/user.js';
import { type AssertionAnswer, challengeOf, readAssertion } from './passkey-answer.js';
import { CHALLENGE_LIFETIME_SECONDS, PasskeyChallenges } from './passkey-challenges.js';
import { amrOf } from './passkey-methods.js';
import {
  type CeremonyOptions,
  requiresUserVerification,
  secondFactorOptions,
  signInOptions,
} from './passkey-options.js';
import { PasskeyRefusedError } from './passkey-refused.error.js';
import { unknownCredential } from './passkey-signals.js';
import { PasskeyVerifier } from './passkey-verifier.js';
import { type Ceremony, PASSKEY } from './passkey.js';
import { type FoundPasskey, PasskeysRepository } from './passkeys.repository.js';
import { type RelyingParty, offersPasskeys, relyingPartyOf, signsInWithPasskeys } from './relying-party.js';
import { userHandleOf } from './user-handle.js';

/** Who a passkey proved somebody to be, and how. */
export interface PasskeyProof {
  readonly user: User;
  /** RFC 8176 §2. */
  readonly amr: readonly string[];
  /** Unix time in seconds, with fractions, by the database's clock, before the proof was checked. */
  readonly at: number;
}

/** A ceremony with which a person proves who they are; with `user`, who that has to be. */
export interface Authenticating {
  readonly purpose: 'sign_in' | 'second_factor';
  readonly browser: Ceremony['browser'];
  readonly subject: string;
  readonly user?: User;
}

/** Authentication with a passkey, alone or as a second factor, WebAuthn Level 3 §7.2. */
@Injectable()
export class PasskeyAuthentication {
  constructor(
    private readonly database: Database,
    private readonly repository: PasskeysRepository,
    private readonly challenges: PasskeyChallenges,
    private readonly verifier: PasskeyVerifier,
    private readonly refusals: RefusalRecorder,
    private readonly rates: TenantRates,
    private readonly audit: AuditRecorder,
  ) {}

  /** @throws PasskeyRefusedError where passkeys are not used so */
  async options(tenant: Tenant, { user, ...ceremony }: Authenticating): Promise<CeremonyOptions> {
    const party = partyOf(tenant, ceremony.purpose);
    const challenge = await this.challenges.issue(tenant, ceremony);
    if (!user) return signInOptions(tenant, party, challenge);
    return secondFactorOptions(party, await this.repository.list(tenant.id, user.id), challenge);
  }

  /**
   * @param answer JSON of what the browser got from the authenticator
   * @param onSuccess what is stored together with the success
   * @throws PasskeyRefusedError
   * @throws TenantRateExceededError at a sign-in
   */
  async authenticate<Result>(
    tenant: Tenant,
    ceremony: Authenticating,
    { answer, origin }: { readonly answer: string | undefined; readonly origin: SignInOrigin },
    onSuccess: (proof: PasskeyProof, transaction: Transaction) => Promise<Result>,
  ): Promise<Result> {
    if (ceremony.purpose === 'sign_in') await this.rates.take(tenant, 'signIns');
    let found: FoundPasskey | undefined;
    try {
      const party = partyOf(tenant, ceremony.purpose);
      const given = readAssertion(answer);
      const challenge = challengeOf(given);
      const digest = await this.challenges.check(tenant, ceremony, challenge);
      found = await this.find(tenant, party, given, ceremony.user);
      const { passkey, user, foundAt } = found;
      const userVerified = ceremony.purpose === 'sign_in' && requiresUserVerification(tenant);
      const used = await this.verifier.verifyAssertion(given, passkey, { party, challenge, userVerified });
      // Asked last: a disabled account is told apart from a wrong answer by nothing.
      if (!user.enabled) throw new PasskeyRefusedError('refused', 'disabled');
      const proof = { user, amr: amrOf(passkey, used.userVerified), at: foundAt };
      const use = { id: passkey.id, counter: used.counter, backedUp: used.backedUp };
      const spent = { digest, lifetimeSeconds: CHALLENGE_LIFETIME_SECONDS };
      return await this.database.transaction(tenant.id, async (transaction) => {
        const outcome = await this.repository.use(tenant.id, { ...use, challenge: spent }, transaction);
        if (outcome === 'spent') throw new PasskeyRefusedError('expired', 'spent_challenge');
        if (outcome === 'rolled_back') throw new CounterRolledBackError(passkey.counter, used.counter);
        return onSuccess(proof, transaction);
      });
    } catch (error) {
      if (error instanceof PasskeyRefusedError) this.record(tenant, ceremony, { error, found, origin });
      throw error;
    }
  }

  /** A passkey of another tenant, of another address or, for a second factor, of another user is not known here. */
  private async find(
    tenant: Tenant,
    party: RelyingParty,
    { id, userHandle }: AssertionAnswer,
    expected: User | undefined,
  ): Promise<FoundPasskey> {
    const found = await this.repository.findByCredential(tenant.id, id, party.id);
    if (!found || (expected && found.user.id !== expected.id)) {
      const signal = found ? undefined : unknownCredential(tenant, { id, userHandle });
      throw new PasskeyRefusedError('unknown', 'unknown_passkey', signal);
    }
    // §7.2 step 6: without a user name, the handle is how the user was found.
    const isNamed = userHandle === userHandleOf(tenant.id, found.user.id);
    if (userHandle === undefined ? !expected : !isNamed) throw new PasskeyRefusedError('refused', 'user_handle');
    return found;
  }

  /** The person is told only the fault. A counter that went back may mean that the key was copied (§6.1.1). */
  private record(
    tenant: Tenant,
    { purpose, user }: Authenticating,
    failed: {
      readonly error: PasskeyRefusedError;
      readonly found: FoundPasskey | undefined;
      readonly origin: SignInOrigin;
    },
  ): void {
    const { error, found, origin } = failed;
    const event = {
      tenantId: tenant.id,
      outcome: 'failure',
      clientId: origin.clientId,
      userId: found?.user.id ?? user?.id,
      ...(found && { target: `passkey:${found.passkey.id}` }),
      origin,
    } as const;
    if (error instanceof CounterRolledBackError) {
      const { stored, received } = error;
      this.audit.record({ ...event, type: 'passkey.counter_rolled_back', details: { stored, received } });
    }
    const details = { reason: 'passkey_refused', cause: error.detail, request: origin.pendingRequest };
    this.refusals.record(
      purpose === 'sign_in'
        ? { ...event, type: 'user.sign_in_failed', details }
        : { ...event, type: 'user.second_factor_failed', details: { factor: PASSKEY, ...details } },
    );
  }
}

/** The authenticator counted fewer signatures than before. */
class CounterRolledBackError extends PasskeyRefusedError {
  constructor(
    readonly stored: number,
    readonly received: number,
  ) {
    super('refused', 'counter');
  }
}

function partyOf(tenant: Tenant, purpose: Authenticating['purpose']): RelyingParty {
  const isUsed = purpose === 'sign_in' ? signsInWithPasskeys(tenant) : offersPasskeys(tenant);
  const party = isUsed ? relyingPartyOf(tenant) : undefined;
  if (!party) throw new PasskeyRefusedError('off', 'off');
  return party;
}
