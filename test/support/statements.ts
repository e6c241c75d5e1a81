import { AsyncLocalStorage } from 'node:async_hooks';
import { Server } from 'node:http';
import { Client } from 'pg';
import { TenantBatch } from '../../src/database/tenant-batch.js';

/** What the serving connections of this process call themselves; the change feed and the tests have other names. */
const SERVING = 'tenantry';
const TRANSACTION = /^(BEGIN|SET LOCAL|COMMIT|ROLLBACK|-- batch)/;
/** Stands before the statements that go in one round trip with their tenant, as one transaction. */
export const BATCH = '-- batch';
/** Written in the background, for many requests at a time. */
const AUDIT = 'audit_events.append';
/** Done from time to time, for no request; also when a request was what set the timer. */
const UPKEEP = /^upkeep\./;

/** Is set for what a request to the application causes, and for what the watched work itself does. */
const caused = new AsyncLocalStorage<true>();

/**
 * Watches what requests cause the application to send to its database, at the driver. What a process does by itself
 * meanwhile, such as asking its queues for work, is no part of it.
 */
export class StatementWatch {
  private statements: string[] = [];

  constructor() {
    if (watches.size === 0) unpatch = patch();
    watches.add(this);
  }

  /** The statements that `work` waits for, by name or text; without those that only open and close transactions. */
  async during(work: () => Promise<unknown>): Promise<string[]> {
    return (await this.all(work)).filter((text) => !TRANSACTION.test(text) && text !== AUDIT);
  }

  /** Everything sent for `work`, in order. */
  async all(work: () => Promise<unknown>): Promise<string[]> {
    this.statements = [];
    await caused.run(true, work);
    return this.statements;
  }

  take(statements: readonly string[]): void {
    this.statements.push(...statements);
  }

  restore(): void {
    watches.delete(this);
    if (watches.size === 0) unpatch();
  }
}

/** Several suites that run in one file may watch at the same time. The driver is patched once for all of them. */
const watches = new Set<StatementWatch>();
let unpatch = () => {};

/** @returns what ends it */
function patch(): () => void {
  const restores = [
    around(Server.prototype, 'emit', (emit) => caused.run(true, emit)),
    around(Client.prototype, 'query', (query, client, [sent]) => {
      if (caused.getStore()) {
        const statements = statementsOf(client as Connected, sent);
        for (const watch of watches) watch.take(statements);
      }
      return query();
    }),
  ];
  return () => restores.forEach((restore) => restore());
}

type Method = (this: unknown, ...args: unknown[]) => unknown;

/** @returns what ends it */
function around(
  prototype: object,
  name: string,
  call: (original: () => unknown, target: unknown, args: readonly unknown[]) => unknown,
): () => void {
  const own = Object.getOwnPropertyDescriptor(prototype, name);
  const original = Reflect.get(prototype, name) as Method;
  Object.defineProperty(prototype, name, {
    configurable: true,
    writable: true,
    value: function (this: unknown, ...args: unknown[]) {
      return call(() => original.apply(this, args), this, args);
    },
  });
  return () => {
    if (own) Object.defineProperty(prototype, name, own);
    else Reflect.deleteProperty(prototype, name);
  };
}

function statementsOf({ connectionParameters }: Connected, query: unknown): string[] {
  if (connectionParameters.application_name !== SERVING) return [];
  if (query instanceof TenantBatch) {
    const names = query.statements.map(({ statement }) => statement.name);
    return names.every((name) => UPKEEP.test(name)) ? [] : [BATCH, ...names];
  }
  const { name, text } = typeof query === 'string' ? { name: undefined, text: query } : (query as Named);
  // The empty one asks a connection whether it is alive.
  return text === '' || UPKEEP.test(name ?? text) ? [] : [name ?? text];
}

interface Connected {
  readonly connectionParameters: { readonly application_name?: string };
}

interface Named {
  readonly name?: string;
  readonly text: string;
}
