import type { AuditEventType } from '../../audit/catalogue/event-catalogue.js';
import { LEFT_OUT, changeDetails } from '../../audit/changed-members.js';
import type { AuditRecorder } from '../../audit/audit-recorder.js';
import type { TenantId } from '../../database/tenant-id.js';
import type { Companion } from '../../database/unit-of-work.js';
import { etagOf } from './etag.js';
import { type Caller, actorOf } from './principal.js';
import type { RequestKey, StoredAnswer } from './request-key.js';
import { WriteAnswer } from './write-answer.js';

/** What was changed, for the audit log. */
export interface RecordedChange {
  readonly type: AuditEventType;
  /** `<resource>:<id>` */
  readonly target: string;
  /** The body of the request; what must not be read by others is left out. */
  readonly body?: object | undefined;
  readonly details?: Readonly<Record<string, unknown>> | undefined;
  /** What the API showed of it before. With the answer it tells which members changed, from what and to what. */
  readonly before?: object | undefined;
  /**
   * What the API shows of it now. Default: the answer, if there is `before` to compare it with, or the type says that it
   * was created.
   */
  readonly after?: object | undefined;
}

/** One write: what is done, how it is recorded, and how it is answered. */
export interface Write<Written> {
  /** In whose transaction it is done. */
  readonly tenantId: TenantId;
  /** In whose log it is recorded, when that is another one. */
  readonly recordedIn?: TenantId;
  /** Undefined when nothing was changed. */
  readonly change: (written: Written) => RecordedChange | undefined;
  readonly answer: (written: Written) => WriteAnswer;
  /** Calls the service that does it, which takes the companion into its transaction. */
  readonly work: (companion: Companion<Written>) => Promise<Written | undefined>;
  /** What to throw when there was nothing to write to. */
  readonly otherwise: () => Error;
}

export const NO_CONTENT = new WriteAnswer(undefined);

/**
 * The one write of a management request. Its statements, its audit event and its Idempotency-Key with the answer are
 * one transaction: all of it happened, or nothing.
 */
export class ManagementWrite {
  constructor(
    readonly caller: Caller,
    private readonly request: { readonly path: string; readonly status: number; readonly key: RequestKey | undefined },
    private readonly audit: AuditRecorder,
  ) {}

  /**
   * One item of a bulk request: a write of its own, with its own key.
   * @param path of the collection, for the address of what is made
   */
  item(index: number, { path, status }: { readonly path: string; readonly status: number }): ManagementWrite {
    return new ManagementWrite(this.caller, { path, status, key: this.request.key?.part(index) }, this.audit);
  }

  /** The answer that was given to this write under its key before, if so. */
  async answeredBefore(): Promise<StoredAnswer | undefined> {
    return this.request.key?.find();
  }

  /** Of the request. */
  get path(): string {
    return this.request.path;
  }

  async perform<Written>(write: Write<Written>): Promise<WriteAnswer> {
    const answer = onceFor(write.answer);
    const written = await write.work(this.companionOf({ ...write, answer }));
    if (written === undefined) throw write.otherwise();
    return answer(written);
  }

  /** The body of a 201, with the address of what was made (RFC 9110 §15.3.2) and its entity tag. */
  created({ id, version }: { readonly id: string; readonly version?: number }, body: unknown): WriteAnswer {
    return new WriteAnswer(body, {
      Location: `${this.request.path}/${encodeURIComponent(id)}`,
      ...(version !== undefined && { ETag: etagOf(version) }),
    });
  }

  /** The body of a 200, with the entity tag of the version that was made. */
  changed({ version }: { readonly version: number }, body: unknown): WriteAnswer {
    return new WriteAnswer(body, { ETag: etagOf(version) });
  }

  private companionOf<Written>({ tenantId, recordedIn, change, answer }: Write<Written>): Companion<Written> {
    const { key, status } = this.request;
    return {
      begin: async (transaction) => {
        await key?.claim(tenantId, transaction);
        const { accessGrant } = this.caller;
        if (accessGrant?.tenantId === tenantId) await accessGrant.hold(transaction);
        await this.caller.setupLink?.hold(transaction);
      },
      finish: async (transaction, written) => {
        const recorded = change(written);
        if (recorded) {
          const values = shownOf(recorded, () => answer(written).body);
          await this.audit.recordWith(transaction, this.eventOf(recordedIn ?? tenantId, recorded, values));
          await this.caller.setupLink?.note(recorded, transaction);
        }
        await key?.answer(tenantId, { status, answer: answer(written) }, transaction);
      },
    };
  }

  private eventOf(
    tenantId: TenantId,
    { type, target, body, details }: RecordedChange,
    values: ReturnType<typeof changeDetails>,
  ) {
    const { caller } = this;
    const { user, accessGrant, setupLink } = caller;
    return {
      tenantId,
      type,
      outcome: 'success',
      actor: actorOf(caller),
      ...concerning(target),
      target,
      origin: caller.origin,
      details: (body || details || values || user || accessGrant || setupLink) && {
        // A person acts through a client; a client that acts for itself is the actor.
        ...(user && { through: caller.client?.clientId }),
        ...(accessGrant && { access_grant: accessGrant.id }),
        ...(setupLink && { made_by: setupLink.madeBy }),
        ...(body && { changed: Object.keys(body), ...redact(body) }),
        ...details,
        ...values,
      },
    } as const;
  }
}

/** The event, the stored answer and the answer itself are of one thing, which is made once. */
function onceFor<Written, Answer>(make: (written: Written) => Answer): (written: Written) => Answer {
  const answers = new Map<Written, Answer>();
  return (written) => {
    const answer = answers.get(written) ?? make(written);
    answers.set(written, answer);
    return answer;
  };
}

function shownOf({ type, before, after: given }: RecordedChange, answer: () => unknown) {
  const after = given ?? (before || type.endsWith('.created') ? answer() : undefined);
  return changeDetails(before, typeof after === 'object' && after !== null ? after : undefined);
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
