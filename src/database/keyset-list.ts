import type { TenantId } from './tenant-id.js';

/** SQL with the numbers of its values: `values.add` gives the parameter that stands for a value. */
export type Condition = (values: Values) => string;

/** A list of one table, `t`, and what it can be asked for. All keys are texts that compare by their bytes. */
export interface ListedTable {
  /** Of the table, with a condition that always holds. */
  readonly from: string;
  /** Expression for the id of a row, and the type that the id has. */
  readonly id: string;
  readonly idType: 'uuid' | 'text';
  readonly always: Condition;
  /** What is searched: in the order of each there is an index. */
  readonly searched: readonly SearchedKey[];
}

/** One way in which a row is found by its beginning. */
export interface SearchedKey {
  /** Expression for the key. */
  readonly key: string;
  /** Another relation that has the keys. */
  readonly joined?: Joined;
}

interface Joined {
  readonly relation: string;
  readonly on: string;
}

/** The condition of a table whose rows are of tenants. */
export function ofTenant(tenantId: TenantId): Condition {
  return (values) => `t.tenant_id = ${values.add(tenantId)}`;
}

/** A place in a list: the key in whose order the list is, and the id. */
export interface Position {
  readonly key: string;
  readonly id: string;
}

/** A filter with an index of its own: of the table, or of another relation that has its ids. */
export interface Driver {
  readonly condition: Condition;
  readonly joined?: { readonly relation: string; readonly on: string; readonly id: string };
}

export interface ListRequest {
  readonly after?: Position | undefined;
  readonly limit: number;
  readonly search?: string | undefined;
  /** Key of the order; without one it is the order of the ids. A search has an order of its own. */
  readonly sortKey?: string | undefined;
  readonly descending?: boolean | undefined;
  /** A filter that an index serves in the order of the ids. */
  readonly driver?: Driver | undefined;
  /** A condition that ends the index of the ids, such as on when rows were made. */
  readonly range?: Condition | undefined;
  /** Conditions that are asked of each row that is looked at. */
  readonly filters: readonly Condition[];
}

/** How many rows one request looks at, at most, for those that fulfil its filters. */
export const SCANNED_ROWS = 1000;

export class Values {
  readonly list: unknown[] = [];

  add(value: unknown): string {
    this.list.push(value);
    return `$${this.list.length}`;
  }
}

export interface ListStatement {
  readonly text: string;
  readonly values: readonly unknown[];
  /** How many rows it looks at; with as many there may be more. */
  readonly scanned: number;
}

const UUID_DIGITS = 32;
/** Eight digits are the first group of an id. What is shorter is a word. */
const BEGINNING_OF_ID = /^[0-9a-f]{8}(-?[0-9a-f]{0,4}){0,3}(-?[0-9a-f]{0,12})$/i;

/** Reads positions: `key`, `id`, and whether the row `matches` the filters. */
export function listStatement(table: ListedTable, request: ListRequest, scanned = scanOf(request)): ListStatement {
  const values = new Values();
  const direction = request.descending === true && request.search === undefined ? 'DESC' : 'ASC';
  const branches = branchesOf(table, request, values, { direction, scanned });
  const [only, ...others] = branches;
  if (others.length === 0) return { text: only ?? '', values: values.list, scanned };
  const all = branches.map((one) => `(${one})`).join(' UNION ALL ');
  const order = orderOf('key', { ...table, id: 'id' }, direction);
  return {
    text: `SELECT * FROM (${all}) c ORDER BY ${order} LIMIT ${values.add(scanned)}`,
    values: values.list,
    scanned,
  };
}

/** Without a search and filters each row that is looked at is on the page. */
function scanOf({ filters, driver, range, search, sortKey, limit }: ListRequest): number {
  const isWhole = search === undefined && filters.length === 0 && (sortKey === undefined || (!driver && !range));
  return isWhole ? limit : Math.max(limit, SCANNED_ROWS);
}

interface Scan {
  readonly direction: 'ASC' | 'DESC';
  readonly scanned: number;
}

function branchesOf(table: ListedTable, request: ListRequest, values: Values, scan: Scan): string[] {
  const { search, driver, range, sortKey } = request;
  if (search === undefined && sortKey === undefined) {
    const { joined } = driver ?? {};
    const conditions = [driver?.condition, range].flatMap((condition) => condition?.(values) ?? []);
    return [branch(table, request, values, { ...scan, key: joined?.id ?? table.id, join: joinOf(joined), conditions })];
  }
  const others = [...(driver ? [asFilter(driver)] : []), ...(range ? [range] : [])];
  const filters = [...request.filters, ...others];
  if (search !== undefined) return searchesOf(table, { ...request, search, filters }, values, scan);
  return [branch(table, { ...request, filters }, values, { ...scan, key: sortKey ?? table.id, conditions: [] })];
}

