import { describe, expect, it } from '@jest/globals';
import { type HttpAnswer, send } from '../support/http.js';
import { findRoutes } from '../isolation/routes.js';
import { givenPlatform, givenTenant } from '../support/given.js';

const platform = givenPlatform();
const acme = givenTenant(platform, 'acme');

const EXPECTED = {
  'x-frame-options': 'DENY',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

function expectSecure(what: string, { headers, text }: HttpAnswer): void {
  const given = Object.fromEntries(Object.keys(EXPECTED).map((name) => [name, headers[name]]));
  expect([what, given]).toEqual([what, EXPECTED]);
  const policy = String(headers['content-security-policy']);
  // The logo is sandboxed instead: it is an image, whoever opens it.
  if (!policy.includes('sandbox'))
    expect([what, policy]).toEqual([what, expect.stringMatching(/frame-ancestors 'none'/)]);
  expect([what, policy]).toEqual([what, expect.stringMatching(/^default-src 'none'/)]);
  expect(policy).not.toMatch(/unsafe-/);
  expect([what, headers['x-powered-by'], headers['server']]).toEqual([what, undefined, undefined]);
  if (!headers['content-type']?.startsWith('text/html')) return;
  expect([what, headers['cache-control']]).toEqual([what, 'no-store']);
  // Each page has a nonce of its own, and no style or script without it.
  const [, nonce = ''] = /'nonce-([\w-]{24})'/.exec(policy) ?? [];
  expect([what, nonce]).toEqual([what, expect.stringMatching(/^[\w-]{24}$/)]);
  // The files of the console are our own, and its policy allows no others.
  const isOwnFile = (tag: string) => / src="\.\/assets\/[\w.-]+"/.test(tag) && /script-src 'self'(?:;|$)/.test(policy);
  for (const [tag] of text.matchAll(/<(?:style|script)[^>]*>/g)) {
    if (!isOwnFile(tag)) expect(tag).toContain(`nonce="${nonce}"`);
  }
}

describe.each(['text/html', 'application/json'])('every answer to somebody who wants %s', (accept) => {
  it.each(['path', 'host', 'platform', 'nobody'] as const)('has the security headers, at %s', async (where) => {
    const bases = {
      path: acme.issuer,
      host: acme.hostIssuer,
      platform: platform.url,
      nobody: acme.issuer.replace('/t/acme', '/t/nobody'),
    };
    for (const route of [...findRoutes(platform), 'GET /unknown', 'POST /unknown', 'GET /%', 'TRACE /token']) {
      const [method = '', path = ''] = route.split(' ');
      for (const query of ['', '?request=x&client_id=web']) {
        expectSecure(`${route} ${query}`, await send(bases[where] + path + query, { method, headers: { accept } }));
      }
    }
  });
});
