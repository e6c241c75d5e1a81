import type { IncomingMessage } from 'node:http';

/** Where a request goes, as it says itself; nothing is known yet about whether that is a host of ours. */
export interface RequestTarget {
  readonly host: string;
  /** Path and query. */
  readonly url: string;
}

const ABSOLUTE_FORM = /^https?:\/\/([^/?#]*)(.*)$/is;

/**
 * RFC 9112 §3.2.2: a target in absolute form names the host, and "the origin server MUST ignore the received Host
 * header field"; otherwise that header does. Else whoever routes by the one and whoever routes by the other speak of two
 * tenants.
 * @returns undefined without exactly one Host header (a health probe in HTTP/1.0 may have none), or when another header is sent twice (answer 400)
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
/** Nobody's address: what is answered there is the same for every host. */
const PROBED_HOST = 'localhost';

/** Balancers ask for health in HTTP/1.0 without a Host header, which only HTTP/1.1 requires (RFC 9112 §3.2). */
function isProbe({ httpVersion, url = '' }: IncomingMessage): boolean {
  return httpVersion === '1.0' && PROBES.has(url.split('?', 1)[0] ?? '');
}

/** By the length of their names, which is told sooner than a name. */
const SENT_ONCE = new Map([
  [4, 'host'],
  [12, 'content-type'],
  [13, 'authorization'],
]);

/**
 * RFC 9112 §3.2 wants one Host header, and RFC 9110 §5.3 what is not a list only once. Node.js would take the first
 * and drop the others, while somebody in front of us may have looked at the last.
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
