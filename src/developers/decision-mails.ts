import { Injectable } from '@nestjs/common';
import type { Transaction } from '../database/statement.js';
import type { Companion } from '../database/unit-of-work.js';
import type { Mail } from '../mail/mail.js';
import { Mailer } from '../mail/mailer.js';
import { mailLocale } from '../notices/mail-locale.js';
import type { Tenant } from '../tenants/tenant.js';
import { ClientOwnersRepository } from './client-owners.repository.js';
import type { KnownRegistration } from './client-registration.js';

export type Decided = 'approved' | 'rejected' | 'suspended' | 'resumed';

/** Tells the owners of a client by mail what was decided about it. Only a verified address is told. */
@Injectable()
export class DecisionMails {
  constructor(
    private readonly owners: ClientOwnersRepository,
    private readonly mailer: Mailer,
  ) {}

  /** What the decision does, and the mails as its last step. */
  after(
    tenant: Tenant,
    decided: { readonly what: Decided; readonly reason?: string | undefined },
    companion?: Companion<KnownRegistration>,
  ): Companion<KnownRegistration> {
    return {
      begin: async (transaction) => companion?.begin(transaction),
      finish: async (transaction, known) => {
        await companion?.finish(transaction, known);
        await this.send(tenant, known, decided, transaction);
      },
    };
  }

  /** Never refuses the decision: what cannot be mailed is dropped, and the pages say it all the same. */
  private async send(
    tenant: Tenant,
    { registration, client }: KnownRegistration,
    { what, reason }: { readonly what: Decided; readonly reason?: string | undefined },
    transaction: Transaction,
  ): Promise<void> {
    if (!this.mailer.isAvailable) return;
    const name = registration.proposal?.client_name ?? client?.entity.clientName ?? registration.clientId;
    const values = { client: name, reason: reason ?? '', given: reason === undefined ? 'no' : 'yes' };
    const isChange = what === 'rejected' && client !== undefined;
    for (const { id, email, claims } of await this.owners.listReachable(tenant.id, registration.id, transaction)) {
      const mail = {
        template: isChange ? 'client_change_rejected' : `client_${what}`,
        to: email,
        userId: id,
        locale: mailLocale(tenant, { claims }),
        values,
        link: `/account/clients/${registration.id}`,
        whenRefused: 'drop',
      };
      await this.mailer.send(tenant, mail as unknown as Mail, transaction);
    }
  }
}
