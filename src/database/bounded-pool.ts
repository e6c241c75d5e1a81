import { Pool, type PoolClient, type PoolConfig } from 'pg';
import { DatabaseUnavailableError, isTooManyConnections } from './database-error.js';
import { GuardedClient } from './pool-client.js';

/** How long a request waits for a connection. */
const CHECKOUT_DEADLINE_MS = 2000;
/** A connection that was idle for longer is checked with an empty query before it is used. */
const TRUSTED_IDLE_MS = 1000;
const PROBE_DEADLINE_MS = 1000;
/** After the server refused a connection, the pool opens no further ones for this long. */
const SHRUNK_MS = 3000;
const RETRY_MS = 100;

type Checkout = (error: Error | undefined, client: PoolClient | undefined, release: PoolClient['release']) => void;

/**
 * The connection pool of this process. A checkout ends within a deadline and gives a connection that answers. A
 * connection can freeze without an error (a firewall that dropped its state, a host that is gone); it is replaced
 * before anything is sent on it. When the server has no more connections to give, the pool is smaller for a while, and
 * requests wait for the connections it has.
 */
export class BoundedPool extends Pool {
  private readonly idle = new Set<GuardedClient>();
  private readonly size: number;
  private shrunk: NodeJS.Timeout | undefined;

  constructor(config: PoolConfig) {
    super({ ...config, Client: GuardedClient, connectionTimeoutMillis: CHECKOUT_DEADLINE_MS });
    this.size = this.options.max;
    this.on('connect', (client) => {
      for (const event of ['spoiled', 'error']) guarded(client).once(event, () => this.distrustIdle());
    });
    this.on('acquire', (client) => this.idle.delete(guarded(client)));
    this.on('remove', (client) => this.idle.delete(guarded(client)));
    this.on('release', (error, client) => {
      if (error) return;
      guarded(client).heardAt = performance.now();
      this.idle.add(guarded(client));
    });
  }

  override connect(): Promise<PoolClient>;
  override connect(callback: Checkout): void;
  override connect(callback?: Checkout): Promise<PoolClient> | void {
    const checkedOut = this.checkOut();
    if (!callback) return checkedOut;
    checkedOut.then(
      (client) => callback(undefined, client, (error) => client.release(error)),
      (error: Error) => callback(error, undefined, () => undefined),
    );
  }

  private async checkOut(): Promise<PoolClient> {
    const deadline = performance.now() + CHECKOUT_DEADLINE_MS;
    let cause: unknown;
    do {
      try {
        const client = await super.connect();
        if (await this.answers(guarded(client))) return client;
        guarded(client).sever();
        client.release(true);
      } catch (error) {
        cause = error;
        if (!isTooManyConnections(error)) break;
        this.shrink();
        await pause();
      }
    } while (performance.now() < deadline);
    throw new DatabaseUnavailableError('No connection to the database could be had in time.', { cause });
  }

  private async answers(client: GuardedClient): Promise<boolean> {
    if (client.isBroken) return false;
    const asked = performance.now();
    if (asked - client.heardAt < TRUSTED_IDLE_MS) return true;
    try {
      await client.query({ ...EMPTY_QUERY });
      return true;
    } catch {
      // Other idle connections most likely failed with it, and new ones are cheap.
      for (const other of this.idle) if (other.heardAt < asked) other.sever();
      return false;
    }
  }

  /** After one connection was lost, the idle ones are checked before they are used again. */
  private distrustIdle(): void {
    for (const client of this.idle) client.heardAt = -Infinity;
  }

  private shrink(): void {
    this.options.max = Math.max(1, Math.min(this.options.max, this.totalCount));
    this.shrunk ??= setTimeout(() => {
      this.shrunk = undefined;
      this.options.max = this.size;
    }, SHRUNK_MS).unref();
  }
}

/** The server answers to it without doing anything. */
const EMPTY_QUERY = { text: '', query_timeout: PROBE_DEADLINE_MS };

function guarded(client: PoolClient): GuardedClient {
  return client as unknown as GuardedClient;
}

/** A random pause, so that many checkouts that failed together do not try again together. */
function pause(): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, RETRY_MS * (0.5 + Math.random())));
}
