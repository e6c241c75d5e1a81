import type { RequestOrigin } from '../../audit/request-origin.js';
import type { Client } from '../../clients/client.js';
import type { Scope } from '../../oauth/scope.js';
import type { Transaction } from '../../database/statement.js';
import type { TenantId } from '../../database/tenant-id.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { User } from '../../users/user.js';

/** Who calls the management API, as the access token says. */
export interface Principal {
  /** The tenant that issued the token. */
  readonly tenant: Tenant;
  readonly client: Client;
  /** Absent when the client acts for itself. */
  readonly user: User | undefined;
  readonly scope: Scope;
  /** Of tenant `system`: may manage every tenant. */
  readonly isOperator: boolean;
  /** Of an operator, where one is needed for this call. */
  readonly accessGrant?: GrantInUse;
}

/** An access grant that the call is done by. */
export interface GrantInUse {
  readonly id: string;
  /** Whose people and secrets it is about. */
  readonly tenantId: TenantId;
  /** Keeps it from ending before the transaction does. @throws Problem when it has ended */
  readonly hold: (transaction: Transaction) => Promise<void>;
}

/** A principal and where the request came from: what every write is recorded with. */
export interface Caller extends Principal {
  readonly origin: RequestOrigin;
}

/** As it stands in audit events. */
export function actorOf({ user, client, tenant }: Principal): string {
  return user ? `user:${user.id}@${tenant.slug}` : `client:${client.clientId}@${tenant.slug}`;
}
