import { decodeBase64url } from '../crypto/base64url.js';

/** A place in a tenant's log: after so many events of its chain. */
export interface Place {
  readonly seq: number;
  /** The beginning of the hash there, base64url. It tells the place from one of the same number in another log. */
  readonly mark: string;
}

const MARK_LENGTH = 16;
const FORM = /^1\.(0|[1-9]\d{0,14})\.([\w-]{16})$/;

export function placeAt(seq: number, hash: string): Place {
  return { seq, mark: hash.slice(0, MARK_LENGTH) };
}

/** The cursor of a place, for the caller, who reads nothing out of it. */
export function toCursor({ seq, mark }: Place): string {
  return Buffer.from(`1.${seq}.${mark}`).toString('base64url');
}

/** @returns undefined when it is no cursor of ours */
export function parseCursor(cursor: string): Place | undefined {
  const [, seq, mark] = FORM.exec(decodeBase64url(cursor)?.toString('latin1') ?? '') ?? [];
  return seq === undefined || mark === undefined ? undefined : { seq: Number(seq), mark };
}
