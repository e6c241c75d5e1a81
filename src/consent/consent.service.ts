import { Injectable } from '@nestjs/common';
import { AuditRecorder } from '../audit/audit-recorder.js';
import type { RequestOrigin } from '../audit/request-origin.js';
import type { Client } from '../clients/client.js';
import { Database } from '../database/database.js';
import type { Transaction } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';
import { type Scope, without } from '../oauth/scope.js';
import { type Access, scopeOf } from '../resources/access.js';
import { type Consent, ConsentsRepository } from './consents.repository.js';
import { type ScopesByResource, optionalScopes, scopesByResource, withoutDeclined } from './optional-scopes.js';

/** How what is asked for stands to what the user decided before. */
export interface ConsentReview {
  /** Not allowed so far. */
  readonly missing: ScopesByResource;
  /** Optional, and left out by the user. That is an answer too: they are not asked for it again. */
  readonly declined: ScopesByResource;
}

/** Records what users allow clients. A user is asked again only when a client asks for more. */
@Injectable()
export class ConsentService {
  constructor(
    private readonly database: Database,
    private readonly repository: ConsentsRepository,
    private readonly audit: AuditRecorder,
  ) {}

  async review(tenantId: TenantId, userId: string, client: Client, access: Access): Promise<ConsentReview> {
    const [missing, declined] = [new Map<string, Scope>(), new Map<string, Scope>()];
    if (client.firstParty) return { missing, declined };
    const consents = await this.repository.listForClient(tenantId, userId, client.clientId);
    const known = new Map(consents.map((consent) => [consent.resource, consent]));
    const optional = optionalScopes(client, access);
    for (const [resource, scopes] of scopesByResource(access)) {
      const consent = known.get(resource);
      const rest = without(scopes, consent?.scopes ?? []);
      const left = rest.filter(
        (name) =>
          consent?.declined.includes(name) &&
          optional.some((scope) => scope.resource === resource && scope.name === name),
      );
      if (left.length > 0) declined.set(resource, left);
      // A request without any scope still needs consent once.
      if (rest.length > left.length || !consent) missing.set(resource, without(rest, left));
    }
    // All that is asked for was left out before, beside something else. Alone it is another question.
    const leavesNothing = declined.size > 0 && scopeOf(withoutDeclined(access, declined)).length === 0;
    return leavesNothing ? { missing: declined, declined: new Map<string, Scope>() } : { missing, declined };
  }

  /** The same, read when it is first asked for, and only then. */
  reviewOnce(...of: Parameters<ConsentService['review']>): () => Promise<ConsentReview> {
    let review: Promise<ConsentReview> | undefined;
    return () => (review ??= this.review(...of));
  }

  /** The request without what its user left out before. Clients without optional scopes cost no statement. */
  async withoutDeclined(tenantId: TenantId, userId: string, client: Client, access: Access): Promise<Access> {
    if (optionalScopes(client, access).length === 0) return access;
    return withoutDeclined(access, (await this.review(tenantId, userId, client, access)).declined);
  }

  /**
   * @param consent what was asked for, and the part of it that was left out. Grants of before that hold that part are
   * revoked: the consent holds what tokens may.
   */
  async approve(
    tenantId: TenantId,
    consent: {
      readonly userId: string;
      readonly clientId: string;
      readonly access: Access;
      readonly declined: ScopesByResource;
    },
    transaction: Transaction,
  ): Promise<void> {
    const of = { user_id: consent.userId, client_id: consent.clientId };
    const rows = [...scopesByResource(consent.access)].map(([resource, scopes]) => {
      const declined = consent.declined.get(resource) ?? [];
      return { ...of, resource, scopes: without(scopes, declined), declined };
    });
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
      const withdrawn = await this.repository.withdraw(tenantId, consent, transaction);
      if (withdrawn.length === 0) return false;
      const allowed = withdrawn.map(({ resource, scopes, declined }) => ({ resource, scopes, declined }));
      await this.audit.recordWith(transaction, {
        tenantId,
        type: 'consent.withdrawn',
        outcome: 'success',
        actor: by.actor,
        userId: consent.userId,
        clientId: consent.clientId,
        target: by.target,
        origin: by.origin,
        details: { resource: consent.resource, before: { allowed } },
      });
      return true;
    });
  }
}
