import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Client } from 'pg';
import { DATABASE_SETTINGS, type DatabaseSettings } from './database-settings.js';
import { type TenantId, toTenantId } from './tenant-id.js';

const CHANNEL = 'tenantry_changes';
const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 5000;
/** How soon a connection that died without a word is noticed. */
const HEARTBEAT_MS = 5000;

/** One changed row: the table, its tenant, and the key that table announces (slug, client_id, …). */
export interface Change {
  readonly table: string;
  readonly tenantId: TenantId;
  readonly key: string;
}

export interface ChangeListener {
  /** A row changed, in this process or any other. */
  changed(change: Change): void;
  /** Announcements may have been missed: forget everything. */
  missed(): void;
}

/**
 * PostgreSQL's LISTEN for the caches of this process: the schema's triggers announce each committed change. While the
 * connection is down nothing arrives, so its return tells the listeners to forget. Until then they may go on with what
 * they know: without a database there are no changes either, and discovery and keys keep being answered.
 */
@Injectable()
export class ChangeFeed implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(ChangeFeed.name);
  private readonly listeners: ChangeListener[] = [];
  private client: Client | undefined;
  private retry: NodeJS.Timeout | undefined;
  private heartbeat: NodeJS.Timeout | undefined;
  private retryMs = FIRST_RETRY_MS;
  private stopped = false;

  constructor(@Inject(DATABASE_SETTINGS) private readonly settings: DatabaseSettings) {}

  subscribe(listener: ChangeListener): void {
    this.listeners.push(listener);
  }

  /** Whether changes made elsewhere arrive now. */
  get connected(): boolean {
    return this.client !== undefined;
  }

  /** Tells this process's caches at once, ahead of the announcement that the commit sends. */
  announce(change: Change): void {
    for (const listener of this.listeners) listener.changed(change);
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.connect();
    this.heartbeat = setInterval(() => {
      this.client?.query('SELECT 1').catch(() => this.client?.end().catch(() => undefined));
    }, HEARTBEAT_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.retry);
    clearInterval(this.heartbeat);
    await this.client?.end().catch(() => undefined);
  }

  private async connect(): Promise<void> {
    const client = new Client({
      connectionString: this.settings.url,
      application_name: 'tenantry changes',
      keepAlive: true,
      connectionTimeoutMillis: 5000,
      query_timeout: 3000,
    });
    client.on('notification', ({ payload }) => this.receive(payload ?? ''));
    client.on('error', () => undefined); // 'end' follows
    client.on('end', () => this.lost(client));
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
      this.client = client;
      this.retryMs = FIRST_RETRY_MS;
      this.forget();
    } catch (error) {
      this.logger.warn(`The change feed has no connection: ${(error as Error).message}`);
      await client.end().catch(() => undefined);
      this.connectLater();
    }
  }

  private lost(client: Client): void {
    if (this.client !== client) return;
    this.client = undefined;
    this.connectLater();
  }

  private connectLater(): void {
    if (this.stopped) return;
    clearTimeout(this.retry);
    // Jitter keeps many processes from coming back to a restarted database in one instant.
    this.retry = setTimeout(() => void this.connect(), this.retryMs * (0.5 + Math.random()));
    this.retryMs = Math.min(this.retryMs * 2, LONGEST_RETRY_MS);
  }

  private receive(payload: string): void {
    const [table, tenantId, ...key] = payload.split(':');
    if (!table || !tenantId) return;
    this.announce({ table, tenantId: toTenantId(tenantId), key: key.join(':') });
  }

  private forget(): void {
    for (const listener of this.listeners) listener.missed();
  }
}
