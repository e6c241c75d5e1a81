/** One day, or more of them together. */
export interface Bucket<Name extends string> {
  /** The first day, YYYY-MM-DD in UTC. */
  readonly from: string;
  readonly to: string;
  readonly counts: Readonly<Record<Name, number>>;
}

/** More bars than this nobody tells apart. */
const MOST_DAYS = 120;
const WEEK = 7;

/**
 * Each day by itself, or weeks when there are many. The last week ends with the last day; the first one may be shorter.
 */
export function bucketsOf<Name extends string>(
  days: readonly (Readonly<Record<Name, number>> & { readonly day: string })[],
  names: readonly Name[],
): Bucket<Name>[] {
  const size = days.length > MOST_DAYS ? WEEK : 1;
  const starts = Array.from({ length: Math.ceil(days.length / size) }, (_, index) => days.length - (index + 1) * size);
  return starts.reverse().map((start) => {
    const part = days.slice(Math.max(0, start), start + size);
    const counts = names.map((name) => [name, part.reduce((sum, day) => sum + day[name], 0)]);
    return { from: part[0]?.day ?? '', to: part.at(-1)?.day ?? '', counts: Object.fromEntries(counts) as never };
  });
}
