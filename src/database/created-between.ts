import { idAt } from './id-at.js';
import type { Condition } from './keyset-list.js';

/** An id is made before its row is stored, by another clock. A row that waited longer than this was refused. */
const SLACK = `interval '1 minute'`;

/** What was made in this time. Its ids are ordered by time, so the index that the list is read by ends where the time ends. */
export function createdBetween(since: Date | undefined, until: Date | undefined): Condition | undefined {
  if (!since && !until) return undefined;
  return (values) => {
    const conditions: string[] = [];
    const from = since && `${values.add(since)}::timestamptz`;
    const to = until && `${values.add(until)}::timestamptz`;
    if (from) conditions.push(`t.created_at >= ${from} AND t.id >= ${idAt(`(${from} - ${SLACK})`)}`);
    if (to) conditions.push(`t.created_at < ${to} AND t.id < ${idAt(`(${to} + ${SLACK})`)}`);
    return conditions.join(' AND ');
  };
}
