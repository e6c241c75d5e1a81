import { isLoopbackHost } from './public-address.js';
import type { Values } from './variables.js';

/**
 * Checks relations between variables. Nothing is derived from a half-set pair, because whoever sets one half expects
 * the other.
 * @returns one sentence for each problem
 */
export function findConflicts(values: Values): string[] {
  const problems: string[] = [];
  const { PUBLIC_URL: url, TENANT_HOST_SUFFIX: suffix } = values;
  if (url && !isLoopbackHost(new URL(String(url)).hostname) && !suffix) {
    problems.push(
      'TENANT_HOST_SUFFIX is not set, but PUBLIC_URL is; set both: host addresses of tenants are <slug>.<suffix>, with ' +
        'the scheme and port of PUBLIC_URL.',
    );
  }
  if (suffix && !isLoopbackHost(String(suffix)) && !url) {
    problems.push('PUBLIC_URL is not set, but TENANT_HOST_SUFFIX is; set both, for example https://id.example.com.');
  }
  if (values.DATABASE_OWNER_URL && !values.DATABASE_URL) {
    problems.push('DATABASE_OWNER_URL is set without DATABASE_URL; set both, or neither for the embedded database.');
  }
  if (values.MASTER_KEY_PREVIOUS && !values.MASTER_KEY) {
    problems.push('MASTER_KEY_PREVIOUS is set without MASTER_KEY; MASTER_KEY is the new one.');
  }
  if (values.MASTER_KEY_PREVIOUS && values.MASTER_KEY_PREVIOUS === values.MASTER_KEY) {
    problems.push('MASTER_KEY_PREVIOUS is the same as MASTER_KEY; leave it out unless the key is being changed.');
  }
  if (values.METRICS_PORT !== undefined && values.METRICS_PORT === (values.PORT ?? DEFAULT_PORT)) {
    problems.push('METRICS_PORT is the same as PORT; metrics have a listener of their own, so choose another port.');
  }
  return problems;
}

export const DEFAULT_PORT = 3000;

const REQUIRED = {
  PUBLIC_URL:
    'in production nothing stands in for it: set the origin that clients use, such as https://id.example.com.',
  TENANT_HOST_SUFFIX:
    'in production nothing stands in for it: set the name below which tenants have their hosts, such as id.example.com.',
  DATABASE_URL: 'in production the embedded database is refused. Set it to PostgreSQL >= 15.',
  MASTER_KEY: 'in production it is required: 32 random bytes in base64 (openssl rand -base64 32).',
} as const;

/**
 * Checks what production refuses because it is safe for development only.
 * @returns one sentence for each problem
 */
export function findProductionProblems(values: Values): string[] {
  const problems = Object.entries(REQUIRED)
    .filter(([name]) => !values[name as keyof typeof REQUIRED])
    .map(([name, reason]) => `${name} is not set; ${reason}`);
  return [
    ...problems,
    ...(values.PUBLIC_URL ? findAddressProblems(new URL(String(values.PUBLIC_URL)), values) : []),
    ...(values.TENANT_HOST_SUFFIX && isLoopbackHost(String(values.TENANT_HOST_SUFFIX))
      ? [`TENANT_HOST_SUFFIX is ${JSON.stringify(values.TENANT_HOST_SUFFIX)}, which ${EVERY_MACHINE}`]
      : []),
    ...(['MASTER_KEY', 'MASTER_KEY_PREVIOUS'] as const).filter((name) => isPlaceholder(values[name])).map(notRandom),
    ...findHalfPair(values),
  ];
}

const EVERY_MACHINE = 'is another machine to everybody who reads it; in production give a name that clients can reach.';

function findAddressProblems(url: URL, { ALLOW_INSECURE_HTTP: allowed }: Values): string[] {
  const problems = [];
  if (isLoopbackHost(url.hostname))
    problems.push(`PUBLIC_URL is ${JSON.stringify(url.origin)}, which ${EVERY_MACHINE}`);
  if (url.protocol === 'http:' && allowed !== 'true') {
    problems.push(
      `PUBLIC_URL is ${JSON.stringify(url.origin)}, without TLS: passwords and tokens would travel readable. Give the ` +
        'https: address that clients use, also when a proxy ends TLS; ALLOW_INSECURE_HTTP=true is for tests in a ' +
        'closed network.',
    );
  }
  return problems;
}

function findHalfPair(values: Values): string[] {
  const pair = ['BOOTSTRAP_CLIENT_SECRET', 'BOOTSTRAP_ADMIN_PASSWORD'] as const;
  const missing = pair.filter((name) => !values[name]);
  if (missing.length !== 1) return [];
  const other = pair.find((name) => name !== missing[0]);
  return [`${missing[0]} is not set, but ${other} is; set both, or neither once the platform is set up.`];
}

/** 32 random bytes have about 30 different values. A typed placeholder has few. */
const FEWEST_DIFFERENT_BYTES = 12;

function isPlaceholder(masterKey: string | number | undefined): boolean {
  return masterKey !== undefined && new Set(Buffer.from(String(masterKey), 'base64')).size < FEWEST_DIFFERENT_BYTES;
}

function notRandom(name: string): string {
  return `${name} is not random; make one with: openssl rand -base64 32.`;
}
