import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Client } from 'pg';
import { DATABASE_SETTINGS, type DatabaseSettings } from './database-settings.js';
import { closeConnection, openConnection, severConnection } from './single-connection.js';
import { type TenantId, toTenantId } from './tenant-id.js';

const CHANNEL = 'tenantry_changes';
const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 1000;
const HEARTBEAT_MS = 500;
/** How long the server may take to answer a heartbeat. A connection that died silently is noticed after this. */
const HEARTBEAT_DEADLINE_MS = 2000;

/** One changed row: the table, its tenant, and the key that table announces (slug, client_id, …). */
export interface Change {
  readonly table: string;
  readonly tenantId: TenantId;
  readonly key: string;
}

export interface ChangeListener {
  /** A row changed, in this process or any other. */
  changed(change: Change): void;
  /** Notifications may have been missed: empty the cache. */
  missed(): void;
}

/**
 * Cache invalidation by PostgreSQL's LISTEN and NOTIFY. The schema's triggers notify of each committed change. The feed
 * sends a heartbeat at short intervals, because a connection can die silently. While no heartbeat is answered, cached
 * values are believed for a few seconds only. When the feed is back, every cache is emptied.
 */
@Injectable()
export class ChangeFeed implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(ChangeFeed.name);
  private readonly listeners: ChangeListener[] = [];
  private client: Client | undefined;
  private retry: NodeJS.Timeout | undefined;
  private heartbeat: NodeJS.Timeout | undefined;
  private isAsking = false;
  private retryMs = FIRST_RETRY_MS;
  private stopped = false;
  private heard = -Infinity;

  constructor(@Inject(DATABASE_SETTINGS) private readonly settings: DatabaseSettings) {}

  subscribe(listener: ChangeListener): void {
    this.listeners.push(listener);
  }

  /** All changes committed before this moment have arrived. Milliseconds of `performance.now()`. */
  get heardAt(): number {
    return this.heard;
  }

  /** Whether the feed is connected, so that changes made by other processes arrive. */
  get connected(): boolean {
    return this.client !== undefined && performance.now() - this.heard < HEARTBEAT_DEADLINE_MS;
  }

  /** Invalidates the caches of this process at once, before the notification that the commit sends arrives. */
  announce(change: Change): void {
    for (const listener of this.listeners) listener.changed(change);
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.connect();
    this.heartbeat = setInterval(() => void this.ask(), HEARTBEAT_MS).unref();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.retry);
    clearInterval(this.heartbeat);
    if (this.client) await closeConnection(this.client);
  }

  private async connect(): Promise<void> {
    let client: Client | undefined;
    try {
      client = await openConnection({
        connectionString: this.settings.url,
        application_name: 'tenantry changes',
        connectionTimeoutMillis: HEARTBEAT_DEADLINE_MS,
        query_timeout: HEARTBEAT_DEADLINE_MS,
      });
      client.on('notification', ({ payload }) => this.receive(payload ?? ''));
      const began = performance.now();
      await client.query(`LISTEN ${CHANNEL}`);
      this.begin(client, began);
    } catch (error) {
      this.logger.warn(`The change feed has no connection: ${(error as Error).message}`);
      if (client) severConnection(client);
      this.connectLater();
    }
  }

  /** Begins to listen on a new connection. Notifications sent before are lost, so the caches are emptied. */
  private begin(client: Client, began: number): void {
    client.once('end', () => this.lost(client));
    if (this.stopped || client.connection.stream.destroyed) return severConnection(client);
    this.client = client;
    this.retryMs = FIRST_RETRY_MS;
    for (const listener of this.listeners) listener.missed();
    this.heard = began;
  }

  /** Sends a heartbeat. Notifications of what was committed before it arrive before its answer. */
  private async ask(): Promise<void> {
    const { client } = this;
    if (!client || this.isAsking) return;
    this.isAsking = true;
    const asked = performance.now();
    try {
      await client.query('SELECT 1');
      if (this.client === client) this.heard = asked;
    } catch {
      severConnection(client);
      this.lost(client);
    } finally {
      this.isAsking = false;
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
}
