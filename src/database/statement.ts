import type { QueryResultRow } from 'pg';

/** SQL that runs per request: written by hand, prepared once per connection under its name. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** `name` is `<table>.<verb>`, unique in the program. */
export function statement(name: string, text: string): Statement {
  return { name, text };
}

/** What a repository method may do inside a transaction. */
export interface Transaction {
  query<Row extends QueryResultRow>(statement: Statement, values: readonly unknown[]): Promise<Row[]>;
}
