import pg, { Query, types } from 'pg';
import { isUuid } from '../crypto/uuid.js';
import { type Statement, statement } from './statement.js';
import type { TenantId } from './tenant-id.js';

export interface BoundStatement {
  readonly statement: Statement;
  readonly values: readonly unknown[];
}

export type Rows = readonly object[];

/** Names the tenant to row-level security, until the transaction ends. */
const setTenant = statement('tenant.set', `SELECT set_config('app.tenant_id', $1, true)`);

/**
 * Statements for one tenant in one round trip, all or nothing: the setting of the tenant, the statements, and one Sync.
 * PostgreSQL runs everything before a Sync as one transaction (protocol, "Pipelining"). So the tenant is set for these
 * statements alone, and an error undoes all of them. Results are returned after the commit. `pg` pipelines only queries
 * of its own class. It records what a connection has prepared under the `name` of the query being answered, so `name`
 * is that of the statement whose turn it is.
 */
export class TenantBatch extends (Query as unknown as DriverQuery) {
  declare name: string | undefined;
  declare text: string | undefined;
  declare callback: DriverConfig['callback'];
  private readonly steps: readonly BoundStatement[];
  private readonly results: object[][];
  private answered = 0;
  private reader: RowReader | undefined;
  private failure: Error | undefined;

  constructor(
    readonly tenantId: TenantId,
    readonly statements: readonly BoundStatement[],
    callback: DriverConfig['callback'],
  ) {
    super('', undefined, callback); // a text, because an object would be copied member by member
    if (!isUuid(tenantId)) throw new Error('A tenant id must be a lower-case UUID.');
    this.steps = [{ statement: setTenant, values: [tenantId] }, ...statements];
    this.results = this.steps.map(() => []);
    this.turnTo(0);
  }

  /** @returns an error when nothing was sent */
  submit(connection: Wire): Error | null {
    let bound: unknown[][];
    try {
      bound = this.steps.map(({ values }) => values.map((value) => prepareValue(value)));
    } catch (error) {
      return error as Error;
    }
    connection.stream.cork();
    try {
      for (const [index, step] of this.steps.entries()) this.send(connection, step.statement, bound[index] ?? []);
      connection.sync();
    } finally {
      connection.stream.uncork();
    }
    return null;
  }

  handleRowDescription({ fields }: { readonly fields: readonly Field[] }): void {
    this.reader = rowReader(fields);
  }

  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    if (!this.reader || this.failure) return;
    try {
      this.results[this.answered]?.push(this.reader(fields));
    } catch (error) {
      this.failure = error as Error;
    }
  }

  handleCommandComplete(): void {
    this.turnTo(this.answered + 1);
  }

  /** The server skips everything after the failed statement until the Sync, so none of those is prepared. */
  handleError(error: Error, { submittedNamedStatements }: Wire): void {
    for (const { statement: skipped } of this.steps.slice(this.answered)) delete submittedNamedStatements[skipped.name];
    this.callback(error, undefined);
  }

  handleReadyForQuery(): void {
    if (this.failure) this.callback(this.failure, undefined);
    else this.callback(null, this.results.slice(1));
  }

  handleEmptyQuery(): void {}

  handlePortalSuspended(): void {}

  handleCopyInResponse(connection: Wire): void {
    connection.sendCopyFail('No statement of a batch copies.');
  }

  handleCopyData(): void {}

  private send(connection: Wire, { name, text }: Statement, values: readonly unknown[]): void {
    const { parsedStatements, submittedNamedStatements } = connection;
    if (parsedStatements[name] === undefined && submittedNamedStatements[name] === undefined) {
      connection.parse({ name, text });
      submittedNamedStatements[name] = text;
    }
    connection.bind({ statement: name, values });
    if (name !== setTenant.name) connection.describe({ type: 'P' });
    connection.execute({});
  }

  private turnTo(step: number): void {
    this.answered = step;
    this.reader = undefined;
    this.name = this.steps[step]?.statement.name;
    this.text = this.steps[step]?.statement.text;
  }
}

type DriverQuery = new (text: string, values: undefined, callback: DriverConfig['callback']) => object;

interface DriverConfig {
  callback(error: Error | null, results: readonly Rows[] | undefined): void;
}

/** What `pg` has beyond its published types. */
interface Wire {
  readonly stream: { cork(): void; uncork(): void };
  readonly parsedStatements: Record<string, string>;
  readonly submittedNamedStatements: Record<string, string>;
  parse(message: { readonly name: string; readonly text: string }): void;
  bind(message: { readonly statement: string; readonly values: readonly unknown[] }): void;
  describe(message: { readonly type: 'P' }): void;
  execute(message: object): void;
  sync(): void;
  sendCopyFail(reason: string): void;
}

interface Field {
  readonly name: string;
  readonly dataTypeID: number;
}

type RowReader = (values: readonly (string | null)[]) => object;

const { prepareValue } = (pg as unknown as { readonly utils: { readonly prepareValue: (value: unknown) => unknown } })
  .utils;

function rowReader(fields: readonly Field[]): RowReader {
  const columns = fields.map(({ name, dataTypeID }) => ({
    name,
    parse: types.getTypeParser(dataTypeID, 'text') as (value: string) => unknown,
  }));
  return (values) => {
    const row: Record<string, unknown> = {};
    columns.forEach(({ name, parse }, index) => {
      const value = values[index];
      row[name] = value === null || value === undefined ? null : parse(value);
    });
    return row;
  };
}
