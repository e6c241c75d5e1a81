import type { TenantId } from '../database/tenant-id.js';
import type { AuditEventType } from './catalogue/event-catalogue.js';
import type { RequestOrigin } from './request-origin.js';

export interface AuditEvent {
  readonly tenantId: TenantId;
  readonly type: AuditEventType;
  readonly outcome: 'success' | 'failure';
  /** Who did it, when it is not the user or client named below: `user:<id>@<tenant>`, `client:<id>@<tenant>` or `setup_link:<id>@<tenant>`. */
  readonly actor?: string | undefined;
  readonly clientId?: string | undefined;
  readonly userId?: string | undefined;
  /** What it was done to: `<resource>:<id>`. */
  readonly target?: string | undefined;
  readonly origin?: RequestOrigin | undefined;
  /** Never a secret, a token or a password. */
  readonly details?: Readonly<Record<string, unknown>> | undefined;
}
