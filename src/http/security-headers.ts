import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet from 'helmet';

/** Header names and values that every response carries. */
export type Headers = readonly (readonly [string, string])[];

/**
 * helmet decides what belongs there, once: the values are the same for every response, so they are collected at start
 * and not worked out per request. Pages replace the content security policy with their own.
 */
export function securityHeaders(publicUrl: string): Headers {
  const collected: [string, string][] = [];
  const response = {
    setHeader: (name: string, value: string) => collected.push([name, value]),
    removeHeader: () => undefined,
  };
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"] },
    },
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    hsts: publicUrl.startsWith('https:') && { maxAge: 31_536_000, includeSubDomains: true },
  })({} as IncomingMessage, response as unknown as ServerResponse, () => undefined);
  return collected;
}
