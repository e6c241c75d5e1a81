import type { ByPersonalValue, ChainedEvent } from './sealed-event.js';

/** The first line of an exported log (newline-delimited JSON). Hashes and digests are base64url. */
export interface LogHeader {
  readonly kind: 'log';
  readonly version: 1;
  readonly tenant_id: string;
  readonly issuer: string;
  /** When the export began, RFC 3339. */
  readonly exported_at: string;
  /** When the chain began: older events have no place in it. */
  readonly begun_at: string;
  readonly first_seq: number;
  /** The last event of the chain when the export began. */
  readonly last_seq: number;
  /** The hash before the first event of this file. */
  readonly previous_hash: string;
}

/** An event with its place. `event` is null when it is not kept any more. */
export interface SealedLine {
  readonly kind: 'event';
  readonly seq: number;
  readonly id: string;
  readonly occurred_at: string;
  readonly digest: string;
  readonly hash: string;
  readonly digests: ByPersonalValue | null;
  readonly salts: ByPersonalValue | null;
  readonly event: ChainedEvent | null;
}

/** A signed end of the chain (JWS, RFC 7515 §3.1). */
export interface CheckpointLine {
  readonly kind: 'checkpoint';
  readonly seq: number;
  readonly jws: string;
}

/** An event without a place. */
export interface UnsealedLine {
  readonly kind: 'unsealed';
  readonly event: ChainedEvent;
}

/** The last line: a file without it is not whole. */
export interface EndLine {
  readonly kind: 'end';
  readonly last_seq: number;
  /** There are later events, for another file with `after`. */
  readonly has_more: boolean;
}

export type LogLine = LogHeader | SealedLine | CheckpointLine | UnsealedLine | EndLine;
