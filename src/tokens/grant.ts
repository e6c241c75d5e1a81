import type { Scope } from '../oauth/scope.js';
import type { GrantReference } from './access-token.js';

/** What one user allowed one client at one moment; its code and tokens live and die with it. */
export interface Grant extends GrantReference {
  readonly userId: string;
  readonly clientId: string;
  readonly scope: Scope;
  readonly resources: readonly string[];
  readonly resourcesRequested: boolean;
}

/** The columns of `grants` (as `g`) that make a `Grant`. */
export const GRANT_COLUMNS = `
  g.id AS grant_id, g.client_id, g.session_id, g.scope, g.resources, g.resources_requested,
  extract(epoch FROM g.auth_time)::float8 AS auth_time, g.acr, g.amr`;

export interface GrantRow {
  readonly grant_id: string;
  readonly user_id: string;
  readonly client_id: string;
  readonly session_id: string | null;
  readonly scope: string[];
  readonly resources: string[];
  readonly resources_requested: boolean;
  readonly auth_time: number;
  readonly acr: string;
  readonly amr: string[];
}

export function toGrant(row: GrantRow): Grant {
  return {
    id: row.grant_id,
    userId: row.user_id,
    clientId: row.client_id,
    sessionId: row.session_id ?? undefined,
    scope: row.scope,
    resources: row.resources,
    resourcesRequested: row.resources_requested,
    authTime: Math.floor(row.auth_time),
    acr: row.acr,
    amr: row.amr,
  };
}
