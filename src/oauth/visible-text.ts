/**
 * What can stand in a text that people read or type. Nothing in it controls a terminal, turns the reading direction
 * around, or is drawn as nothing: controls (C0, C1, DEL), format characters (bidirectional marks, zero-width
 * characters, tags), line and paragraph separators, surrogates, private use, what Unicode has not assigned, and letters
 * and marks that are never seen (fillers, variation selectors, the blank of Braille).
 */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u;
const EVERY_UNSEEN = new RegExp(UNSEEN, 'gu');

/** Canonical combining class 9: marks after which a joiner changes how the next letter is drawn. */
const VIRAMA =
  '\\u094d\\u09cd\\u0a4d\\u0acd\\u0b4d\\u0bcd\\u0c4d\\u0ccd\\u0d3b\\u0d3c\\u0d4d\\u0dca\\u0e3a\\u0eba\\u0f84\\u1039' +
  '\\u103a\\u1714\\u1734\\u17d2\\u1a60\\u1b44\\u1baa\\u1bab\\u1bf2\\u1bf3\\u2d7f\\ua806\\ua8c4\\ua953\\ua9c0\\uaaf6\\uabed';
/** Scripts whose letters join; the joining types of RFC 5892 appendix A.1 are told by them. */
const JOINING = '[\\p{Script=Arabic}\\p{Script=Syriac}\\p{Script=Mandaic}\\p{Script=Nko}\\p{Script=Mongolian}]';

/** RFC 8264 §9.9 and RFC 5892 appendix A: where ZERO WIDTH JOINER and NON-JOINER are part of the spelling. */
const JOINER_IN_CONTEXT = new RegExp(
  `(?<=[${VIRAMA}])[\\u200c\\u200d]|(?<=${JOINING}\\p{M}*)\\u200c(?=\\p{M}*${JOINING})`,
  'gu',
);
/** Several emoji that are drawn as one, and the selector of the coloured form. */
const EMOJI_SEQUENCE =
  /(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}])(?:\ufe0f\u200d?|\u200d(?=\p{Extended_Pictographic}))/gu;

/** One line of text. Blanks alone are no text. */
export function isVisibleLine(value: string): boolean {
  return isVisibleWord(value.replace(EMOJI_SEQUENCE, '')) && (value === '' || value.trim() !== '');
}

/** The same without emoji sequences: what people type as an identifier. */
export function isVisibleWord(value: string): boolean {
  return !UNSEEN.test(value.replace(JOINER_IN_CONTEXT, ''));
}

/** The text without every character that controls, or cannot be seen: for a log, where nobody asks for spelling. */
export function withoutUnseen(value: string): string {
  return value.replace(EVERY_UNSEEN, '');
}
