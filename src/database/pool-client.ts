import { Client, type ClientConfig } from 'pg';
import { spoilsConnection } from './database-error.js';

/**
 * A connection of the pool. Its loss is reported to the statements under way, and by the pool at the next checkout; the
 * `error` event says nothing more, and without a listener it would end the process. The listener belongs to the client
 * itself, so that it is there whoever checks it out, the very first connection included.
 */
export class GuardedClient extends Client {
  /** When the server last answered on it, by the monotonic clock. */
  heardAt = performance.now();

  constructor(config?: ClientConfig) {
    super(config);
    this.on('error', () => undefined);
    // The statement under way is told; whoever holds the connection may not know what else the error means.
    this.connection.on('errorMessage', (error) => {
      if (spoilsConnection(error)) this.sever();
    });
  }

  get isBroken(): boolean {
    return this.connection.stream.destroyed;
  }

  /** Breaks the connection at once, whatever is under way on it. */
  sever(): void {
    this.connection.stream.destroy();
  }
}
