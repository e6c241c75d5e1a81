import { expect } from '@jest/globals';
import type { Visit } from './visit.js';

/** What would run, or draw an element, if it were not text. */
export const PAYLOADS = [
  `"><svg onload=pwned()>`,
  `'-pwned()-'</script><script>pwned()</script>`,
  `javascript:pwned()`,
  `</title></style><img src=x onerror=pwned()>{{constructor.constructor('pwned()')()}}`,
];
/** Each of them, whatever it is put into. */
export const ALL = PAYLOADS.join(' ');

export const PARAMETERS = [
  ...['client_id', 'redirect_uri', 'response_type', 'response_mode', 'scope', 'state', 'nonce', 'prompt', 'display'],
  ...['login_hint', 'ui_locales', 'id_token_hint', 'max_age', 'acr_values', 'resource', 'code_challenge', 'claims'],
  ...['code_challenge_method', 'request', 'request_uri', 'error', 'error_description', 'error_hint', 'returnTo'],
  ...[
    'post_logout_redirect_uri',
    'ticket',
    'withdrawn',
    'username',
    'csrf',
    'continue',
    'v',
    'reason',
    'id',
    'signed_out',
  ],
];
export const PATHS = [
  ...['/authorize', '/authorize/resume', '/authorize/restart', '/sign-in', '/consent', '/account', '/end-session'],
  ...['/error', '/language/de/sign-in', '/unknown', `/${encodeURIComponent(ALL)}`],
];

/** What the payloads call; for each document of a visit. */
export const PWNED = 'window.pwned = () => { window.ran = true; }';

export const NONE = { ran: false, drawn: 0, linked: 0, complaints: [] };

/** What there is on the page that came from a payload, and what the browser complained of. */
export async function harmOn({ page, complaints }: Visit) {
  return {
    ran: await page.evaluate('window.ran === true'),
    drawn: await page.locator('svg[onload], img[onerror], body script:not([nonce])').count(),
    linked: await page.locator('[href^="javascript:" i], [action^="javascript:" i]').count(),
    complaints: complaints.splice(0),
  };
}

export async function expectHarmless(person: Visit, url: string): Promise<void> {
  await person.page.goto(url);
  expect([url, await harmOn(person)]).toEqual([url, NONE]);
}
