/** One measured case: what happens before the clock runs, and what is timed. */
export interface TimedCase {
  readonly name: string;
  /** @returns what is timed */
  prepare(): Promise<() => Promise<unknown>>;
}

export interface TimedRow {
  readonly name: string;
  readonly median: number;
  /** Probability that both series come from the same distribution; the first case is what the others are compared with. */
  readonly p: number;
}

/** Measures all cases in turn, in another order each time, so that what the machine does else falls on all of them. */
export async function compare(cases: readonly TimedCase[], samples: number): Promise<readonly TimedRow[]> {
  const times = new Map<string, number[]>(cases.map(({ name }) => [name, []]));
  for (let round = -5; round < samples; round += 1) {
    for (const [index] of cases.entries()) {
      const each = cases[(index + Math.abs(round)) % cases.length] as TimedCase;
      const run = await each.prepare();
      const start = performance.now();
      await run();
      // The first rounds warm up.
      if (round >= 0) times.get(each.name)?.push(performance.now() - start);
    }
  }
  const [first = []] = times.values();
  return [...times].map(([name, values]) => ({ name, median: medianOf(values), p: mannWhitney(first, values) }));
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

/** Two-sided rank test, by the normal approximation. */
export function mannWhitney(left: readonly number[], right: readonly number[]): number {
  if (left === right) return 1;
  const ranked = [
    ...left.map((value) => ({ value, isLeft: true })),
    ...right.map((value) => ({ value, isLeft: false })),
  ]
    .sort((a, b) => a.value - b.value)
    .map((entry, index) => ({ ...entry, rank: index + 1 }));
  const [n, m] = [left.length, right.length];
  const rankSum = ranked.reduce((sum, { isLeft, rank }) => sum + (isLeft ? rank : 0), 0);
  const u = rankSum - (n * (n + 1)) / 2;
  const z = Math.abs(u - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12);
  return 2 * (1 - normal(z));
}

/** Abramowitz and Stegun, 26.2.17. */
function normal(z: number): number {
  const t = 1 / (1 + 0.2316419 * z);
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  const series = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return 1 - density * series;
}
