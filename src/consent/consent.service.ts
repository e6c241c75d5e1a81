import { Injectable } from '@nestjs/common';
import { AuditRecorder } from '../audit/audit-recorder.js';
import type { RequestOrigin } from '../audit/request-origin.js';
import type { Client } from '../clients/client.js';
import { Database } from '../database/database.js';
import type { Transaction } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';
import { type Scope, without } from '../oauth/scope.js';
import type { Access } from '../resources/access.js';
import { type Consent, ConsentsRepository } from './consents.repository.js';

/** Scopes by protected resource; the empty resource stands for OpenID Connect itself. */
export type ScopesByResource = ReadonlyMap<string, Scope>;

/** Records what users allow clients. A user is asked again only when a client asks for more. */
@Injectable()
export class ConsentService {
  constructor(
    private readonly database: Database,
    private readonly repository: ConsentsRepository,
    private readonly audit: AuditRecorder,
  ) {}

  /** The part of the request that the user has not allowed this client so far. */
  async findMissing(tenantId: TenantId, userId: string, client: Client, access: Access): Promise<ScopesByResource> {
    if (client.firstParty) return new Map();
    const consents = await this.repository.listForClient(tenantId, userId, client.clientId);
    const allowed = new Map(consents.map(({ resource, scopes }) => [resource, scopes]));
    const missing = new Map<string, Scope>();
    for (const [resource, scopes] of scopesByResource(access)) {
      const rest = without(scopes, allowed.get(resource) ?? []);
      // A request without any scope still needs consent once.
      if (rest.length > 0 || !allowed.has(resource)) missing.set(resource, rest);
    }
    return missing;
  }

  async approve(
    tenantId: TenantId,
    consent: { readonly userId: string; readonly clientId: string; readonly access: Access },
    transaction: Transaction,
  ): Promise<void> {
    const of = { user_id: consent.userId, client_id: consent.clientId };
    const rows = [...scopesByResource(consent.access)].map(([resource, scopes]) => ({ ...of, resource, scopes }));
    await this.repository.approve(tenantId, rows, transaction);
  }

  list(tenantId: TenantId, page: Parameters<ConsentsRepository['list']>[1]): Promise<Consent[]> {
    return this.repository.list(tenantId, page);
  }

  find(tenantId: TenantId, id: string): Promise<Consent | undefined> {
    return this.repository.find(tenantId, id);
  }

  /** Withdraws the consent and revokes every token under it at once. */
  async withdraw(
    tenantId: TenantId,
    consent: { readonly userId: string; readonly clientId: string; readonly resource?: string | undefined },
    by: { readonly origin: RequestOrigin; readonly actor?: string | undefined; readonly target?: string | undefined },
  ): Promise<boolean> {
    return this.database.transaction(tenantId, async (transaction) => {
      if ((await this.repository.withdraw(tenantId, consent, transaction)) === 0) return false;
      await this.audit.recordWith(transaction, {
        tenantId,
        type: 'consent.withdrawn',
        outcome: 'success',
        actor: by.actor,
        userId: consent.userId,
        clientId: consent.clientId,
        target: by.target,
        origin: by.origin,
        details: { resource: consent.resource },
      });
      return true;
    });
  }
}

/** The scopes of OpenID Connect under the empty resource, those of each API under its identifier. */
export function scopesByResource(access: Access): ScopesByResource {
  const apis = access.apis.map(({ api, scope }): [string, Scope] => [api.identifier, scope]);
  return new Map([...(access.openid.length > 0 || apis.length === 0 ? [['', access.openid] as const] : []), ...apis]);
}
