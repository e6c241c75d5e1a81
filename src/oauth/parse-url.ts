/**
 * The URL of the WHATWG standard that this text is; undefined when it is none. `URL.canParse` of Node.js 20 refuses
 * texts with letters such as "ü" once it has been compiled, after some thousand calls.
 */
export function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
