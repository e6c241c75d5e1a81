import { isIP } from 'node:net';
import { isLoopbackHost } from './public-address.js';
import type { MailFrom, SmtpSettings } from './config.js';
import { parseUrl } from '../oauth/parse-url.js';

const START_TLS = ['required', 'optional', 'off'] as const;
const OPTIONS = new Set(['starttls', 'tls_verify']);
/** RFC 6409 §3.1 and RFC 8314 §3.3. */
const SUBMISSION_PORT = 587;
const SUBMISSIONS_PORT = 465;

/**
 * `smtp://user:password@host:port` or `smtps://...`. `?starttls=required|optional|off` goes with `smtp:`; without it
 * STARTTLS is required of every host but this machine. `?tls_verify=false` accepts any certificate.
 * @returns undefined when it is not of this form
 */
export function parseSmtpUrl(text: string): SmtpSettings | undefined {
  const url = parseUrl(text);
  if (!url || !/^smtps?:$/.test(url.protocol) || url.hostname === '' || url.hash !== '') return undefined;
  if (url.pathname !== '' && url.pathname !== '/') return undefined;
  const options = [...url.searchParams.keys()];
  if (options.some((name) => !OPTIONS.has(name)) || new Set(options).size < options.length) return undefined;
  const implicitTls = url.protocol === 'smtps:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const startTls = url.searchParams.get('starttls') ?? (isLoopbackHost(host) ? 'optional' : 'required');
  const verify = url.searchParams.get('tls_verify') ?? 'true';
  if (!isStartTls(startTls) || (implicitTls && options.includes('starttls')) || !/^(true|false)$/.test(verify)) {
    return undefined;
  }
  const user = decoded(url.username);
  const password = decoded(url.password);
  if (user === undefined || password === undefined || (user === '') !== (password === '')) return undefined;
  return {
    host,
    port: Number(url.port) || (implicitTls ? SUBMISSIONS_PORT : SUBMISSION_PORT),
    implicitTls,
    startTls,
    verifyCertificate: verify === 'true',
    user: user || undefined,
    password: password || undefined,
  };
}

const ADDRESS = /^[A-Za-z0-9!#$&'*+/=?^_`{|}~.-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})*$/;
const DOMAIN = /^@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+$/;

/**
 * The sender's address, and after it, separated by commas, what tenants may choose: addresses, and `@example.com` for
 * all of a domain. @returns undefined when it is not of this form
 */
export function parseMailFrom(text: string): MailFrom | undefined {
  const parts = text.split(',').map((part) => part.trim());
  const [address, ...rest] = parts;
  if (address === undefined || !ADDRESS.test(address) || parts.length > 1000) return undefined;
  if (!rest.every((part) => ADDRESS.test(part) || DOMAIN.test(part))) return undefined;
  const domains = rest.filter((part) => part.startsWith('@')).map((part) => part.slice(1));
  return { address, addresses: parts.filter((part) => !part.startsWith('@')), domains };
}

/** Used when `MAIL_FROM` is not set. */
export function defaultMailFrom(publicUrl: string): MailFrom {
  const { hostname } = new URL(publicUrl);
  const isNumber = isIP(hostname.replace(/^\[|\]$/g, '')) !== 0;
  const address = `no-reply@${isNumber ? 'localhost' : hostname}`;
  return { address, addresses: [address], domains: [] };
}

function isStartTls(value: string): value is SmtpSettings['startTls'] {
  return START_TLS.some((known) => known === value);
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
