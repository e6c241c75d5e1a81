import { Injectable } from '@nestjs/common';
import { acrOf, amrOf } from '../authentication/assurance.js';
import { Database } from '../database/database.js';
import type { Transaction } from '../database/statement.js';
import { findQuotaExceeded } from '../limits/quota-exceeded.js';
import { TenantCounts } from '../limits/tenant-counts.js';
import { SessionsService } from '../sessions/sessions.service.js';
import type { Tenant } from '../tenants/tenant.js';
import type { UserEntity } from '../users/user.entity.js';
import { UserInputError } from '../users/user-input.js';
import type { User } from '../users/user.js';
import { newUserOf } from '../users/users.repository.js';
import { UsersService } from '../users/users.service.js';
import type { Purpose, Verification } from '../verification/verification.js';
import { Verifications } from '../verification/verifications.js';
import { AddressTakenError, UsernameTakenError, VerificationSpentError } from './registration-errors.js';
import { type ProposedAccount, attributesOfNewAccount } from './sign-up-form.js';
import type { SignedUp, SignUpStart, StartedSession } from './signed-up.js';

export interface Making {
  /** Proof of the address, which is redeemed. */
  readonly verification: Verification;
  readonly start: SignUpStart;
  /** Whether this browser knows the password, so that it is signed in. */
  readonly signsIn: boolean;
  readonly tenantAdmin?: boolean;
  readonly managementRoles?: readonly string[];
  /** What else is stored in the same transaction. What it throws undoes everything. */
  readonly recordMore: (user: UserEntity, transaction: Transaction) => Promise<void>;
}

/** Makes the accounts of people whose address is proven: proof, account and session are one transaction. */
@Injectable()
export class NewAccounts {
  constructor(
    private readonly database: Database,
    private readonly users: UsersService,
    private readonly sessions: SessionsService,
    private readonly verifications: Verifications,
    private readonly counts: TenantCounts,
  ) {}

  /** Before anything is asked for or stored in vain. @throws QuotaExceededError */
  refuseWhenFull(tenant: Tenant, { origin }: SignUpStart['browser']): Promise<void> {
    return this.counts.refuseWhenFull(tenant, 'users', { origin });
  }

  /** @throws VerificationSpentError, AddressTakenError, UsernameTakenError, and what `findQuotaExceeded` finds */
  async make(tenant: Tenant, account: ProposedAccount, passwordHash: string, making: Making): Promise<SignedUp> {
    const { verification, start, signsIn, tenantAdmin = false, managementRoles } = making;
    const { email, phoneNumber, claims, acceptedTerms } = account;
    const username = start.username ?? account.username ?? email;
    const attributes = attributesOfNewAccount(tenant, account);
    const said = { username, email, phoneNumber, claims, attributes, acceptedTerms };
    const input = { ...said, emailVerified: true, tenantAdmin, managementRoles };
    let started: StartedSession | undefined;
    const made = await this.users
      .store(tenant, input, passwordHash, {
        begin: async (transaction) => {
          if (!(await this.verifications.redeem(tenant, verification, transaction))) throw new VerificationSpentError();
        },
        finish: async (transaction, user) => {
          const at = await this.verifications.nameUser(tenant, verification, user.id, transaction);
          await making.recordMore(user, transaction);
          if (!signsIn) return;
          await this.verifications.takeTurn(tenant, verification.purpose, verification.id, start.browser, transaction);
          started = await this.startSession(tenant, newUserOf(user), at, start, transaction);
        },
      })
      .catch((error: unknown) => {
        const exceeded = findQuotaExceeded(error);
        if (exceeded) this.counts.record(tenant.id, exceeded, { origin: start.browser.origin });
        if (!(error instanceof UserInputError) || !error.conflict) throw error;
        throw error.member === 'email' || username === email ? new AddressTakenError() : new UsernameTakenError();
      });
    if (!made) throw new Error('The account was not stored.');
    // What the tenant's own roles allow stands in no column of the account.
    const user = made.managementRoles.length > 0 ? await this.users.find(tenant.id, made.id) : undefined;
    return { user: user ?? newUserOf(made), started, requestId: verification.requestId };
  }

  /** The browser that asked is signed in after somebody proved the address elsewhere: it knows the password. */
  async takeUp(tenant: Tenant, purpose: Purpose, id: string, start: SignUpStart): Promise<SignedUp | undefined> {
    const found = await this.verifications.findOwn(tenant, purpose, id, start.browser);
    const user = found?.userId === undefined ? undefined : await this.users.find(tenant.id, found.userId);
    if (!user?.enabled) return undefined;
    return this.database.transaction(tenant.id, async (transaction) => {
      const turn = await this.verifications.takeTurn(tenant, purpose, id, start.browser, transaction);
      if (turn?.userId !== user.id) return undefined;
      const started = await this.startSession(tenant, user, turn.redeemedAt, start, transaction);
      return { user, started, requestId: turn.requestId };
    });
  }

  /** What was proven is the password: whoever chose it knows it. The mail alone would be no factor of its own. */
  private startSession(
    tenant: Tenant,
    user: User,
    authTime: number,
    { browser, sessionSecret, userAgent }: SignUpStart,
    transaction: Transaction,
  ): Promise<StartedSession> {
    const previous = { secret: sessionSecret, origin: browser.origin, userAgent };
    const proofs = [{ factor: 'password', amr: ['pwd'], at: authTime }];
    const authentication = { user, acr: acrOf(tenant.policy, proofs), amr: amrOf(proofs), proofs, authTime };
    return this.sessions.start(tenant, authentication, previous, transaction);
  }
}
