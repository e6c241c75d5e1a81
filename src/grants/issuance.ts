import type { AuditEvent } from '../audit/audit-event.js';
import type { AuditRecorder } from '../audit/audit-recorder.js';
import type { RequestOrigin } from '../audit/request-origin.js';
import type { Client } from '../clients/client.js';
import { formatScope } from '../oauth/scope.js';
import type { Tenant } from '../tenants/tenant.js';
import type { PreparedAccessToken } from '../tokens/access-token.js';

/**
 * The audit event of one token request. A handler says whose tokens they are as soon as it knows, so that a refusal
 * names them too. It stores the event in the statement that stores what is issued. Where there is no such statement,
 * the token service records the event.
 */
export class Issuance {
  private userId: string | undefined;
  private grantId: string | undefined;
  private token: Readonly<Record<string, unknown>> = {};
  private isStored = false;

  constructor(
    private readonly audit: AuditRecorder,
    private readonly request: { readonly tenant: Tenant; readonly client: Client; readonly origin: RequestOrigin },
    private readonly grantType: string | undefined,
  ) {}

  /** Whose grant the tokens are under. */
  isFor(grant: { readonly id?: string; readonly userId: string }): void {
    this.userId = grant.userId;
    this.grantId = grant.id;
  }

  /** The event as a parameter for `insertAuditEvents`; `stored` says that the statement did something. */
  eventFor(prepared: PreparedAccessToken): string {
    this.describe(prepared);
    return this.audit.parameterOf(this.issued());
  }

  describe(prepared: PreparedAccessToken): void {
    const { format, scope } = prepared;
    const { jti, audience } =
      prepared.format === 'jwt' ? { jti: prepared.claims.jti, audience: prepared.claims.aud } : prepared.record;
    this.token = { scope: formatScope(scope), format, audience, jti };
  }

  stored(): void {
    this.isStored = true;
  }

  /** The event of what was issued, unless a statement stored it already. */
  get unstored(): AuditEvent | undefined {
    return this.isStored ? undefined : this.issued();
  }

  refused(details: Readonly<Record<string, unknown>>): AuditEvent {
    return this.event('token.refused', 'failure', details);
  }

  private issued(): AuditEvent {
    return this.event('token.issued', 'success', this.token);
  }

  private event(type: AuditEvent['type'], outcome: AuditEvent['outcome'], about: AuditEvent['details']): AuditEvent {
    const { tenant, client, origin } = this.request;
    const details = { grant_type: this.grantType, grant: this.grantId, ...about };
    return { tenantId: tenant.id, type, outcome, clientId: client.clientId, userId: this.userId, origin, details };
  }
}
