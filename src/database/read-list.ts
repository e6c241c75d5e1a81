import type { EntityManager } from 'typeorm';
import { type ListRequest, type ListedTable, type Position, listStatement } from './keyset-list.js';

/** The ids of one page of a list, in its order. */
export interface ListedIds {
  readonly ids: readonly string[];
  /** Where the next page begins; undefined after the last one. A page may have fewer rows than its limit. */
  readonly next: Position | undefined;
}

/** One page of a list. */
export interface Listed<Row> {
  readonly rows: readonly Row[];
  readonly next: Position | undefined;
  readonly total: Total | undefined;
}

/** How many rows a list has. Exact as long as that is cheap to find out. */
export interface Total {
  readonly count: number;
  readonly precision: 'exact' | 'about' | 'at_least';
}

/** As many are counted. */
export const COUNTED_ROWS = 5000;

/** Without a name, so that each is planned for its own values: generic plans would not use partial indexes. */
async function readIds(manager: EntityManager, table: ListedTable, request: ListRequest): Promise<ListedIds> {
  const { limit } = request;
  const { text, values, scanned } = listStatement(table, { ...request, limit: limit + 1 });
  const rows = await manager.query<(Position & { matches: boolean })[]>(text, [...values]);
  const found = rows.filter(({ matches }) => matches);
  const shown = found.slice(0, limit);
  const ids = shown.map(({ id }) => id);
  if (found.length > limit) return { ids, next: positionOf(shown.at(-1)) };
  // All that were looked at are passed; there may be others behind them.
  return { ids, next: rows.length === scanned ? positionOf(rows.at(-1)) : undefined };
}

/** What one page of a list is read with. */
export interface ListReading<Row> {
  readonly table: ListedTable;
  readonly request: ListRequest;
  /** Reads the rows of these ids, in any order. */
  readonly find: (ids: string[]) => Promise<readonly Row[]>;
  readonly idOf: (row: Row) => string;
  /** Absent: nobody wants to know how many there are. */
  readonly count?: (() => Promise<Total>) | undefined;
}

/** One page of a list, with its rows in its order. */
export async function readPage<Row>(manager: EntityManager, reading: ListReading<Row>): Promise<Listed<Row>> {
  const { table, request, find, idOf, count } = reading;
  const { ids, next } = await readIds(manager, table, request);
  const found = ids.length === 0 ? [] : await find([...ids]);
  const total = await count?.();
  return { rows: inOrder(ids, found, idOf), next, total };
}

/** Counts what the list has, and no further than is cheap. */
export async function countRows(manager: EntityManager, table: ListedTable, request: ListRequest): Promise<Total> {
  const { text, values } = listStatement(table, { ...request, after: undefined }, COUNTED_ROWS + 1);
  const counting = `SELECT count(*)::int AS scanned, count(*) FILTER (WHERE matches)::int AS count FROM (${text}) counted`;
  const [row] = await manager.query<{ scanned: number; count: number }[]>(counting, [...values]);
  const { scanned = 0, count = 0 } = row ?? {};
  return scanned > COUNTED_ROWS
    ? { count: Math.min(count, COUNTED_ROWS), precision: 'at_least' }
    : { count, precision: 'exact' };
}

/** The rows of these ids, in the order of the ids. Those that went meanwhile are left out. */
function inOrder<Row>(ids: readonly string[], rows: readonly Row[], idOf: (row: Row) => string): Row[] {
  const byId = new Map(rows.map((row) => [idOf(row), row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

function positionOf(row: Position | undefined): Position | undefined {
  return row && { key: row.key, id: row.id };
}
