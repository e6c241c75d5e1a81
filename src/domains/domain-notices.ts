import { Injectable } from '@nestjs/common';
import type { Transaction } from '../database/statement.js';
import { Mailer } from '../mail/mailer.js';
import { mailLocale } from '../notices/mail-locale.js';
import { OwnersRepository } from '../operator-access/owners.repository.js';
import type { Tenant } from '../tenants/tenant.js';

/** What the owners are told of a domain: its proof is missing, its last day has begun, it is theirs no more. */
export type DomainNews = 'failing' | 'ending' | 'lapsed';

/** Tells the owners of a tenant by mail that the proof of one of its domains is missing. */
@Injectable()
export class DomainNotices {
  constructor(
    private readonly owners: OwnersRepository,
    private readonly mailer: Mailer,
  ) {}

  /** Never refuses the change: what cannot be mailed is dropped, and the log has it all the same. */
  async send(
    tenant: Tenant,
    news: { readonly kind: DomainNews; readonly domain: string; readonly date: Date },
    transaction: Transaction,
  ): Promise<void> {
    if (!this.mailer.isAvailable) return;
    for (const { id, email, claims } of await this.owners.listReachable(tenant.id, transaction)) {
      await this.mailer.send(
        tenant,
        {
          template: 'domain_proof',
          to: email,
          userId: id,
          locale: mailLocale(tenant, { claims }),
          values: news,
          whenRefused: 'drop',
        },
        transaction,
      );
    }
  }
}
