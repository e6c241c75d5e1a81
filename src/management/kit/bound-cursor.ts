import { digest } from '../../crypto/digest.js';
import type { ManagementRequest } from './management.guard.js';
import { invalidParameter } from './problem.js';

/** Of the digest. It tells lists apart and protects nothing: a cursor holds only what its list shows. */
const TAG_LENGTH = 8;
const CURSOR = /^([\w-]{8})\.([\w-]{1,900})$/;
/** Say how much of a list is shown and from where, and nothing of what is in it. */
const PLACES = new Set(['after', 'limit', 'total']);

interface WithPage {
  readonly page: { readonly next: string | null };
}

/**
 * A cursor belongs to its list, with its order and its filters: with others it would skip and repeat.
 * @returns the cursor as the list made it @throws Problem when it is of another list
 */
export function readBoundCursor(request: ManagementRequest, given: string): string {
  const [, tag, cursor] = CURSOR.exec(given) ?? [];
  if (tag !== tagOf(request) || cursor === undefined) {
    throw invalidParameter('after', 'is not a cursor of this list with this order and these filters');
  }
  return cursor;
}

/** Names the list in the cursor of a page. */
export function bindCursor(request: ManagementRequest, answer: unknown): unknown {
  if (!hasCursor(answer)) return answer;
  return { ...answer, page: { ...answer.page, next: `${tagOf(request)}.${answer.page.next}` } };
}

function hasCursor(answer: unknown): answer is WithPage {
  const { page } = (answer ?? {}) as Partial<WithPage>;
  return typeof page?.next === 'string';
}

/** A tenant is named by its slug or its id; both are the same list. */
function tagOf({ method, path, params, query, target }: ManagementRequest): string {
  const named = params['tenant'];
  const rest = typeof named === 'string' ? path.split(`/tenants/${named}`)[1] : path;
  const filters = Object.entries(query).filter(([name]) => !PLACES.has(name));
  const list = [method, target?.tenant.id ?? '', rest, filters.sort(([a], [b]) => (a < b ? -1 : 1))];
  return digest(JSON.stringify(list)).toString('base64url').slice(0, TAG_LENGTH);
}
