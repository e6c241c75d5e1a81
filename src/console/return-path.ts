import type { ConsolePlace } from './console-request.js';

const MAX_LENGTH = 2000;
const VISIBLE_ASCII = /^\/[\x21-\x5b\x5d-\x7e]*$/;

/**
 * A path below the console, as `return_to` says it: `/users?q=a`. Whatever could lead elsewhere is the console's first
 * page.
 */
export function returnPathOf({ path }: ConsolePlace, wanted: string | undefined): string {
  if (wanted === undefined || wanted.length > MAX_LENGTH || !VISIBLE_ASCII.test(wanted)) return '/';
  const origin = 'http://console.invalid';
  // Dot segments, also encoded ones, are folded as a browser does it.
  const url = new URL(`${path}${wanted}`, origin);
  if (url.origin !== origin || !url.pathname.startsWith(`${path}/`)) return '/';
  const below = url.pathname.slice(path.length);
  return below.startsWith('//') ? '/' : `${below}${url.search}${url.hash}`;
}
