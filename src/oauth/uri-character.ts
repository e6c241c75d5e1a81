import { type UriDifferenceReason, uriDifference } from './redirect-uri-difference-texts.js';

/** Letters of other scripts that look like ASCII ones in common fonts (Unicode TR 39, the single-letter part for URIs). */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  ...{ а: 'a', е: 'e', о: 'o', р: 'p', с: 'c', у: 'y', х: 'x', і: 'i', ј: 'j', ѕ: 's', ԁ: 'd', һ: 'h', ԛ: 'q', ԝ: 'w' },
  ...{ ο: 'o', ν: 'v', α: 'a', ι: 'i', κ: 'k', ρ: 'p', υ: 'u', ı: 'i', ɡ: 'g', ɑ: 'a' },
  ...{ '∕': '/', '⁄': '/', '։': ':', '∶': ':', '‐': '-', '‑': '-', '–': '-', '—': '-', '−': '-', '․': '.', '。': '.' },
};
/** Nothing is seen of them: controls, formats such as U+200B, separators, and what combines with its neighbour. */
const INVISIBLE = /[\p{C}\p{Z}\p{M}]/u;

/** What a character that no URI can have is; undefined when there is none. */
export function findCharacterDifference(registered: string, given: string): UriDifferenceReason | undefined {
  const expected = [...registered];
  const index = [...given].findIndex((character) => !/^[\x21-\x7e]$/.test(character));
  const character = [...given][index];
  if (character === undefined) return undefined;
  const where = { position: index + 1, character: nameOfCharacter(character) };
  if (INVISIBLE.test(character)) {
    if (index === 0) return uriDifference('invisible_before', where);
    return uriDifference(index === [...given].length - 1 ? 'invisible_behind' : 'invisible', where);
  }
  const ascii = LOOK_ALIKES[character] ?? asAscii(character);
  if (ascii === undefined) return uriDifference('not_ascii', where);
  const code = ascii === expected[index] ? 'look_alike_registered' : 'look_alike';
  return uriDifference(code, { ...where, ascii: nameOfCharacter(ascii) });
}

/** `"a" (U+0061)`; of one that cannot be seen the number alone. */
export function nameOfCharacter(character: string): string {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  return INVISIBLE.test(character) ? code : `${JSON.stringify(character)} (${code})`;
}

/** Wide and other compatibility forms. */
function asAscii(character: string): string | undefined {
  const plain = character.normalize('NFKC');
  return /^[\x21-\x7e]$/.test(plain) ? plain : undefined;
}
