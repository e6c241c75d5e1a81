import { isIP } from 'node:net';
import { z } from 'zod';
import { readHeader } from '../crypto/hash-filter.js';
import { LOG_LEVELS } from './config.js';
import { parseMailFrom, parseSmtpUrl } from './mail-settings.js';
import { isLoopbackHost } from './public-address.js';
import { parseUrl } from '../oauth/parse-url.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Their values are never repeated in a message. */
const SECRET_NAMES = new Set([
  'MASTER_KEY',
  'MASTER_KEY_PREVIOUS',
  'BOOTSTRAP_CLIENT_SECRET',
  'BOOTSTRAP_ADMIN_PASSWORD',
  'DATABASE_URL',
  'DATABASE_OWNER_URL',
  'SMTP_URL',
]);

const integer = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .refine((value) => value >= min && value <= max);

const hostName = /^(?=.{1,190}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;
const truth = [z.enum(['true', 'false']), 'true or false'] as const;

/** What each variable must look like, and how that is told to the person who set it. */
export const VARIABLES = {
  NODE_ENV: [z.enum(['development', 'production', 'test']), 'development, production or test'],
  PORT: [integer(1, 65535), 'a port from 1 to 65535'],
  HOST: [z.string().regex(/^[\w.:-]{1,255}$/), 'an IP address or host name to listen on'],
  PUBLIC_URL: [z.string().refine(isOrigin), 'an origin such as https://id.example.com, without path, query or user'],
  TENANT_HOST_SUFFIX: [z.string().refine(isHostSuffix), 'a lower-case host name such as id.example.com'],
  ALLOW_INSECURE_HTTP: truth,
  DATABASE_URL: [z.string().refine(isDatabaseUrl), 'postgres://user:password@host:port/database'],
  DATABASE_OWNER_URL: [z.string().refine(isDatabaseUrl), 'postgres://user:password@host:port/database'],
  DATABASE_SERVE_AS_OWNER: truth,
  DATA_DIR: [z.string().min(1), 'a directory'],
  MASTER_KEY: [z.string().refine(isMasterKey), '32 random bytes in base64 (openssl rand -base64 32)'],
  MASTER_KEY_PREVIOUS: [z.string().refine(isMasterKey), 'the MASTER_KEY of before, 32 bytes in base64'],
  BOOTSTRAP_CLIENT_SECRET: [z.string().regex(/^[\x21-\x7e]{32,256}$/), '32 to 256 visible ASCII characters'],
  BOOTSTRAP_ADMIN_PASSWORD: [z.string().min(15).max(256), '15 to 256 characters'],
  SMTP_URL: [
    z.string().refine((value) => parseSmtpUrl(value) !== undefined),
    'smtp://user:password@host:587 or smtps://user:password@host:465, with ?starttls=required, optional or off, and ' +
      '?tls_verify=false',
  ],
  MAIL_FROM: [
    z.string().refine((value) => parseMailFrom(value) !== undefined),
    'an address such as no-reply@id.example.com; after it, separated by commas, addresses and @domains that tenants ' +
      'may choose',
  ],
  TRUST_PROXY: [z.string().refine(isTrustProxy), 'off, a number of proxies, or addresses separated by commas'],
  DATABASE_POOL_SIZE: [integer(1, 1000), 'a number of connections from 1 to 1000'],
  TENANT_CACHE_MB: [integer(1, 65_536), 'a number of MiB from 1 to 65536'],
  LOG_LEVEL: [z.enum(LOG_LEVELS), LOG_LEVELS.join(', ')],
  METRICS_PORT: [integer(1, 65535), 'a port from 1 to 65535'],
  OTEL_EXPORTER_OTLP_ENDPOINT: [z.string().refine(isHttpUrl), 'an address such as http://collector:4318'],
  MANAGEMENT_ORIGINS: [
    z.string().refine((value) => value.split(',').every((part) => isPageOrigin(part.trim()))),
    'origins such as https://console.example.com, separated by commas, written as browsers send them and without "*"',
  ],
  TENANT_DELETION_DAYS: [integer(1, 365), 'a number of days from 1 to 365'],
  AUDIT_RETENTION_DAYS: [integer(1, 36_500), 'a number of days from 1 to 36500'],
  WEBHOOKS_ALLOWED_NETWORKS: [
    z.string().refine((value) => value.split(',').every((part) => isAddressRange(part.trim()))),
    'addresses and networks such as 10.1.2.0/24, separated by commas',
  ],
  DOMAIN_RESOLVERS: [
    z.string().refine((value) => value.split(',').every((part) => isNameServer(part.trim()))),
    'IP addresses of name servers such as 9.9.9.9 or 127.0.0.1:5353, separated by commas',
  ],
  DOMAIN_GRACE_DAYS: [integer(1, 90), 'a number of days from 1 to 90'],
  BREACHED_PASSWORDS_FILE: [z.string().refine(isFilter), 'a file that "tenantry breached-passwords build" has written'],
  BREACHED_PASSWORDS_RANGE_URL: [
    z.string().refine(isRangeUrl),
    'an https address such as https://api.pwnedpasswords.com/range',
  ],
  WORKERS: [integer(1, 256), 'a number of processes from 1 to 256'],
} as const;

export type VariableName = keyof typeof VARIABLES;
export type Values = Partial<Record<VariableName, string | number>>;

/** Each variable by itself; an empty one counts as not set. What is wrong goes to `problems`. */
export function readValues(env: Environment, problems: string[]): Values {
  const values: Values = {};
  for (const name of Object.keys(VARIABLES) as VariableName[]) {
    const given = env[name];
    if (given === undefined || given === '') continue;
    const [schema, allowed] = VARIABLES[name];
    const result = schema.safeParse(given);
    if (result.success) values[name] = result.data;
    else
      problems.push(`${name} is ${SECRET_NAMES.has(name) ? '(hidden)' : JSON.stringify(given)}; allowed: ${allowed}.`);
  }
  return values;
}

function isOrigin(value: string): boolean {
  if (!isHttpUrl(value)) return false;
  const url = new URL(value);
  const bare =
    url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '' && url.password === '';
  return bare && !value.includes('?') && !value.includes('#');
}

/** As a browser writes it (RFC 6454 §6.1). Whoever reads a page on its way can change it, so it has to come by TLS. */
function isPageOrigin(value: string): boolean {
  const url = parseUrl(value);
  if (url?.origin !== value || value.includes('*')) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname));
}

