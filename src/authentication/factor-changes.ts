import { Injectable } from '@nestjs/common';
import { AuditRecorder } from '../audit/audit-recorder.js';
import { Database } from '../database/database.js';
import type { Transaction } from '../database/statement.js';
import { type Companion, unitOfWork } from '../database/unit-of-work.js';
import { RememberedDevicesRepository } from '../factors/remembered-devices.repository.js';
import { UserFactorsRepository } from '../factors/user-factors.repository.js';
import type { Locale } from '../language/messages.js';
import { SecurityNotices } from '../notices/security-notices.js';
import type { Tenant } from '../tenants/tenant.js';
import type { User } from '../users/user.js';
import type { FactorState, SecondFactor } from './authentication-factor.js';
import type { SignInOrigin } from './authentication.service.js';
import { FactorRegistry } from './factor.registry.js';

/** Where a change of the factors came from. */
export interface FactorChangeOrigin extends SignInOrigin {
  /** Of the page. */
  readonly locale?: Locale | undefined;
}

/** Whose factors are changed, and where. */
export interface FactorOwner {
  readonly user: User;
  readonly sessionId: string;
  readonly origin: FactorChangeOrigin;
}

/** What a user has set up. */
export interface ListedFactor extends FactorState {
  readonly name: string;
  /** Undefined for one that this installation does not have any more. */
  readonly factor: SecondFactor | undefined;
}

/** How an event of the audit log and a mail call a change. */
type ChangeEvent = 'user.second_factor_added' | 'user.second_factor_removed' | 'user.recovery_codes_made';

/**
 * The one place where factors are added to and taken from users. Each change is recorded in the audit log and told to the
 * person by mail, in its transaction. It asks nothing of a factor but what `SecondFactor` says. The parts of a factor that
 * has several, such as single passkeys, are changed and told where they are kept.
 */
@Injectable()
export class FactorChanges {
  constructor(
    private readonly database: Database,
    private readonly factors: FactorRegistry,
    private readonly repository: UserFactorsRepository,
    private readonly devices: RememberedDevicesRepository,
    private readonly audit: AuditRecorder,
    private readonly notices: SecurityNotices,
  ) {}

  /** What the user has set up, in the order of setting up; undefined: there is no such user. */
  async list(
    tenant: Tenant,
    userId: string,
  ): Promise<{ readonly factors: readonly ListedFactor[]; readonly rememberedDevices: number } | undefined> {
    const found = await this.repository.find(tenant.id, userId);
    if (!found) return undefined;
    const described = found.factors.map(async (name) => {
      const factor = this.factors.findSecond(name);
      return { name, factor, ...(await factor?.describe?.(tenant.id, userId)) };
    });
    return { factors: await Promise.all(described), rememberedDevices: found.rememberedDevices };
  }

  /** The factor is set up: what is kept of it is stored in the same transaction. It is the last step of it. */
  async add(tenant: Tenant, factor: SecondFactor, owner: FactorOwner, transaction: Transaction): Promise<void> {
    await this.repository.mark(tenant.id, owner.user.id, factor.name, transaction);
    const change = { type: 'user.second_factor_added', details: { after: { factor: factor.name } } } as const;
    await this.record(tenant, change, factor.name, owner, transaction);
    await this.tell(tenant, factor, 'added', owner, transaction);
  }

  /**
   * Its person takes the factor back. Remembered browsers are forgotten with it.
   * @returns false when the person does not have it (any more)
   */
  remove(tenant: Tenant, factor: SecondFactor, owner: FactorOwner): Promise<boolean> {
    return this.database.transaction(tenant.id, async (transaction) => {
      if (!(await this.take(tenant, owner.user.id, factor.name, transaction))) return false;
      const change = { type: 'user.second_factor_removed', details: { before: { factor: factor.name } } } as const;
      await this.record(tenant, change, factor.name, owner, transaction);
      await this.tell(tenant, factor, 'removed', owner, transaction);
      return true;
    });
  }

