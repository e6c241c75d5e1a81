import { jest } from '@jest/globals';
import { Client } from 'pg';
import { TenantBatch } from '../../src/database/tenant-batch.js';

/** A statement as the application sent it. */
export interface SentStatement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** Records what the serving connections of this process send, with its values. */
export function recordStatements(): { take(): SentStatement[]; restore(): void } {
  let sent: SentStatement[] = [];
  const original = Reflect.get(Client.prototype, 'query') as (...args: unknown[]) => unknown;
  const spy = jest
    .spyOn(Client.prototype as unknown as Record<string, (...args: unknown[]) => unknown>, 'query')
    .mockImplementation(function (this: unknown, ...args: unknown[]) {
      const { connectionParameters } = this as { connectionParameters: { application_name?: string } };
      if (connectionParameters.application_name === 'tenantry') sent.push(...statementsOf(args));
      return original.apply(this, args);
    });
  return {
    take: () => {
      const taken = sent;
      sent = [];
      return taken;
    },
    restore: () => void spy.mockRestore(),
  };
}

function statementsOf([query, values]: readonly unknown[]): SentStatement[] {
  if (query instanceof TenantBatch) {
    return query.statements.map(({ statement, values: bound }) => ({ text: statement.text, values: bound }));
  }
  if (typeof query === 'string') return [{ text: query, values: Array.isArray(values) ? (values as unknown[]) : [] }];
  const { text, values: own = [] } = query as { text: string; values?: unknown[] };
  return [{ text, values: own }];
}
