import { DataSource, type DataSourceOptions } from 'typeorm';
import { CreatePlatform1764000000000 } from '../../migrations/1764000000000-create-platform.js';
import { FadeSignInAttempts1764100000000 } from '../../migrations/1764100000000-fade-sign-in-attempts.js';
import { BindPermissions1764400000000 } from '../../migrations/1764400000000-bind-permissions.js';

/** Every migration, oldest first. */
const migrations = [CreatePlatform1764000000000, FadeSignInAttempts1764100000000, BindPermissions1764400000000];

export interface ConnectionOptions {
  readonly url: string;
  /** Role taken at connection time, when it is not the one in the URL. */
  readonly role?: string | undefined;
  readonly maxConnections?: number;
  /** What `pg_stat_activity` shows. */
  readonly applicationName?: string;
  /** 0: no limit, for migrations. */
  readonly statementTimeoutMs?: number;
}

/** How every connection of the platform is made: bounded in number, waiting and running time. */
export function dataSourceOptions(options: ConnectionOptions): DataSourceOptions {
  return {
    type: 'postgres',
    url: options.url,
    migrations,
    migrationsTableName: 'schema_migrations',
    migrationsTransactionMode: 'each',
    synchronize: false,
    installExtensions: false,
    uuidExtension: 'pgcrypto',
    applicationName: options.applicationName ?? 'tenantry',
    poolSize: options.maxConnections ?? 10,
    connectTimeoutMS: 2000,
    logging: false,
    extra: {
      pipeline: true,
      keepAlive: true,
      idleTimeoutMillis: 60_000,
      options: options.role ? `-c role=${options.role}` : undefined,
      statement_timeout: options.statementTimeoutMs ?? 3000,
      lock_timeout: 2000,
      idle_in_transaction_session_timeout: 10_000,
    },
  };
}

export function createDataSource(options: ConnectionOptions): DataSource {
  return new DataSource(dataSourceOptions(options));
}
