/**
 * Names that clients, users and tenants chose are shown, never trusted: no control or direction-changing characters (a
 * right-to-left override makes "moc.elgoog" read "google.com"), one line, a bounded length. Escaping is the renderer's.
 */

export const NAME_MAX_LENGTH = 80;
/** Longest text that is looked at, for each character that may be shown: bounds the work on hostile input. */
const UNITS_PER_CHARACTER = 8;

/**
 * Control, formatting, unassigned and lone surrogate characters, and letters that are drawn as nothing; the joiners
 * and variation selectors that scripts and emoji need stay.
 */
const UNSEEN =
  /(?:(?![\u200c\u200d\p{Variation_Selector}])[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800])+/gu;
/** More accents than any language stacks: they would run over the lines above and below. */
const PILED_MARKS = /(\p{M}{3})\p{M}+/gu;
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** One line of at most `maxLength` characters, or the fallback when nothing visible is left. */
export function displayName(text: string, fallback = '', maxLength = NAME_MAX_LENGTH): string {
  const bounded = text.slice(0, maxLength * UNITS_PER_CHARACTER);
  const line = bounded.replace(/\s+/g, ' ').replace(UNSEEN, '').replace(PILED_MARKS, '$1').trim();
  return VISIBLE.test(line) ? capped(line, maxLength, bounded.length < text.length) : fallback;
}

const segmenter = new Intl.Segmenter();

function capped(line: string, maxLength: number, wasCut: boolean): string {
  // A character is one unit or more, so there is nothing to count in a short text.
  if (line.length <= maxLength && !wasCut) return line;
  const characters = Array.from(segmenter.segment(line), ({ segment }) => segment);
  if (characters.length <= maxLength && !wasCut) return line;
  const kept = characters.slice(0, maxLength - 1).join('');
  return `${kept.trimEnd()}…`;
}
