/**
 * Letters that are written from right to left stand in blocks of their own: Hebrew to Arabic Extended, the presentation
 * forms, and the historic and African scripts beyond the first plane.
 */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const FIRST_STRONG_ISOLATE = '\u2068';
const POP_DIRECTIONAL_ISOLATE = '\u2069';

export type Direction = 'ltr' | 'rtl';

/**
 * A value that is put into a text, isolated where its own direction could reorder the sentence around it (Unicode
 * Standard Annex #9 §2.4). In a text from left to right only a value with letters from right to left can.
 */
export function isolated(value: string, around: Direction): string {
  const needsIt = around === 'rtl' || RIGHT_TO_LEFT.test(value);
  return needsIt ? `${FIRST_STRONG_ISOLATE}${value}${POP_DIRECTIONAL_ISOLATE}` : value;
}