  /**
   * An administrator takes a factor from a user who lost it; the companion records it.
   * @returns undefined when the user has no such factor
   */
  reset(tenant: Tenant, user: User, name: string, companion: Companion<true>): Promise<true | undefined> {
    const told: Companion<true> = {
      begin: (transaction) => companion.begin(transaction),
      finish: async (transaction, written) => {
        await companion.finish(transaction, written);
        const notice = { name: 'factors_reset', user, origin: undefined, values: {} } as const;
        await this.notices.send(tenant, notice, transaction);
      },
    };
    return unitOfWork<true>(this.database, tenant.id, told, async (_, transaction) =>
      (await this.take(tenant, user.id, name, transaction)) ? true : undefined,
    );
  }

  /** New recovery codes; those of before do not work any more. */
  renewCodes(tenant: Tenant, name: string, digests: readonly Buffer[], owner: FactorOwner): Promise<void> {
    return this.database.transaction(tenant.id, async (transaction) => {
      await this.repository.replaceRecoveryCodes(tenant.id, owner.user.id, digests, transaction);
      const change = { type: 'user.recovery_codes_made', details: { changed: ['recovery_codes'] } } as const;
      await this.record(tenant, change, name, owner, transaction);
      const { user, origin } = owner;
      const notice = { name: 'recovery_codes_made', user, origin, locale: origin.locale, values: {} } as const;
      await this.notices.send(tenant, notice, transaction);
    });
  }

  /** Every browser is asked for the second factor again. Nothing is told when none was remembered. */
  forgetDevices(tenant: Tenant, owner: FactorOwner): Promise<void> {
    return this.database.transaction(tenant.id, async (transaction) => {
      const forgotten = await this.devices.forget(tenant.id, owner.user.id, transaction);
      if (forgotten === 0) return;
      const details = { before: { remembered_browsers: forgotten }, after: { remembered_browsers: 0 } };
      const change = { type: 'user.second_factor_removed', details } as const;
      await this.record(tenant, change, 'remembered_devices', owner, transaction);
      const { user, origin } = owner;
      const notice = { name: 'devices_forgotten', user, origin, locale: origin.locale, values: {} } as const;
      await this.notices.send(tenant, notice, transaction);
    });
  }

  private async take(tenant: Tenant, userId: string, name: string, transaction: Transaction): Promise<boolean> {
    if (!(await this.repository.remove(tenant.id, userId, name, transaction))) return false;
    await this.factors.findSecond(name)?.remove?.(tenant.id, userId, transaction);
    return true;
  }

  private tell(
    tenant: Tenant,
    factor: SecondFactor,
    change: 'added' | 'removed',
    { user, origin }: FactorOwner,
    transaction: Transaction,
  ): Promise<void> {
    const common = { user, origin, locale: origin.locale };
    const own = factor.noticeNames?.[change];
    if (own !== undefined) return this.notices.send(tenant, { ...common, name: own, values: {} }, transaction);
    const name = change === 'added' ? 'factor_added' : 'factor_removed';
    const values = (locale: Locale) => ({ factor: displayNameOf(factor, locale) });
    return this.notices.send(tenant, { ...common, name, values }, transaction);
  }

  private record(
    tenant: Tenant,
    { type, details }: { readonly type: ChangeEvent; readonly details: object },
    factor: string,
    { user, sessionId, origin }: FactorOwner,
    transaction: Transaction,
  ): Promise<void> {
    return this.audit.recordWith(transaction, {
      tenantId: tenant.id,
      type,
      outcome: 'success',
      userId: user.id,
      clientId: origin.clientId,
      origin,
      details: { factor, session: sessionId, ...details },
    });
  }
}

/** What people call a factor that has no texts in the catalogue. */
function displayNameOf(factor: SecondFactor, locale: Locale): string {
  return factor.displayName?.(locale) ?? factor.name;
}
