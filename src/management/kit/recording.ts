import { Injectable } from '@nestjs/common';
import type { AuditEventType } from '../../audit/audit-event.js';
import { AuditRecorder } from '../../audit/audit-recorder.js';
import type { Alongside } from '../../database/statement.js';
import type { TenantId } from '../../database/tenant-id.js';
import { type Caller, actorOf } from './principal.js';

/** What was changed, for the audit log. */
export interface RecordedChange {
  readonly type: AuditEventType;
  /** `<resource>:<id>` */
  readonly target: string;
  /** The body of the request; what must not be read by others is left out. */
  readonly body?: object | undefined;
  /** Instead of the body, what came of the request. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Members that are secrets, or too long to be worth keeping. */
const LEFT_OUT = new Set(['password', 'client_secret', 'logo', 'jwks']);

/** Records every write of the management API in the transaction of the write. */
@Injectable()
export class Recording {
  constructor(private readonly audit: AuditRecorder) {}

  of(caller: Caller, tenantId: TenantId, { type, target, body, details }: RecordedChange): Alongside {
    return (transaction) =>
      this.audit.recordWith(transaction, {
        tenantId,
        type,
        outcome: 'success',
        actor: actorOf(caller),
        ...concerning(target),
        target,
        origin: caller.origin,
        details: details ?? (body && { changed: Object.keys(body), ...redact(body) }),
      });
  }
}

/** The client or user it was done to; who did it is the actor. */
function concerning(target: string): { readonly clientId?: string; readonly userId?: string } {
  const [kind, ...rest] = target.split(':');
  const id = rest.join(':');
  return kind === 'client' ? { clientId: id } : kind === 'user' ? { userId: id } : {};
}

function redact(body: object): object {
  return Object.fromEntries(Object.entries(body).filter(([name]) => !LEFT_OUT.has(name)));
}
