import type { ListedSession } from '../sessions/sessions.repository.js';
import type { PersonEvent } from './account-activity.js';
import type { AllowedApplication } from './allowed-applications.js';

/** What a person is told about their account in JSON: by the account API, and in the file with their data. */

export function sessionJson({ id, userAgent, address, authTime, lastSeenAt }: ListedSession) {
  return {
    id,
    user_agent: userAgent ?? null,
    address: address ?? null,
    signed_in_at: authTime,
    last_seen_at: lastSeenAt,
  };
}

export function applicationJson({ clientId, name, allowedAt, lastUsedAt, access }: AllowedApplication) {
  return {
    client_id: clientId,
    client_name: name,
    allowed_at: allowedAt,
    last_used_at: lastUsedAt ?? null,
    access: access.map(({ resource, scopes }) => ({ resource: resource === '' ? null : resource, scopes })),
  };
}

export function eventJson({ type, occurredAt, outcome, clientId, address, isByOthers }: PersonEvent) {
  return {
    type,
    occurred_at: occurredAt,
    outcome,
    client_id: clientId ?? null,
    address: address ?? null,
    by_administrator: isByOthers,
  };
}