/**
 * One for each key. A row that an earlier one finds does not match in a later one. That is asked of the rows that are
 * looked at and does not choose them: where most names begin as the user names do, all of them would be passed over.
 */
function searchesOf(
  table: ListedTable,
  request: ListRequest & { readonly search: string },
  values: Values,
  scan: Scan,
): string[] {
  const { search } = request;
  const low = `search_key(${values.add(search)}::text) COLLATE "C"`;
  const within = (key: string) => `${collatedKey(key)} >= ${low} AND ${collatedKey(key)} < ${low} || chr(1114111)`;
  const elsewhere: Condition[] = [];
  const onlyHere = () => ({ ...request, filters: [...request.filters, ...elsewhere] });
  const found = table.searched.map(({ key, joined }) => {
    const one = branch(table, onlyHere(), values, { ...scan, key, join: joinOf(joined), conditions: [within(key)] });
    const finds = joined ? exists(joined, within(key)) : within(key);
    elsewhere.push(() => `NOT coalesce(${finds}, false)`);
    return one;
  });
  if (table.idType !== 'uuid' || !BEGINNING_OF_ID.test(search)) return found;
  const digits = search.replaceAll('-', '').toLowerCase();
  const [first, last] = ['0', 'f'].map((digit) => `${values.add(uuidOf(digits.padEnd(UUID_DIGITS, digit)))}::uuid`);
  const conditions = [`${table.id} >= ${first} AND ${table.id} <= ${last}`];
  return [...found, branch(table, onlyHere(), values, { ...scan, key: table.id, conditions })];
}

/** Asked of each row that is looked at. */
export function asFilter({ joined, condition }: Driver): Condition {
  return joined ? (values) => exists(joined, condition(values)) : condition;
}

function joinOf(joined: Joined | undefined): string {
  return joined ? `JOIN ${joined.relation} ON ${joined.on}` : '';
}

function exists({ relation, on }: Joined, condition: string): string {
  return `EXISTS (SELECT FROM ${relation} WHERE ${on} AND ${condition})`;
}

interface Branch extends Scan {
  readonly key: string;
  readonly join?: string;
  readonly conditions: readonly string[];
}

function branch(table: ListedTable, request: ListRequest, values: Values, one: Branch): string {
  const { key, join = '', conditions, direction, scanned } = one;
  const isId = key === table.id || key === request.driver?.joined?.id;
  const asText = isId ? `${key}::text` : key;
  const where = [table.always(values), ...conditions];
  if (request.after) where.push(beyond(table, request.after, values, { key, isId, direction }));
  const matches = request.filters.map((filter) => `(${filter(values)})`).join(' AND ') || 'true';
  const order = isId ? `${key}${collated(table)} ${direction}` : orderOf(key, table, direction);
  return `SELECT ${asText} COLLATE "C" AS key, ${table.id} AS id, coalesce(${matches}, false) AS matches
            FROM ${table.from} ${join} WHERE ${where.join(' AND ')} ORDER BY ${order} LIMIT ${values.add(scanned)}`;
}

function beyond(
  table: ListedTable,
  after: Position,
  values: Values,
  { key, isId, direction }: { readonly key: string; readonly isId: boolean; readonly direction: 'ASC' | 'DESC' },
): string {
  const sign = direction === 'ASC' ? '>' : '<';
  if (isId && after.key === after.id) {
    return table.idType === 'uuid'
      ? `${key} ${sign} ${values.add(after.id)}::uuid`
      : `${key} COLLATE "C" ${sign} ${values.add(after.id)}::text COLLATE "C"`;
  }
  const last = values.add(after.key);
  if (isId) return `${key}::text COLLATE "C" ${sign} ${last}::text COLLATE "C"`;
  const id = `${values.add(after.id)}::${table.idType}${collated(table)}`;
  return `(${collatedKey(key)}, ${table.id}${collated(table)}) ${sign} (${last}::text COLLATE "C", ${id})`;
}

function orderOf(key: string, table: Pick<ListedTable, 'id' | 'idType'>, direction: string): string {
  return `${collatedKey(key)} ${direction}, ${table.id}${collated(table)} ${direction}`;
}

function collatedKey(key: string): string {
  return `${key} COLLATE "C"`;
}

function collated({ idType }: Pick<ListedTable, 'idType'>): string {
  return idType === 'text' ? ' COLLATE "C"' : '';
}

function uuidOf(digits: string): string {
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
