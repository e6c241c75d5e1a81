import { Transform } from 'class-transformer';
import { IsBoolean, IsOptional, MaxLength } from 'class-validator';
import { createdBetween } from '../../database/created-between.js';
import type { ListRequest, Position } from '../../database/keyset-list.js';
import type { Listed, Total } from '../../database/read-list.js';
import { decodeBase64url } from '../../crypto/base64url.js';
import { Describe } from '../schema/describe.decorator.js';
import { IsInstant, readInstant } from './instant.js';
import { type Page, PageQuery, limitOf } from './paging.js';
import { invalidParameter } from './problem.js';
import { IsSingleLine } from './validators.js';

const LONGEST_KEY = 400;

/** The words `true` and `false` and nothing else. */
export function toBoolean(value: unknown): unknown {
  return value === 'true' ? true : value === 'false' ? false : value;
}

/** A list that is searched. Its query adds `sort`, which names its orders, and its filters. */
export class SearchQuery extends PageQuery {
  @Describe(
    'The beginning of what it is found by, whatever its case. The order is then that of what was found, so `sort` does not go with it.',
  )
  @IsOptional()
  @IsSingleLine()
  @MaxLength(100)
  search?: string;

  @Describe('Adds `page.estimated_total` and `page.total_precision`.')
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => toBoolean(value))
  @IsBoolean()
  total?: boolean;
}

/** The same for what has an age. */
export class DatedSearchQuery extends SearchQuery {
  @Describe('Made at this moment or later.', { format: 'date-time' })
  @IsOptional()
  @IsInstant()
  created_since?: string;

  @Describe('Made before this moment.', { format: 'date-time' })
  @IsOptional()
  @IsInstant()
  created_until?: string;
}

/** @throws Problem */
export function readAge({ created_since: since, created_until: until }: DatedSearchQuery): ListRequest['range'] {
  return createdBetween(readInstant('created_since', since), readInstant('created_until', until));
}

/** @param keys of the orders by their names; undefined: that of the ids @throws Problem */
export function readListQuery(
  query: SearchQuery & { readonly sort?: string | undefined },
  keys: Readonly<Record<string, string | undefined>>,
  isId: (value: string) => boolean,
): Pick<ListRequest, 'after' | 'limit' | 'search' | 'sortKey' | 'descending'> {
  const { search, sort } = query;
  if (search !== undefined && sort !== undefined) {
    throw invalidParameter('sort', 'does not go with search, which has an order of its own');
  }
  if (search?.trim() === '') throw invalidParameter('search', 'is blank');
  const descending = sort?.startsWith('-') === true;
  return {
    after: readCursor(query, isId),
    limit: limitOf(query),
    search,
    sortKey: sort === undefined ? undefined : keys[descending ? sort.slice(1) : sort],
    descending,
  };
}

export function toListPage<Row, Item>({ rows, next, total }: Listed<Row>, item: (row: Row) => Item): Page<Item> {
  const cursor = next ? Buffer.from(JSON.stringify([next.key, next.id])).toString('base64url') : null;
  return { data: rows.map(item), page: { next: cursor, has_more: next !== undefined, ...totalView(total) } };
}

function totalView(total: Total | undefined): object {
  return total ? { estimated_total: total.count, total_precision: total.precision } : {};
}

function readCursor({ after }: PageQuery, isId: (value: string) => boolean): Position | undefined {
  if (after === undefined || after === '') return undefined;
  const read = parse(decodeBase64url(after)?.toString('utf8'));
  const [key, id] = Array.isArray(read) && read.length === 2 ? (read as unknown[]) : [];
  if (
    typeof key !== 'string' ||
    typeof id !== 'string' ||
    key.length > LONGEST_KEY ||
    key.includes('\0') ||
    !isId(id)
  ) {
    throw invalidParameter('after', 'is not a cursor of this list');
  }
  return { key, id };
}

function parse(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
