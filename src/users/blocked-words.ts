/** What people write in place of letters. Letters that one sign stands for are one: `1` is `l` and `i`. */
const LIKE: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'l',
  i: 'l',
  '!': 'l',
  '|': 'l',
  '2': 'z',
  '3': 'e',
  '€': 'e',
  '4': 'a',
  '@': 'a',
  '5': 's',
  $: 's',
  '6': 'g',
  '9': 'g',
  '7': 't',
  '+': 't',
  '8': 'b',
};
const SIGNS = /[!|€@$+]/gu;

/**
 * Whether the text contains one of the words, whatever its case, accents, separators and substitutions: "4.C-m3" is
 * "acme". A word with fewer letters and digits than `minLength` is ignored, because it would be found everywhere.
 */
export function containsWord(text: string, words: readonly string[], minLength: number): boolean {
  const texts = spellings(text);
  return words
    .flatMap(spellings)
    .filter((word) => [...word].length >= minLength)
    .some((word) => texts.some((one) => one.includes(word)));
}

/** With signs read as the letters they stand for, and with signs read as separators. */
function spellings(text: string): string[] {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toUpperCase().toLowerCase();
  return [...new Set([fold(plain), fold(plain.replace(SIGNS, ''))])];
}

function fold(text: string): string {
  return [...text]
    .map((character) => LIKE[character] ?? character)
    .join('')
    .replace(/[^\p{L}\p{N}]/gu, '');
}
