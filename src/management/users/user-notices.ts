import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../database/statement.js';
import type { Companion } from '../../database/unit-of-work.js';
import { maskedAddress, parseMailAddress } from '../../mail/mail-address.js';
import { SecurityNotices } from '../../notices/security-notices.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { UserEntity } from '../../users/user.entity.js';

/** Tells a user by mail what an administrator changed about the security of the account, in the transaction of the change. */
@Injectable()
export class UserNotices {
  constructor(private readonly notices: SecurityNotices) {}

  /** @param before the user as the change found it */
  with(tenant: Tenant, before: UserEntity, companion: Companion<UserEntity>): Companion<UserEntity> {
    return {
      begin: (transaction) => companion.begin(transaction),
      finish: async (transaction, after) => {
        await companion.finish(transaction, after);
        await this.send(tenant, before, after, transaction);
      },
    };
  }

  private async send(tenant: Tenant, before: UserEntity, after: UserEntity, transaction: Transaction): Promise<void> {
    const user = { ...before, email: before.email ?? undefined };
    const common = { user, origin: undefined };
    if (after.passwordChangedAt?.getTime() !== before.passwordChangedAt?.getTime()) {
      await this.notices.send(tenant, { ...common, name: 'password_set', values: {} }, transaction);
    }
    if (after.email !== before.email) {
      const alsoTo = after.emailVerified ? after.email : undefined;
      const values = { email: shown(after.email) };
      await this.notices.send(tenant, { ...common, name: 'email_set', alsoTo, values }, transaction);
    }
    if (after.phoneNumber !== before.phoneNumber) {
      await this.notices.send(tenant, { ...common, name: 'phone_changed', values: {} }, transaction);
    }
  }
}

/** The old mailbox may be somebody else's by now. */
function shown(address: string | null): string {
  const parsed = address === null ? undefined : parseMailAddress(address);
  return parsed ? maskedAddress(parsed) : '–';
}
