const CHARSET = /;[ \t]*charset[ \t]*=[ \t]*"?([^";\s]*)/i;
/** The names of UTF-8 (WHATWG Encoding §4.2), and of what it contains. */
const UTF_8 = new Set([
  'utf-8',
  'utf8',
  'unicode-1-1-utf-8',
  'unicode11utf8',
  'x-unicode20utf8',
  'us-ascii',
  'ascii',
  '',
]);

/** Whether a media type names no other encoding than UTF-8. */
export function isUtf8(mediaType: string): boolean {
  return UTF_8.has((CHARSET.exec(mediaType)?.[1] ?? '').toLowerCase());
}
