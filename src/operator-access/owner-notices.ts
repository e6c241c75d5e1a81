import { Injectable } from '@nestjs/common';
import type { Transaction } from '../database/statement.js';
import { Mailer } from '../mail/mailer.js';
import { mailLocale } from '../notices/mail-locale.js';
import type { Tenant } from '../tenants/tenant.js';
import { type AccessGrant, statusOf } from './access-grant.js';
import { OwnersRepository } from './owners.repository.js';

/** Tells the owners of a tenant by mail that an operator has access, or asks for it. */
@Injectable()
export class OwnerNotices {
  constructor(
    private readonly owners: OwnersRepository,
    private readonly mailer: Mailer,
  ) {}

  /** Never refuses the access: what cannot be mailed is dropped, and the log has it all the same. */
  async send(tenant: Tenant, grant: AccessGrant, transaction: Transaction): Promise<void> {
    if (!this.mailer.isAvailable) return;
    const kind = statusOf(grant, new Date());
    const date = kind === 'waiting' ? (grant.beginsAt ?? grant.expiresAt) : grant.expiresAt;
    for (const { id, email, claims } of await this.owners.listReachable(tenant.id, transaction)) {
      await this.mailer.send(
        tenant,
        {
          template: 'access_grant',
          to: email,
          userId: id,
          locale: mailLocale(tenant, { claims }),
          values: { kind, date, reason: grant.reason },
          whenRefused: 'drop',
        },
        transaction,
      );
    }
  }
}
