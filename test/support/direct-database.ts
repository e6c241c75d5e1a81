import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../src/database/data-source.js';
import { Database } from '../../src/database/database.js';
import { toTenantId } from '../../src/database/tenant-id.js';
import { TenantEntity } from '../../src/tenants/tenant.entity.js';
import { RUNTIME_ROLE } from '../../src/database/runtime-role.js';
import { type TestDatabase, createTestDatabase } from './database.js';
import { TcpProxy } from './tcp-proxy.js';

export const ACME = toTenantId('00000000-0000-7000-8000-00000000000a');
export const GLOBEX = toTenantId('00000000-0000-7000-8000-00000000000b');

/** The database's module alone, as the serving role, through a proxy that can fail in every way. */
export class DirectDatabase {
  private constructor(
    readonly owner: TestDatabase,
    readonly cable: TcpProxy,
    private readonly dataSource: DataSource,
    readonly database: Database,
  ) {}

  static async open(
    options: {
      readonly poolSize?: number;
      readonly url?: (owner: TestDatabase) => Promise<string>;
      /** The server's limit for a statement; the client waits a little longer. */
      readonly statementTimeoutMs?: number;
    } = {},
  ): Promise<DirectDatabase> {
    const owner = await createTestDatabase();
    await owner.query(`INSERT INTO tenants (id, slug, display_name) VALUES ($1, 'acme', 'Acme'), ($2, 'globex', 'G')`, [
      ACME,
      GLOBEX,
    ]);
    const url = new URL((await options.url?.(owner)) ?? owner.url);
    const cable = await TcpProxy.start({ host: '127.0.0.1', port: Number(url.port) });
    url.port = String(cable.port);
    url.hostname = '127.0.0.1';
    const role = options.url ? undefined : RUNTIME_ROLE;
    const dataSource = new DataSource({
      ...dataSourceOptions({
        url: url.href,
        role,
        maxConnections: options.poolSize ?? 4,
        ...(options.statementTimeoutMs !== undefined && { statementTimeoutMs: options.statementTimeoutMs }),
      }),
      entities: [TenantEntity],
    });
    await dataSource.initialize();
    return new DirectDatabase(owner, cable, dataSource, new Database(dataSource));
  }

  /** Waits until so many statements with this text are under way, and gives the processes that run them. */
  async running(text: string, count = 1): Promise<number[]> {
    for (;;) {
      const rows = await this.owner.query<{ pid: number }>(
        `SELECT pid FROM pg_stat_activity
          WHERE datname = current_database() AND state = 'active' AND pid <> pg_backend_pid()
            AND strpos(query, $1) > 0`,
        [text],
      );
      if (rows.length >= count) return rows.map(({ pid }) => pid);
    }
  }

  async close(): Promise<void> {
    await this.dataSource.destroy();
    await this.cable.stop();
    await this.owner.drop();
  }
}
