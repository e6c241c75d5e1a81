import { Injectable } from '@nestjs/common';
import { ClientsService } from '../clients/clients.service.js';
import type { StoredClient } from '../clients/clients.repository.js';
import { Database } from '../database/database.js';
import type { TenantId } from '../database/tenant-id.js';
import { type Companion, unitOfWork } from '../database/unit-of-work.js';
import type { Tenant } from '../tenants/tenant.js';
import { ClientApprovals, type Proposed } from './client-approvals.js';
import {
  type KnownRegistration,
  type ListedRegistration,
  RegistrationConflictError,
  type RegistrationState,
} from './client-registration.js';
import { ClientRegistrationsRepository } from './client-registrations.repository.js';
import { DecisionMails } from './decision-mails.js';

/** What administrators decide on clients that developers register. */
@Injectable()
export class RegistrationReviews {
  constructor(
    private readonly database: Database,
    private readonly registrations: ClientRegistrationsRepository,
    private readonly approvals: ClientApprovals,
    private readonly clients: ClientsService,
    private readonly mails: DecisionMails,
  ) {}

  list(
    tenantId: TenantId,
    page: {
      readonly after?: string | undefined;
      readonly limit: number;
      readonly state?: RegistrationState | undefined;
    },
  ): Promise<ListedRegistration[]> {
    return this.registrations.list(tenantId, page);
  }

  async find(tenant: Tenant, id: string): Promise<KnownRegistration | undefined> {
    const registration = await this.registrations.find(tenant.id, id);
    return registration && this.approvals.withClient(tenant, registration);
  }

  /** What approving it would do. @throws ClientMetadataError when it is not possible (any more) */
  async propose(tenant: Tenant, known: KnownRegistration): Promise<Proposed> {
    const { state, proposal } = known.registration;
    if (state !== 'pending' || !proposal) throw new RegistrationConflictError('It is not handed in for a decision.');
    return this.approvals.complete(tenant, known, proposal);
  }

  /** @returns undefined when it has changed since it was read */
  approve(
    tenant: Tenant,
    proposed: Proposed,
    by: string,
    companion?: Companion<KnownRegistration>,
  ): Promise<KnownRegistration | undefined> {
    return this.approvals.apply(
      tenant,
      proposed,
      { by, isReviewed: true },
      this.mails.after(tenant, { what: 'approved' }, companion),
    );
  }

  /** A client that exists stays as it is. @returns undefined when it has changed since it was read */
  reject(
    tenant: Tenant,
    { registration, client }: KnownRegistration,
    { by, reason }: { readonly by: string; readonly reason: string },
    companion?: Companion<KnownRegistration>,
  ): Promise<KnownRegistration | undefined> {
    const { id, state, version } = registration;
    if (state !== 'pending') throw new RegistrationConflictError('It is not handed in for a decision.');
    const within = this.mails.after(tenant, { what: 'rejected', reason }, companion);
    return unitOfWork<KnownRegistration>(this.database, tenant.id, within, async (_, transaction) => {
      const decision = { version, state: 'rejected', by, reason } as const;
      const rejected = await this.registrations.decide(tenant.id, id, decision, transaction);
      return rejected && { registration: rejected, client };
    });
  }

  /** Its tokens stop at once, on every process. @returns undefined when the client has changed since it was read */
  async enable(
    tenant: Tenant,
    { registration, client }: KnownRegistration,
    { enabled, reason }: { readonly enabled: boolean; readonly reason?: string | undefined },
    companion?: Companion<KnownRegistration>,
  ): Promise<KnownRegistration | undefined> {
    if (!client) throw new RegistrationConflictError('There is no client yet.');
    const { entity } = client;
    if (entity.enabled === enabled) {
      throw new RegistrationConflictError(
        enabled ? 'The client is not suspended.' : 'The client is suspended already.',
      );
    }
    const mailing = this.mails.after(tenant, { what: enabled ? 'resumed' : 'suspended', reason }, companion);
    let changed: KnownRegistration | undefined;
    const within: Companion<StoredClient> = {
      begin: (transaction) => mailing.begin(transaction),
      finish: async (transaction, stored) => {
        changed = { registration, client: stored };
        await mailing.finish(transaction, changed);
      },
    };
    const { version, permissions } = entity;
    const change = { version, permissions, registration: { ...entity, enabled }, secretFollows: true };
    await this.clients.update(tenant.id, entity.clientId, change, within);
    return changed;
  }
}
