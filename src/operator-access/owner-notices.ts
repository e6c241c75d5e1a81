import { Injectable } from '@nestjs/common';
import type { Transaction } from '../database/statement.js';
import type { MailOf } from '../mail/mail.js';
import { Mailer } from '../mail/mailer.js';
import { mailLocale } from '../notices/mail-locale.js';
import type { Tenant } from '../tenants/tenant.js';
import { OwnersRepository } from './owners.repository.js';

/** What owners are told: of an operator who has access or asks for it, and of a domain whose proof is missing. */
type OwnerNews =
  Pick<MailOf<'access_grant'>, 'template' | 'values'> | Pick<MailOf<'domain_proof'>, 'template' | 'values'>;

/** Tells the owners of a tenant by mail, each in their language. */
@Injectable()
export class OwnerNotices {
  constructor(
    private readonly owners: OwnersRepository,
    private readonly mailer: Mailer,
  ) {}

  /** Never refuses what it tells of: what cannot be mailed is dropped, and the log has it all the same. */
  async send(tenant: Tenant, news: OwnerNews, transaction: Transaction): Promise<void> {
    if (!this.mailer.isAvailable) return;
    for (const { id, email, claims } of await this.owners.listReachable(tenant.id, transaction)) {
      const locale = mailLocale(tenant, { claims });
      await this.mailer.send(tenant, { ...news, to: email, userId: id, locale, whenRefused: 'drop' }, transaction);
    }
  }
}
