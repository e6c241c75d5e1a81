import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { AuditRecorder } from '../audit/audit-recorder.js';
import { Database } from '../database/database.js';
import type { Transaction } from '../database/statement.js';
import type { Listed } from '../database/read-list.js';
import type { TenantId } from '../database/tenant-id.js';
import { type Companion, unitOfWork } from '../database/unit-of-work.js';
import { type Locale, findLocale } from '../language/messages.js';
import { NetworkLimits } from '../limits/network-limits.js';
import { Mailer } from '../mail/mailer.js';
import type { OAuthParameters } from '../oauth/parameters.js';
import { mailLocale } from '../notices/mail-locale.js';
import type { InvitationPage } from './invitation-list.js';
import type { Tenant } from '../tenants/tenant.js';
import { PasswordHasher } from '../users/password-hasher.js';
import { UsersService } from '../users/users.service.js';
import type { Challenge, Verification } from '../verification/verification.js';
import { Verifications } from '../verification/verifications.js';
import { type InvitationEntity, type InvitedAccount, statusOf } from './invitation.entity.js';
import { InvitationsRepository } from './invitations.repository.js';
import { NewAccounts } from './new-accounts.js';
import { FormRefusedError, SignUpClosedError, VerificationSpentError } from './registration-errors.js';
import { readSignUpForm } from './sign-up-form.js';
import type { SignedUp, SignUpStart } from './signed-up.js';

/** Least, usual and greatest: an hour, a week, and 30 days. */
export const INVITATION_LIFETIME_SECONDS = { least: 3600, usual: 7 * 86_400, greatest: 30 * 86_400 } as const;

export interface NewInvitation {
  readonly email: string;
  readonly attributes: InvitedAccount;
  readonly tenantAdmin: boolean;
  /** Names of roles at the management API. */
  readonly roles: readonly string[];
  /** Of the mail; undefined: the tenant's. */
  readonly locale: Locale | undefined;
  readonly lifetimeSeconds: number;
}

/** An invitation whose link was opened. */
export interface OpenedInvitation {
  readonly invitation: InvitationEntity;
  readonly verification: Verification;
}

/** Administrators invite people by mail. Whoever opens the link has proven the address and makes the account. */
@Injectable()
export class Invitations {
  constructor(
    private readonly database: Database,
    private readonly repository: InvitationsRepository,
    private readonly verifications: Verifications,
    private readonly mailer: Mailer,
    private readonly accounts: NewAccounts,
    private readonly users: UsersService,
    private readonly hasher: PasswordHasher,
    private readonly limits: NetworkLimits,
    private readonly audit: AuditRecorder,
  ) {}

  find(tenantId: TenantId, id: string): Promise<InvitationEntity | undefined> {
    return this.repository.find(tenantId, id);
  }

  list(tenantId: TenantId, page: InvitationPage): Promise<Listed<InvitationEntity>> {
    return this.repository.list(tenantId, page);
  }

  /** @throws MailLimitError, UnusableAddressError */
  async create(tenant: Tenant, invitation: NewInvitation, companion?: Companion<InvitationEntity>) {
    return unitOfWork(this.database, tenant.id, companion, async (manager, transaction) => {
      const id = await this.createWithin(tenant, invitation, { manager, transaction });
      return this.repository.find(tenant.id, id, manager);
    });
  }

  /**
   * The same as a part of something else, such as the onboarding of the tenant. It sends a mail, so it comes last.
   * @returns the id
   * @throws MailLimitError, UnusableAddressError
   */
  async createWithin(
    tenant: Tenant,
    invitation: NewInvitation,
    { manager, transaction }: { readonly manager: EntityManager; readonly transaction: Transaction },
  ): Promise<string> {
    const { email, attributes, tenantAdmin, roles, locale, lifetimeSeconds } = invitation;
    const id = uuidv7();
    const challenge = await this.begin(tenant, { id, email, lifetimeSeconds }, transaction);
    const given = { email, attributes, tenantAdmin, roles: [...roles], locale: locale ?? null };
    const data = { ...given, ...sent(challenge, lifetimeSeconds) };
    const open = { withdrawnAt: null, acceptedAt: null, userId: null };
    await this.repository.create(tenant.id, id, { ...data, ...open }, manager);
    await this.send(tenant, { ...invitation, ...challenge }, transaction);
    return id;
  }

  /**
   * Sends another link, which lives as long as the first one did. The one before does not work any more.
   * @returns undefined when the version is stale
   */
  async resend(tenant: Tenant, known: InvitationEntity, companion?: Companion<InvitationEntity>) {
    const { id, version, email } = known;
    const lifetimeSeconds = Math.round((known.expiresAt.getTime() - known.sentAt.getTime()) / 1000);
    return unitOfWork(this.database, tenant.id, companion, async (manager, transaction) => {
      const challenge = await this.begin(tenant, { id, email, lifetimeSeconds }, transaction);
      const change = { version, data: sent(challenge, lifetimeSeconds) };
      if (!(await this.repository.update(tenant.id, id, change, manager))) return undefined;
      await this.verifications.withdraw(tenant, 'invitation', { id: known.verificationId }, transaction);
      await this.send(
        tenant,
        { email, locale: findLocale(known.locale ?? undefined), lifetimeSeconds, ...challenge },
        transaction,
      );
      return this.repository.find(tenant.id, id, manager);
    });
  }

