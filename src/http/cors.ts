import type { CorsOptions } from '@nestjs/common/interfaces/external/cors-options.interface.js';
import type { Request } from 'express';
import type { Headers } from './security-headers.js';

/**
 * What applications in browsers call directly. None of these endpoints takes a cookie: whoever may call them has a
 * code, a token or a secret, and a page of any origin can do no more with those than a program can.
 */
const FOR_BROWSERS = new Set([
  '/token',
  '/revoke',
  '/userinfo',
  '/jwks',
  '/.well-known/openid-configuration',
  '/.well-known/oauth-authorization-server',
]);

const EXPOSED_HEADERS = ['WWW-Authenticate', 'Retry-After'];

/** Without a list of headers a preflight is answered with those it asks for: none of them can do harm here. */
const OPEN: CorsOptions = {
  origin: '*',
  methods: ['GET', 'HEAD', 'POST'],
  exposedHeaders: EXPOSED_HEADERS,
  credentials: false,
  maxAge: 600,
};

const OPEN_HEADERS: Headers = [
  ['access-control-allow-origin', '*'],
  ['access-control-expose-headers', EXPOSED_HEADERS.join(',')],
];

/**
 * What an answer of this endpoint says to browsers, whoever asked: a cache that keeps the answer to a program may give
 * it to a page.
 */
export function corsHeaders(path: string): Headers {
  return FOR_BROWSERS.has(path) ? OPEN_HEADERS : [];
}

/** Cross-origin requests, decided per endpoint; everywhere else there are none. */
export function corsFor(request: Request, callback: (error: Error | null, options: CorsOptions) => void): void {
  const path = request.url.split('?', 1)[0] ?? '';
  callback(null, FOR_BROWSERS.has(path) ? OPEN : { origin: false });
}
