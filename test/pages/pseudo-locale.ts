import { type MessageSet, messageSet } from '../../src/language/messages/message-set.js';
import { en } from '../../src/language/messages/en.js';
import { TextTable } from '../../src/language/messages/text-table.js';

const FILLER = ' lengthened';

/**
 * English in which every text stands between marks and is longer by 40 %, as many a translation is. A text without marks
 * is in no catalogue. It is no language of the platform: nothing in `src` knows it.
 */
export const PSEUDO: MessageSet = messageSet({
  locale: 'en',
  direction: 'ltr',
  languageTag: 'en-GB',
  tables: [new TextTable(Object.fromEntries(Object.entries(en).map(([key, text]) => [key, pseudo(text)])), 'en-GB')],
});

function pseudo(text: string): string {
  const letters = text.replace(/\{[^{}]*\}|<[^>]*>/g, '').length;
  return `⟦${text}${FILLER.repeat(Math.ceil(letters / FILLER.length)).slice(0, Math.ceil(letters * 0.4))}⟧`;
}

/** What is left of a text without all that stands between marks, one pair within another included. */
export function outsideOfMarks(text: string): string {
  let depth = 0;
  let rest = '';
  for (const character of text) {
    if (character === '⟦') depth += 1;
    else if (character === '⟧') depth -= 1;
    else if (depth === 0) rest += character;
  }
  return rest;
}
