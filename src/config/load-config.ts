import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import type { Config } from './config.js';
import { ConfigError, type LogLevel } from './config.js';
import { findDevelopmentSecrets, loadDevelopmentSecrets } from './development-secrets.js';
<<<<<<< HEAD
import { DEFAULT_PORT, findConflicts, findProductionProblems } from './relations.js';
import { type Environment, type Values, readValues } from './variables.js';
=======

type Environment = Readonly<Record<string, string | undefined>>;

/** Their values are never repeated in a message. */
const SECRET_NAMES = new Set(['MASTER_KEY', 'BOOTSTRAP_CLIENT_SECRET', 'BOOTSTRAP_ADMIN_PASSWORD', 'DATABASE_URL']);
SECRET_NAMES.add('DATABASE_OWNER_URL');

const integer = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .refine((value) => value >= min && value <= max);

const hostName = /^(?=.{1,190}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/;

/** What each variable must look like, and how that is told to the person who set it. */
const VARIABLES = {
  NODE_ENV: [z.enum(['development', 'production', 'test']), 'development, production or test'],
  PORT: [integer(1, 65535), 'a port from 1 to 65535'],
  HOST: [z.string().regex(/^[\w.:-]{1,255}$/), 'an IP address or host name to listen on'],
  PUBLIC_URL: [z.string().refine(isOrigin), 'an origin such as https://id.example.com, without path, query or user'],
  TENANT_HOST_SUFFIX: [z.string().regex(hostName), 'a lower-case host name such as id.example.com'],
  DATABASE_URL: [z.string().refine(isDatabaseUrl), 'postgres://user:password@host:port/database'],
  DATABASE_OWNER_URL: [z.string().refine(isDatabaseUrl), 'postgres://user:password@host:port/database'],
  DATA_DIR: [z.string().min(1), 'a directory'],
  MASTER_KEY: [z.string().refine(isMasterKey), '32 random bytes in base64 (openssl rand -base64 32)'],
  BOOTSTRAP_CLIENT_SECRET: [z.string().regex(/^[\x21-\x7e]{32,256}$/), '32 to 256 visible ASCII characters'],
  BOOTSTRAP_ADMIN_PASSWORD: [z.string().min(15).max(256), '15 to 256 characters'],
  TRUST_PROXY: [z.string().refine(isTrustProxy), 'off, a number of proxies, or addresses separated by commas'],
  DATABASE_POOL_SIZE: [integer(1, 1000), 'a number of connections from 1 to 1000'],
  TENANT_CACHE_MB: [integer(1, 65_536), 'a number of MiB from 1 to 65536'],
  LOG_LEVEL: [z.enum(LOG_LEVELS), LOG_LEVELS.join(', ')],
  METRICS_PORT: [integer(1, 65535), 'a port from 1 to 65535'],
  AUDIT_RETENTION_DAYS: [integer(1, 36_500), 'a number of days from 1 to 36500'],
  WORKERS: [integer(1, 256), 'a number of processes from 1 to 256'],
} as const;

type VariableName = keyof typeof VARIABLES;
type Values = Partial<Record<VariableName, string | number>>;
>>>>>>> audit

/**
 * Reads and checks the whole environment once. An empty variable counts as not set.
 * @throws ConfigError that lists every problem, not just the first
 */
export function loadConfig(env: Environment = process.env): Config {
  const values = checkedValues(env);
  const production = values.NODE_ENV === 'production';
  const dataDir = resolve(text(values.DATA_DIR) ?? '.data');
  const development = production ? undefined : loadDevelopmentSecrets(dataDir);
  if (production) refuseGeneratedSecrets(values, dataDir);
  const port = number(values.PORT) ?? DEFAULT_PORT;
  const previous = text(values.MASTER_KEY_PREVIOUS);
  return Object.freeze({
    production,
    listen: { host: text(values.HOST) ?? (production ? '0.0.0.0' : '127.0.0.1'), port },
    publicUrl: new URL(text(values.PUBLIC_URL) ?? `http://localhost:${port}`).origin,
    tenantHostSuffix: text(values.TENANT_HOST_SUFFIX) ?? 'localhost',
    databaseUrl: text(values.DATABASE_URL),
    databaseOwnerUrl: text(values.DATABASE_OWNER_URL),
    databaseServeAsOwner: values.DATABASE_SERVE_AS_OWNER === 'true',
    dataDir,
    masterKey: Buffer.from(text(values.MASTER_KEY) ?? development?.masterKey ?? '', 'base64'),
    masterKeyPrevious: previous === undefined ? undefined : Buffer.from(previous, 'base64'),
    bootstrap: {
      clientSecret: text(values.BOOTSTRAP_CLIENT_SECRET) ?? development?.bootstrapClientSecret,
      adminPassword: text(values.BOOTSTRAP_ADMIN_PASSWORD) ?? development?.bootstrapAdminPassword,
    },
    trustProxy: parseTrustProxy(text(values.TRUST_PROXY) ?? 'off'),
    databasePoolSize: number(values.DATABASE_POOL_SIZE) ?? 10,
    tenantCacheMb: number(values.TENANT_CACHE_MB) ?? 64,
    logLevel: (values.LOG_LEVEL as LogLevel | undefined) ?? 'info',
    metricsPort: number(values.METRICS_PORT),
<<<<<<< HEAD
    traces: values.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined,
=======
    auditRetentionDays: number(values.AUDIT_RETENTION_DAYS) ?? 3650,
>>>>>>> audit
    workers: number(values.WORKERS) ?? (production ? availableParallelism() : 1),
    development,
  });
}

/** First each by itself: what they are to each other cannot be told while one of them is wrong. */
function checkedValues(env: Environment): Values {
  const problems: string[] = [];
  const values = readValues(env, problems);
  if (problems.length > 0) throw new ConfigError(problems);
  const production = values.NODE_ENV === 'production' ? findProductionProblems(values) : [];
  const names = new Set(production.map(nameOf));
  // A variable that production misses anyway is told once.
  problems.push(...production, ...findConflicts(values).filter((problem) => !names.has(nameOf(problem))));
  if (problems.length > 0) throw new ConfigError(problems);
  return values;
}

function nameOf(problem: string): string {
  return problem.split(' ', 1)[0] ?? '';
}

/** A secret that this program once made and printed for a developer is known to too many terminals. */
function refuseGeneratedSecrets(values: Values, dataDir: string): void {
  const generated = findDevelopmentSecrets(dataDir);
  if (!generated) return;
  const known = new Set(stringsIn(generated));
  const names = ['MASTER_KEY', 'MASTER_KEY_PREVIOUS', 'BOOTSTRAP_CLIENT_SECRET', 'BOOTSTRAP_ADMIN_PASSWORD'] as const;
  const problems = names
    .filter((name) => known.has(String(values[name])))
    .map(
      (name) => `${name} is the one that was generated for development in ${dataDir}; make a new one for production.`,
    );
  if (problems.length > 0) throw new ConfigError(problems);
}

function stringsIn(value: object): string[] {
  return Object.values(value).flatMap((member: unknown) =>
    typeof member === 'string' ? [member] : typeof member === 'object' && member !== null ? stringsIn(member) : [],
  );
}

function parseTrustProxy(value: string): Config['trustProxy'] {
  if (value === 'off') return false;
  if (/^\d+$/.test(value)) return Number(value);
  return value.split(',').map((part) => part.trim());
}

function text(value: string | number | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}

function number(value: string | number | undefined): number | undefined {
  return value === undefined ? undefined : Number(value);
}
