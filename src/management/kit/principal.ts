import type { RequestOrigin } from '../../audit/request-origin.js';
import type { Client } from '../../clients/client.js';
import type { Scope } from '../../oauth/scope.js';
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
}

/** A principal and where the request came from: what every write is recorded with. */
export interface Caller extends Principal {
  readonly origin: RequestOrigin;
}

/** As it stands in audit events. */
export function actorOf({ user, client, tenant }: Principal): string {
  return user ? `user:${user.id}@${tenant.slug}` : `client:${client.clientId}@${tenant.slug}`;
}
