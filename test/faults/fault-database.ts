import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { migrate } from '../../src/database/migrate.js';
import { createTestDatabase } from '../support/database.js';
import { createServingRole } from '../support/production.js';
import { TcpProxy } from '../support/tcp-proxy.js';

const DATABASE = 'faults';

/** A migrated database behind a proxy. The platform reaches it through the proxy alone, the test directly. */
export interface FaultDatabase {
  readonly proxy: TcpProxy;
  /** Both lead through the proxy. */
  readonly ownerUrl: string;
  readonly servingUrl: string;
  /** Straight to the server, as its superuser, on a connection of its own. */
  query<Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

/** One on the server that all suites share. */
export async function shareServer(): Promise<FaultDatabase> {
  const database = await createTestDatabase();
  const direct = new URL(database.url);
  const proxy = await TcpProxy.start({ host: direct.hostname, port: Number(direct.port) });
  return {
    proxy,
    ownerUrl: through(proxy, database.url),
    servingUrl: through(proxy, await createServingRole(database)),
    query: (text, values = []) => database.query(text, [...values]),
    close: async () => {
      await proxy.stop();
      await database.drop();
    },
  };
}

/** A PostgreSQL server of the scenario's own, which may be stopped and started. */
export class FaultServer implements FaultDatabase {
  ownerUrl = '';
  servingUrl = '';
  /** The same past the proxy, for other clients of this database. */
  directServingUrl = '';

  private constructor(
    private readonly dataDir: string,
    private readonly settings: Readonly<Record<string, string>>,
    private server: RunningServer,
    readonly proxy: TcpProxy,
  ) {}

  /** `settings` are PostgreSQL's; `tablespace` makes the one that the database shall lie in. */
  static async start(
    settings: Readonly<Record<string, string>> = {},
    tablespace?: (server: FaultServer) => Promise<string>,
  ): Promise<FaultServer> {
    const dataDir = mkdtempSync(join(tmpdir(), 'tenantry-faults-'));
    // What is committed survives the end of the server, if not that of the machine, which no scenario plays.
    const durable = { synchronous_commit: 'on', full_page_writes: 'on', max_connections: '300', ...settings };
    const running = await launch(dataDir, durable);
    const server = new FaultServer(dataDir, durable, running, await TcpProxy.start(addressOf(running.url)));
    const space = await tablespace?.(server);
    await server.query(
      `CREATE DATABASE ${DATABASE}${space === undefined ? '' : ` TABLESPACE ${space}`}`,
      [],
      'postgres',
    );
    await migrate(server.directUrl());
    server.ownerUrl = through(server.proxy, server.directUrl());
    const query = <Row extends object>(text: string, values: unknown[] = []) => server.query<Row>(text, values);
    const serving = await createServingRole({ url: server.directUrl(), query, drop: async () => undefined });
    server.directServingUrl = serving;
    server.servingUrl = through(server.proxy, serving);
    return server;
  }

  get postmaster(): number {
    return Number(readFileSync(join(this.dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
  }

  /** Gives a directory to the account that PostgreSQL runs under. */
  giveDirectory(path: string): void {
    const { uid, gid } = statSync(join(this.dataDir, 'postgres'));
    chownSync(path, uid, gid);
  }

  /** `pg_ctl stop -m immediate`: no connection is finished, and the next start recovers from the log. */
  async stopImmediately(): Promise<void> {
    process.kill(this.postmaster, 'SIGQUIT');
    await stop(this.server);
  }

  async startAgain(): Promise<void> {
    this.server = await launch(this.dataDir, this.settings);
    this.proxy.retarget(addressOf(this.server.url));
  }

  async query<Row extends object>(text: string, values: readonly unknown[] = [], database = DATABASE): Promise<Row[]> {
    const client = new Client({ connectionString: this.directUrl(database) });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query(text, [...values])).rows as Row[];
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  async close(): Promise<void> {
    await this.proxy.stop();
    await stop(this.server);
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  directUrl(database = DATABASE): string {
    const url = new URL(this.server.url);
    url.pathname = `/${database}`;
    return url.href;
  }
}

interface RunningServer {
  readonly url: string;
  readonly keeper: ChildProcess;
}

async function launch(dataDir: string, settings: Readonly<Record<string, string>>): Promise<RunningServer> {
  const options = JSON.stringify({ dataDir, durability: 'none', settings });
  const keeper = fork(join(process.cwd(), 'test', 'faults', 'postgres.fixture.mjs'), [options], { execArgv: [] });
  const ended = once(keeper, 'exit').then(() => Promise.reject(new Error('PostgreSQL did not start.')));
  const [url] = (await Promise.race([once(keeper, 'message'), ended])) as [string];
  ended.catch(() => undefined);
  return { url, keeper };
}

async function stop({ keeper }: RunningServer): Promise<void> {
  if (keeper.exitCode !== null) return;
  const ended = once(keeper, 'exit');
  keeper.disconnect();
  await ended;
}

function addressOf(url: string): { host: string; port: number } {
  const { hostname, port } = new URL(url);
  return { host: hostname, port: Number(port) };
}

function through(proxy: TcpProxy, directUrl: string): string {
  const url = new URL(directUrl);
  url.hostname = '127.0.0.1';
  url.port = String(proxy.port);
  return url.href;
}
