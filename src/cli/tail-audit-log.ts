import { setTimeout as delay } from 'node:timers/promises';
import { CliError } from './installation.js';
import { readMessages } from './event-stream.js';
import { type ManagementApi, type Member, RefusedError } from './management-api.js';
import { cell } from './table.js';
import { type Terminal, toJson, visible } from './terminal.js';

export interface TailOptions {
  readonly filters: Readonly<Record<string, string | undefined>>;
  /** Default: after the newest event. */
  readonly after?: string | undefined;
  /** How many events; default: until the person ends it. */
  readonly limit?: number | undefined;
  readonly json?: boolean | undefined;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;
const COLUMNS = ['occurred_at', 'type', 'outcome', 'actor', 'client_id', 'target', 'address', 'details'];

/** What passes, and what a new connection helps against. */
const PASSING = new Set([429, 500, 502, 503, 504]);

/** Prints events as they happen. When the connection is lost it goes on after the last event. @throws CliError */
export async function tailAuditLog(
  api: ManagementApi,
  tenant: string,
  { filters, after, limit = Infinity, json }: TailOptions,
  terminal: Terminal,
): Promise<void> {
  const tail = new Tail(api, tenant, filters, after);
  let left = limit;
  for await (const event of tail.events()) {
    terminal.print(json ? toJson(event, 0) : lineOf(event));
    left -= 1;
    // `| head` has seen enough.
    if (left <= 0 || process.stdout.destroyed) return;
    for (const warning of tail.takeWarnings()) terminal.warn(warning);
  }
}

class Tail {
  private readonly warnings: string[] = [];
  private waitMs = FIRST_WAIT_MS;
  private wasConnected = false;

  constructor(
    private readonly api: ManagementApi,
    private readonly tenant: string,
    private readonly filters: Readonly<Record<string, string | undefined>>,
    private cursor: string | undefined,
  ) {}

  takeWarnings(): string[] {
    return this.warnings.splice(0);
  }

  async *events(): AsyncGenerator<Member> {
    for (;;) {
      yield* this.connection();
      await delay(this.waitMs * (0.5 + Math.random()));
      this.waitMs = Math.min(this.waitMs * 2, LONGEST_WAIT_MS);
    }
  }

  private async *connection(): AsyncGenerator<Member> {
    const body = await this.connect();
    if (!body) return;
    try {
      for await (const { id, event, data } of readMessages(body)) {
        this.cursor = id ?? this.cursor;
        this.waitMs = FIRST_WAIT_MS;
        if (event === 'end') return refuseEnd(data, this.tenant);
        if (event === 'message' && data !== '') yield JSON.parse(data) as Member;
      }
    } catch (error) {
      // A lost connection; the next one says more.
      if (error instanceof CliError) throw error;
    }
  }

  private async connect(): Promise<AsyncIterable<Uint8Array> | undefined> {
    try {
      const { body } = await this.api.stream('streamAuditEvents', {
        path: { tenant: this.tenant },
        query: { ...this.filters, after: this.cursor },
        missing: `tenant ${this.tenant}`,
      });
      this.wasConnected = true;
      return (body ?? undefined) as AsyncIterable<Uint8Array> | undefined;
    } catch (error) {
      this.judge(error);
      return undefined;
    }
  }

  /** @throws what another attempt does not help against */
  private judge(error: unknown): void {
    if (!(error instanceof CliError)) throw error;
    if (!(error instanceof RefusedError)) {
      if (!this.wasConnected) throw error;
      return;
    }
    const { status, problem } = error;
    if (status === 410 && this.wasConnected && typeof problem['next'] === 'string') {
      this.cursor = problem['next'];
      this.waitMs = 0;
      this.warnings.push(`Some events are missing: ${error.message}`);
      return;
    }
    if (!PASSING.has(status) || !this.wasConnected) throw error;
  }
}

function refuseEnd(data: string, tenant: string): void {
  const { reason } = JSON.parse(data) as { readonly reason?: unknown };
  if (reason === 'access_ended') {
    throw new CliError(`The access to the log of tenant ${tenant} has ended: permission, grant, or the tenant itself.`);
  }
}

function lineOf(event: Member): string {
  const values = COLUMNS.map((name) => visible(cell(event[name])).replace(/\s+/g, ' '));
  return values.filter((value) => value !== '' && value !== '-').join('  ');
}
