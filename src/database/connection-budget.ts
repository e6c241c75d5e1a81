import type { Client } from 'pg';
import { ConfigError } from '../config/config.js';

/** Beside its pool each process has one for the change feed. */
const FEED = 1;
/** For migrations, checks and `doctor`, while everything runs. */
const SPARE = 3;

export interface ConnectionDemand {
  readonly workers: number;
  /** `DATABASE_POOL_SIZE`. */
  readonly poolSize: number;
  readonly production: boolean;
}

interface Limit {
  readonly connections: number;
  /** What sets it. */
  readonly by: string;
}

/**
 * How large the pool of each process may be, so that all pools together fit into the server's limit. With larger pools
 * requests would fail although connections are free in other processes.
 * @param warn called when a pool is made smaller in development
 * @throws ConfigError in production, when the pools do not fit
 */
export async function fitPool(
  client: Client,
  { workers, poolSize, production }: ConnectionDemand,
  warn: (sentence: string) => void,
): Promise<number> {
  const limit = await readLimit(client);
  const needed = workers * (poolSize + FEED) + SPARE;
  if (needed <= limit.connections) return poolSize;
  const fitting = Math.floor((limit.connections - SPARE) / workers) - FEED;
  const problem =
    `DATABASE_POOL_SIZE ${poolSize} and WORKERS ${workers} need ${needed} connections to the database (for each worker ` +
    `its pool and ${FEED} more, and ${SPARE} for migrations and checks), but ${limit.by} allows ${limit.connections}.`;
  if (production) throw new ConfigError([`${problem} ${adviceFor(fitting, limit)}`]);
  warn(`${problem} The pools are made smaller.`);
  return Math.max(1, fitting);
}

function adviceFor(fitting: number, limit: Limit): string {
  const smaller = fitting >= 1 ? `Set DATABASE_POOL_SIZE to ${fitting} or less` : 'Set WORKERS to fewer';
  return `${smaller}, or raise ${limit.by}.`;
}

async function readLimit(client: Client): Promise<Limit> {
  const { rows } = await client.query<{ server: number; role: number | null; database: number | null }>(
    `SELECT current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
              - coalesce(current_setting('reserved_connections', true)::int, 0) AS server,
            (SELECT rolconnlimit FROM pg_roles WHERE rolname = session_user AND NOT rolsuper) AS role,
            (SELECT datconnlimit FROM pg_database WHERE datname = current_database()) AS database`,
  );
  const limits: Limit[] = [
    { connections: rows[0]?.server ?? Infinity, by: 'max_connections' },
    { connections: boundOf(rows[0]?.role), by: "the role's CONNECTION LIMIT" },
    { connections: boundOf(rows[0]?.database), by: "the database's CONNECTION LIMIT" },
  ];
  return limits.reduce((least, limit) => (limit.connections < least.connections ? limit : least));
}

/** PostgreSQL writes "no limit" as -1. */
function boundOf(limit: number | null | undefined): number {
  return limit === null || limit === undefined || limit < 0 ? Infinity : limit;
}
