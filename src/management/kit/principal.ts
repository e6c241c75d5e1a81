import type { RequestOrigin } from '../../audit/request-origin.js';
import type { Client } from '../../clients/client.js';
import type { Scope } from '../../oauth/scope.js';
import type { Transaction } from '../../database/statement.js';
import type { TenantId } from '../../database/tenant-id.js';
import type { OperationId } from '../../management-client/management-client.js';
import type { GrantedOperator } from '../../operator-access/access-grant.js';
import { type SetupAct, setupActor } from '../../setup-links/setup-link.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { User } from '../../users/user.js';

/** Who calls the management API, as the access token says. */
export interface Principal {
  /** The tenant that issued the token. */
  readonly tenant: Tenant;
  /** Absent of somebody who came by a setup link, who has no token. */
  readonly client: Client | undefined;
  /** Absent when the client acts for itself, and of somebody who came by a setup link. */
  readonly user: User | undefined;
  readonly scope: Scope;
  /** Of tenant `system`: may manage every tenant. */
  readonly isOperator: boolean;
  /** Of an operator, where one is needed for this call. */
  readonly accessGrant?: GrantInUse;
  /** By which somebody without an account calls. It is never an operator, whoever made the link. */
  readonly setupLink?: SetupLinkInUse;
}

/** A setup link that the call is done by. It allows nothing but its operations. */
export interface SetupLinkInUse {
  readonly id: string;
  /** As in audit events. */
  readonly madeBy: string;
  readonly purposes: readonly string[];
  readonly operations: readonly OperationId[];
  /** Keeps it from being revoked before the transaction ends. @throws Problem when it has ended */
  readonly hold: (transaction: Transaction) => Promise<void>;
  /** Keeps with the link what was done. */
  readonly note: (act: SetupAct, transaction: Transaction) => Promise<void>;
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
export function actorOf({ user, client, tenant, setupLink }: Principal): string {
  if (setupLink) return setupActor(setupLink.id, tenant);
  if (user) return `user:${user.id}@${tenant.slug}`;
  if (!client) throw new Error('A principal is a user, a client or a setup link.');
  return `client:${client.clientId}@${tenant.slug}`;
}

/** As access grants name it. */
export function grantedOperator(principal: Principal): GrantedOperator {
  const { user, client } = principal;
  const registration = user || !client ? undefined : { id: client.registrationId, since: client.registeredAt };
  return { operator: actorOf(principal), registration };
}