  /** @returns undefined when the version is stale */
  async withdraw(
    tenant: Tenant,
    { id, version, verificationId }: InvitationEntity,
    companion?: Companion<true>,
  ): Promise<true | undefined> {
    return unitOfWork(this.database, tenant.id, companion, async (manager, transaction) => {
      const change = { version, data: { withdrawnAt: new Date() } };
      if (!(await this.repository.update(tenant.id, id, change, manager))) return undefined;
      await this.verifications.withdraw(tenant, 'invitation', { id: verificationId }, transaction);
      return true;
    });
  }

  /** Changes nothing. @throws VerificationSpentError, SignUpClosedError */
  async open(tenant: Tenant, token: string): Promise<OpenedInvitation> {
    const verification = await this.verifications.peekLink(tenant, 'invitation', token);
    const id = verification?.data['invitation'];
    const invitation = typeof id === 'string' ? await this.repository.find(tenant.id, id) : undefined;
    const isLive = invitation?.verificationId === verification?.id && invitation !== undefined;
    if (!verification || !isLive || statusOf(invitation, new Date()) !== 'pending') throw new VerificationSpentError();
    if (tenant.policy.signUp === 'closed') throw new SignUpClosedError();
    return { invitation, verification };
  }

  /** @throws what `open` throws, QuotaExceededError, FormRefusedError, AddressTakenError, UsernameTakenError */
  async accept(tenant: Tenant, token: string, params: OAuthParameters, start: SignUpStart): Promise<SignedUp> {
    const { invitation, verification } = await this.open(tenant, token);
    const { id, email, attributes, tenantAdmin, roles } = invitation;
    const { account, password, faults } = readSignUpForm(params, {
      policy: askedOf(tenant, attributes),
      userAttributes: tenant.userAttributes,
      email,
      restrictsDomains: false,
    });
    if (Object.keys(faults).length > 0) throw new FormRefusedError(faults);
    this.limits.takeSignUp(tenant.id, start.browser.origin);
    await this.accounts.refuseWhenFull(tenant, start.browser);
    const invited = {
      ...account,
      username: attributes.username ?? account.username,
      claims: { ...attributes.claims, ...account.claims },
    };
    const fault = await this.users.findPasswordFault(tenant, invited, password);
    if (fault) throw new FormRefusedError({ new_password: fault });
    const passwordHash = await this.hasher.hash(tenant.id, password);
    return this.accounts.make(tenant, invited, passwordHash, {
      verification,
      start,
      signsIn: true,
      tenantAdmin,
      managementRoles: roles,
      recordMore: async (user, transaction) => {
        const accepting = { id, verificationId: verification.id, userId: user.id };
        if (!(await this.repository.accept(tenant.id, accepting, transaction))) throw new VerificationSpentError();
        await this.audit.recordWith(transaction, {
          tenantId: tenant.id,
          type: 'invitation.accepted',
          outcome: 'success',
          userId: user.id,
          target: `invitation:${id}`,
          origin: start.browser.origin,
          details: { terms_version: account.acceptedTerms, tenant_admin: tenantAdmin, roles },
        });
      },
    });
  }

  private begin(
    tenant: Tenant,
    { id, email, lifetimeSeconds }: { readonly id: string; readonly email: string; readonly lifetimeSeconds: number },
    transaction: Transaction,
  ): Promise<Challenge> {
    const asked = { purpose: 'invitation', address: email, data: { invitation: id }, lifetimeSeconds } as const;
    return this.verifications.begin(tenant, asked, transaction);
  }

  private async send(
    tenant: Tenant,
    { email, locale, lifetimeSeconds, link }: Pick<NewInvitation, 'email' | 'locale' | 'lifetimeSeconds'> & Challenge,
    transaction: Transaction,
  ): Promise<void> {
    const mail = {
      template: 'invitation',
      to: email,
      locale: mailLocale(tenant, undefined, locale),
      link: `/invitation?token=${link}`,
      values: { address: email, until: new Date(Date.now() + lifetimeSeconds * 1000) },
      usefulForSeconds: lifetimeSeconds,
    } as const;
    await this.mailer.send(tenant, mail, transaction);
  }
}

/** What the administrator said already is not asked. */
export function askedOf({ policy }: Tenant, { username }: InvitedAccount): Tenant['policy'] {
  if (username === undefined) return policy;
  const { username: _, ...asked } = policy.signUpAttributes;
  return { ...policy, signUpAttributes: asked };
}

function sent(challenge: Challenge, lifetimeSeconds: number) {
  const sentAt = new Date();
  return { verificationId: challenge.id, sentAt, expiresAt: new Date(sentAt.getTime() + lifetimeSeconds * 1000) };
}
