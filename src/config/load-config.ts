import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import type { Config } from './config.js';
import { ConfigError, type LogLevel } from './config.js';
import { findDevelopmentSecrets, loadDevelopmentSecrets } from './development-secrets.js';
import { defaultMailFrom, parseMailFrom, parseSmtpUrl } from './mail-settings.js';
import { DEFAULT_PORT, findConflicts, findProductionProblems } from './relations.js';
import { type Environment, type Values, readValues } from './variables.js';

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
  const publicUrl = new URL(text(values.PUBLIC_URL) ?? `http://localhost:${port}`).origin;
  return Object.freeze({
    production,
    listen: { ...hostOf(text(values.HOST) ?? (production ? '0.0.0.0' : 'localhost')), port },
    publicUrl,
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
    tenantCacheMb: number(values.TENANT_CACHE_MB) ?? 128,
    logLevel: (values.LOG_LEVEL as LogLevel | undefined) ?? 'info',
    metricsPort: number(values.METRICS_PORT),
    traces: values.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined,
    smtp: parseSmtpUrl(text(values.SMTP_URL) ?? ''),
    mailFrom: parseMailFrom(text(values.MAIL_FROM) ?? '') ?? defaultMailFrom(publicUrl),
    auditRetentionDays: number(values.AUDIT_RETENTION_DAYS) ?? 3650,
    webhooksAllowedNetworks: listOf(text(values.WEBHOOKS_ALLOWED_NETWORKS)),
    domainResolvers: listOf(text(values.DOMAIN_RESOLVERS)),
    domainGraceDays: number(values.DOMAIN_GRACE_DAYS) ?? 7,
    managementOrigins: listOf(text(values.MANAGEMENT_ORIGINS)),
    tenantDeletionDays: number(values.TENANT_DELETION_DAYS) ?? 30,
    breachedPasswords: {
      file: text(values.BREACHED_PASSWORDS_FILE),
      rangeUrl: text(values.BREACHED_PASSWORDS_RANGE_URL),
    },
    workers: number(values.WORKERS) ?? (production ? availableParallelism() : 1),
    development,
  });
}

/** `localhost` is 127.0.0.1 and ::1; browsers and programs differ in which they try first. */
function hostOf(host: string): Pick<Config['listen'], 'host' | 'also'> {
  return host === 'localhost' ? { host: '127.0.0.1', also: '::1' } : { host };
}

/** Each variable is checked alone first. Relations between variables are checked only when all of them are valid. */
function checkedValues(env: Environment): Values {
  const problems: string[] = [];
  const values = readValues(env, problems);
  if (problems.length > 0) throw new ConfigError(problems);
  const production = values.NODE_ENV === 'production' ? findProductionProblems(values) : [];
  const names = new Set(production.map(nameOf));
  // A missing variable is reported once.
  problems.push(...production, ...findConflicts(values).filter((problem) => !names.has(nameOf(problem))));
  if (problems.length > 0) throw new ConfigError(problems);
  return values;
}

function nameOf(problem: string): string {
  return problem.split(' ', 1)[0] ?? '';
}

/** Refuses secrets that this program generated and printed for development, because they may have been seen. */
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
  return listOf(value);
}

function listOf(value: string | undefined): readonly string[] {
  return value === undefined ? [] : value.split(',').map((part) => part.trim());
}

function text(value: string | number | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}

function number(value: string | number | undefined): number | undefined {
  return value === undefined ? undefined : Number(value);
}
