import type { IncomingMessage } from 'node:http';

/** The host and path that a request names. They are not checked against our hosts yet. */
export interface RequestTarget {
  readonly host: string;
  /** Path and query. */
  readonly url: string;
}

const ABSOLUTE_FORM = /^https?:\/\/([^/?#]*)(.*)$/is;

/**
 * RFC 9112 §3.2.2: a target in absolute form names the host, and "the origin server MUST ignore the received Host
 * header field". Otherwise the Host header names it. Without this rule a proxy and this server could choose different
 * tenants.
 * @returns undefined without exactly one Host header (a health probe in HTTP/1.0 may have none), or when another
 * singleton header is sent twice (answer 400)
 */
export function readTarget(request: IncomingMessage): RequestTarget | undefined {
  const { url = '/' } = request;
  const host = request.headers.host ?? (isProbe(request) ? PROBED_HOST : undefined);
  if (host === undefined || !hasOneOfEach(request)) return undefined;
  if (url.startsWith('/')) return { host, url };
  const [absolute, authority = '', rest = ''] = ABSOLUTE_FORM.exec(url) ?? [];
  if (absolute === undefined) return { host, url };
  return { host: authority, url: rest.startsWith('/') ? rest : `/${rest}` };
}

const PROBES = new Set(['/health/live', '/health/ready']);
/** The host that a health probe without a Host header is given. What is answered there is the same for every host. */
const PROBED_HOST = 'localhost';

/** Balancers ask for health in HTTP/1.0 without a Host header, which only HTTP/1.1 requires (RFC 9112 §3.2). */
function isProbe({ httpVersion, url = '' }: IncomingMessage): boolean {
  return httpVersion === '1.0' && PROBES.has(url.split('?', 1)[0] ?? '');
}

/** Keyed by the length of the name, which is cheaper to compare than the name. */
const SENT_ONCE = new Map([
  [4, 'host'],
  [12, 'content-type'],
  [13, 'authorization'],
]);

/**
 * RFC 9112 §3.2 requires exactly one Host header, and RFC 9110 §5.3 allows a header that is no list only once. Node.js
 * would take the first of several, while a proxy in front may have used the last.
 */
function hasOneOfEach({ rawHeaders }: IncomingMessage): boolean {
  const seen = new Set<string>();
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    const single = SENT_ONCE.get(name.length);
    if (single === undefined || name.toLowerCase() !== single) continue;
    if (seen.has(single)) return false;
    seen.add(single);
  }
  return true;
}
