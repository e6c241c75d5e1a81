import { appendFileSync } from 'node:fs';

/** What one scenario measured, and what was wrong with it. */
export interface FaultRow {
  readonly scenario: string;
  readonly workers: number;
  readonly requests: number;
  readonly good: number;
  readonly unavailable: number;
  readonly other: number;
  /** Undefined where the scenario measures something else. */
  readonly outageMs: number | undefined;
  readonly lostEvents: number;
  readonly duplicates: number;
  readonly largestMb: number;
  readonly problems: readonly string[];
}

/** Hands the row to `scripts/test-faults.js`, which makes the table. */
export function report(row: FaultRow): void {
  const file = process.env['FAULT_RESULTS'];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(row)}\n`);
}
