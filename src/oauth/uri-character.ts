/** Letters of other scripts that look like ASCII ones in common fonts (Unicode TR 39, the single-letter part for URIs). */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  ...{ а: 'a', е: 'e', о: 'o', р: 'p', с: 'c', у: 'y', х: 'x', і: 'i', ј: 'j', ѕ: 's', ԁ: 'd', һ: 'h', ԛ: 'q', ԝ: 'w' },
  ...{ ο: 'o', ν: 'v', α: 'a', ι: 'i', κ: 'k', ρ: 'p', υ: 'u', ı: 'i', ɡ: 'g', ɑ: 'a' },
  ...{ '∕': '/', '⁄': '/', '։': ':', '∶': ':', '‐': '-', '‑': '-', '–': '-', '—': '-', '−': '-', '․': '.', '。': '.' },
};
/** Nothing is seen of them: controls, formats such as U+200B, separators, and what combines with its neighbour. */
const INVISIBLE = /[\p{C}\p{Z}\p{M}]/u;

/** What a character that no URI can have is, in one sentence; undefined when there is none. */
export function findCharacterDifference(registered: string, given: string): string | undefined {
  const expected = [...registered];
  const index = [...given].findIndex((character) => !/^[\x21-\x7e]$/.test(character));
  const character = [...given][index];
  if (character === undefined) return undefined;
  const where = `Character ${index + 1} is ${nameOfCharacter(character)}`;
  if (INVISIBLE.test(character)) {
    const place =
      index === 0
        ? ' It stands before the address.'
        : index === [...given].length - 1
          ? ' It stands behind the address.'
          : '';
    return `${where}, which cannot be seen.${place} Such characters come with copying.`;
  }
  const ascii = LOOK_ALIKES[character] ?? asAscii(character);
  const meant = expected[index];
  if (ascii !== undefined) {
    return `${where}, which only looks like ${nameOfCharacter(ascii)}${ascii === meant ? ', as it is registered' : ''}.`;
  }
  return `${where}, which is not ASCII; an address is registered with percent-encoding.`;
}

/** `"a" (U+0061)`; of one that cannot be seen the number alone. Null for none. */
export function nameOfCharacter(character: string | undefined): string | null {
  if (character === undefined) return null;
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  return INVISIBLE.test(character) ? code : `${JSON.stringify(character)} (${code})`;
}

/** Wide and other compatibility forms. */
function asAscii(character: string): string | undefined {
  const plain = character.normalize('NFKC');
  return /^[\x21-\x7e]$/.test(plain) ? plain : undefined;
}
