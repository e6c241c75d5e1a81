import { Injectable } from '@nestjs/common';
import type { AuditEvent } from '../audit/audit-event.js';
import { AuditRecorder } from '../audit/audit-recorder.js';
import { changeDetails } from '../audit/changed-members.js';
import type { AuditEventType } from '../audit/catalogue/event-catalogue.js';
import type { RequestOrigin } from '../audit/request-origin.js';
import type { Companion } from '../database/unit-of-work.js';
import { GroupsService } from '../groups/groups.service.js';
import type { Tenant } from '../tenants/tenant.js';
import { normalizeIdentifier } from '../users/identifier.js';
import type { User } from '../users/user.js';
import { NotDeveloperError } from './client-registration.js';

/** A person at work on clients of their own. */
export interface Developer {
  readonly tenant: Tenant;
  readonly user: User;
  readonly origin: RequestOrigin;
}

/** What a developer did, for the audit log. */
export interface DeveloperEvent<Written> {
  readonly type: AuditEventType;
  readonly clientId: string;
  readonly details?: AuditEvent['details'];
  /** What the API shows of it; a thing that is new has no `before`, one that is gone no `after`. */
  readonly before?: object;
  readonly after?: (written: Written) => object;
}

/** Who may register clients, and how it is recorded what they do. */
@Injectable()
export class Developers {
  constructor(
    private readonly groups: GroupsService,
    private readonly audit: AuditRecorder,
  ) {}

  /** Whether the person may register clients at this tenant, today. */
  async isDeveloper(tenant: Tenant, user: User): Promise<boolean> {
    return (await this.refusal(tenant, user)) === undefined;
  }

  /** @throws NotDeveloperError */
  async require({ tenant, user }: Developer): Promise<void> {
    const refusal = await this.refusal(tenant, user);
    if (refusal !== undefined) throw new NotDeveloperError(refusal);
  }

  /** Records what the developer did to a registration, in its transaction, and what differs by it. */
  recording<Written>(developer: Developer, event: DeveloperEvent<Written>): Companion<Written> {
    return {
      begin: async () => {},
      finish: async (transaction, written) => {
        const values = changeDetails(event.before, event.after?.(written));
        const details = (event.details || values) && { ...event.details, ...values };
        await this.audit.recordWith(transaction, eventOf(developer, { ...event, details }));
      },
    };
  }

  private async refusal({ id, policy }: Tenant, user: User): Promise<string | undefined> {
    if (policy.developerRegistration === 'off') {
      return 'The tenant does not let people register clients (policy developer_registration).';
    }
    if (policy.developerGroups.length === 0) return undefined;
    const names = await this.groups.namesOfUser(id, user.id);
    if (names.some((name) => policy.developerGroups.includes(name))) return undefined;
    return 'The tenant lets members of certain groups register clients (policy developer_groups); ask its administrator.';
  }
}

export function actorOf({ tenant, user }: Developer): string {
  return `user:${user.id}@${tenant.slug}`;
}

/** Names under which others may ask this person: those that are proven to be theirs. */
export function identifiersOf({ username, email, emailVerified }: User): string[] {
  return [username, ...(emailVerified && email ? [email] : [])].map(normalizeIdentifier);
}

function eventOf(
  { tenant, user, origin }: Developer,
  { type, clientId, details }: { type: AuditEventType; clientId: string; details: AuditEvent['details'] },
): AuditEvent {
  const target = `client:${clientId}`;
  return { tenantId: tenant.id, type, outcome: 'success', userId: user.id, clientId, target, origin, details };
}
