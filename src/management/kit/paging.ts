import { Transform } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';
import { decodeBase64url } from '../../crypto/base64url.js';
import { isUuid } from '../../crypto/uuid.js';
import { Describe } from '../schema/describe.decorator.js';
import { invalidParameter } from './problem.js';

/** In decimal digits and nothing else: `Number` would take 0x10, 1e1 and blanks as well. */
function toNumber(value: unknown): unknown {
  return typeof value === 'string' && /^\d{1,10}$/.test(value) ? Number(value) : value;
}

/** A whole number of a query, which may be absent. */
export function IsCount(least: number, most: number): PropertyDecorator {
  const rules = [
    Max(most),
    Min(least),
    IsInt(),
    Transform(({ value }: { value: unknown }) => toNumber(value)),
    IsOptional(),
  ];
  return (target, property) => rules.forEach((rule) => rule(target, String(property)));
}

/** The query of a request. Its faults are named by `parameter`, and those of a body by `pointer`. */
export abstract class QueryParameters {}

/** How much of a list, and from where. */
export class PageQuery extends QueryParameters {
  @Describe('How many at most.')
  @IsCount(1, 200)
  limit?: number;

  @Describe('The cursor `page.next` of the page before.')
  @IsOptional()
  @IsString()
  @MaxLength(1000)
  after?: string;
}

export interface Page<Item> {
  readonly data: readonly Item[];
  readonly page: { readonly next: string | null; readonly has_more: boolean };
}

const DEFAULT_LIMIT = 50;

export function limitOf(query: PageQuery): number {
  return query.limit ?? DEFAULT_LIMIT;
}

/** A page from one row more than its limit, which only shows that there are more. */
export function toPage<Row, Item>(
  rows: readonly Row[],
  query: PageQuery,
  convert: { readonly item: (row: Row) => Item; readonly position: (row: Row) => string },
): Page<Item> {
  const shown = rows.slice(0, limitOf(query));
  const last = shown.at(-1);
  const hasMore = rows.length > shown.length;
  const next = hasMore && last !== undefined ? encode(convert.position(last)) : null;
  return { data: shown.map(convert.item), page: { next, has_more: hasMore } };
}

/** The key a cursor stands for: the one of the last row before. @throws Problem when it is none of ours */
export function positionOf(query: PageQuery, isKey: (value: string) => boolean): string | undefined {
  if (query.after === undefined || query.after === '') return undefined;
  const key = decodeBase64url(query.after)?.toString('utf8');
  if (key === undefined || !isKey(key)) throw invalidParameter('after', 'is not a cursor of this list');
  return key;
}

/** Whether it is an id as the platform makes them. */
export function isId(value: string): boolean {
  return isUuid(value);
}

function encode(key: string): string {
  return Buffer.from(key).toString('base64url');
}
