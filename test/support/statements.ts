import { jest } from '@jest/globals';
import { Client } from 'pg';
import { TenantBatch } from '../../src/database/tenant-batch.js';

/** What the serving connections of this process call themselves; the change feed and the tests have other names. */
const SERVING = 'tenantry';
const TRANSACTION = /^(BEGIN|SET LOCAL|COMMIT|ROLLBACK|-- batch)/;
/** Stands before the statements that go in one round trip with their tenant, as one transaction. */
export const BATCH = '-- batch';
/** Written in the background, for many requests at a time. */
const AUDIT = 'audit_events.append';
/** Done from time to time, for no request. */
const UPKEEP = /^upkeep\./;

/** Watches what the application sends to its database, at the driver. */
export class StatementWatch {
  private readonly spy = jest.spyOn(Client.prototype, 'query');

  /** The statements that `work` waits for, by name or text; without those that only open and close transactions. */
  async during(work: () => Promise<unknown>): Promise<string[]> {
    this.spy.mockClear();
    await work();
    return this.sent().filter((text) => !TRANSACTION.test(text) && text !== AUDIT);
  }

  /** Everything sent during `work`, in order. */
  async all(work: () => Promise<unknown>): Promise<string[]> {
    this.spy.mockClear();
    await work();
    return this.sent();
  }

  restore(): void {
    this.spy.mockRestore();
  }

  private sent(): string[] {
    return this.spy.mock.calls.flatMap(([query]: unknown[], index) => {
      const { connectionParameters } = this.spy.mock.contexts[index] as Connected;
      if (connectionParameters.application_name !== SERVING) return [];
      if (query instanceof TenantBatch) {
        const names = query.statements.map(({ statement }) => statement.name);
        return names.every((name) => UPKEEP.test(name)) ? [] : [BATCH, ...names];
      }
      const { name, text } = typeof query === 'string' ? { name: undefined, text: query } : (query as Named);
      // The empty one asks a connection whether it is alive.
      return text === '' || UPKEEP.test(name ?? text) ? [] : [name ?? text];
    });
  }
}

interface Connected {
  readonly connectionParameters: { readonly application_name?: string };
}

interface Named {
  readonly name?: string;
  readonly text: string;
}
