import type { CorsOptions } from '@nestjs/common/interfaces/external/cors-options.interface.js';
import type { Request } from 'express';
import type { Headers } from './security-headers.js';

/**
 * The endpoints that applications in browsers call. None of them uses a cookie: a caller needs a code, a token or a
 * secret, so a page of another origin can do no more than a program can.
 */
const FOR_BROWSERS = new Set([
  '/token',
  '/revoke',
  '/userinfo',
  '/jwks',
  '/.well-known/openid-configuration',
  '/.well-known/oauth-authorization-server',
]);

const EXPOSED_HEADERS = ['WWW-Authenticate', 'Retry-After', 'RateLimit', 'RateLimit-Policy'];

/** The account API takes a token and no cookie either. Its pages are elsewhere. */
const ACCOUNT_API = '/account/api/';

/** Without a list of headers a preflight allows those it asks for. None of them can do harm at these endpoints. */
const OPEN: CorsOptions = {
  origin: '*',
  methods: ['GET', 'HEAD', 'POST'],
  exposedHeaders: EXPOSED_HEADERS,
  credentials: false,
  maxAge: 600,
};

/** The account API takes more methods. */
const OPEN_ACCOUNT: CorsOptions = { ...OPEN, methods: ['GET', 'HEAD', 'POST', 'PATCH', 'DELETE'] };

const OPEN_HEADERS: Headers = [
  ['access-control-allow-origin', '*'],
  ['access-control-expose-headers', EXPOSED_HEADERS.join(',')],
];

/**
 * The CORS headers of this endpoint. They are on every answer, because a cache may give the answer to a program to a
 * page later.
 */
export function corsHeaders(path: string): Headers {
  return FOR_BROWSERS.has(path) ? OPEN_HEADERS : [];
}

/** The management API is the platform's, and not at the addresses of tenants. */
const MANAGEMENT_API = '/api/v1/';

/** A console needs the versions, the address of what it made, and what is said beside an answer. */
const MANAGEMENT: CorsOptions = {
  methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
  allowedHeaders: ['Authorization', 'Content-Type', 'If-Match', 'If-None-Match', 'Idempotency-Key'],
  exposedHeaders: [...EXPOSED_HEADERS, 'ETag', 'Location', 'Link', 'Deprecation', 'Sunset', 'Idempotent-Replayed'],
  credentials: false,
  maxAge: 600,
};

const CLOSED: CorsOptions = { origin: false };

type Decide = (request: Request, callback: (error: Error | null, options: CorsOptions) => void) => void;

/**
 * Cross-origin requests, decided per endpoint; everywhere else there are none.
 * @param managementOrigins whose pages may call the management API; compared as a whole
 */
export function corsFor(managementOrigins: readonly string[]): Decide {
  const management = { ...MANAGEMENT, origin: [...managementOrigins] };
  return (request, callback) => {
    const path = request.url.split('?', 1)[0] ?? '';
    if (path.startsWith(ACCOUNT_API)) return callback(null, OPEN_ACCOUNT);
    if (FOR_BROWSERS.has(path)) return callback(null, OPEN);
    const ofTenant = (request as { tenantAddress?: unknown }).tenantAddress !== undefined;
    if (ofTenant || managementOrigins.length === 0 || !path.startsWith(MANAGEMENT_API)) return callback(null, CLOSED);
    // A stranger's preflight is answered as if there were no list. Other answers differ by origin, so they say `Vary`.
    const isStranger = !managementOrigins.includes(request.headers.origin ?? '');
    callback(null, request.method === 'OPTIONS' && isStranger ? CLOSED : management);
  };
}