function isHttpUrl(value: string): boolean {
  return /^https?:$/.test(parseUrl(value)?.protocol ?? '');
}

function isFilter(value: string): boolean {
  try {
    return readHeader(value).hashes > 0;
  } catch {
    return false;
  }
}

/** The answer decides which passwords are refused, so it has to come over TLS; from this machine it may do without. */
function isRangeUrl(value: string): boolean {
  const url = parseUrl(value);
  if (!url || url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackHost(url.hostname));
}

/** A host name and no IP address, because an IP address has no subdomains. */
function isHostSuffix(value: string): boolean {
  return hostName.test(value) && !/(^|\.)\d+$/.test(value);
}

function isDatabaseUrl(value: string): boolean {
  return /^postgres(ql)?:$/.test(parseUrl(value)?.protocol ?? '');
}

function isMasterKey(value: string): boolean {
  return /^[A-Za-z0-9+/]{43}=$/.test(value) && Buffer.from(value, 'base64').length === 32;
}

function isTrustProxy(value: string): boolean {
  return value === 'off' || /^[1-9]\d?$/.test(value) || value.split(',').every((part) => isAddressRange(part.trim()));
}

/** As `setServers` of node:dns takes it. */
function isNameServer(value: string): boolean {
  const [, bracketed, plain, port = '53'] = /^(?:\[([^\]]+)\]|([^:[\]]+))(?::(\d{1,5}))?$/.exec(value) ?? [];
  const isPort = Number(port) >= 1 && Number(port) <= 65_535;
  return isIP(value) !== 0 || (isPort && (isIP(bracketed ?? '') === 6 || isIP(plain ?? '') === 4));
}

function isAddressRange(value: string): boolean {
  const [address = '', prefix, ...rest] = value.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128));
}
