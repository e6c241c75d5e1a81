/** Which columns of a list are shown, as its address says it: `?columns=name,created`. */

interface Named {
  readonly id: string;
  readonly isPrimary?: boolean;
}

/** Ids of the shown columns. All are, when the address names none of this list. What rows are known by always is. */
export function shownColumns(address: string | null, columns: readonly Named[]): readonly string[] {
  const named = new Set(address?.split(','));
  const isAsked = columns.some(({ id }) => named.has(id));
  return columns.filter(({ id, isPrimary }) => !isAsked || isPrimary === true || named.has(id)).map(({ id }) => id);
}

/** Of the address; undefined: all are shown, which needs no words. The order is that of the list. */
export function columnsInAddress(shown: readonly string[], columns: readonly Named[]): string | undefined {
  const ids = columns.filter(({ id, isPrimary }) => isPrimary === true || shown.includes(id)).map(({ id }) => id);
  return ids.length === columns.length ? undefined : ids.join(',');
}
