import { parseUrl } from './parse-url.js';
import { isVisibleWord } from './visible-text.js';

/** Judged as it is written, too: a parser takes tabs and line breaks out, and turns backslashes into slashes. */
export function isWebAddress(value: string): boolean {
  if (!/^https?:\/\/[^\s\\<>"]+$/iu.test(value) || !isVisibleWord(value)) return false;
  const url = parseUrl(value);
  return url?.username === '' && url.password === '' && !/^[^/]*\/\/[^/?#]*@/.test(value);
}
