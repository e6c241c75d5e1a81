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
 * header field"; otherwise that header does.
 * @returns undefined without exactly one Host header (§3.2: answer 400)
 */
export function readTarget(request: IncomingMessage): RequestTarget | undefined {
  const { host } = request.headers;
  if (host === undefined || !hasOneHost(request)) return undefined;
  const { url = '/' } = request;
  if (url.startsWith('/')) return { host, url };
  const [absolute, authority = '', rest = ''] = ABSOLUTE_FORM.exec(url) ?? [];
  if (absolute === undefined) return { host, url };
  return { host: authority, url: rest.startsWith('/') ? rest : `/${rest}` };
}

/** Node.js would take the first of several. */
function hasOneHost({ rawHeaders }: IncomingMessage): boolean {
  let hosts = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length === 4 && name.toLowerCase() === 'host') hosts += 1;
  }
  return hosts === 1;
}
