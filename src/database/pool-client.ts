import { Client, type ClientConfig } from 'pg';
import { spoilsConnection } from './database-error.js';

/**
 * A connection of the pool. Its loss fails the statements being executed, and the pool notices it at the next checkout.
 * The `error` event adds nothing, but without a listener it would end the process. The listener belongs to the client,
 * so that it exists before the first checkout.
 */
export class GuardedClient extends Client {
  /** When the server last answered on it, by the monotonic clock. */
  heardAt = performance.now();

  constructor(config?: ClientConfig) {
    super(config);
    this.on('error', () => undefined);
    // The current statement gets the error. The holder of the connection may not know that the connection is unusable
    // as well.
    this.connection.on('errorMessage', (error) => {
      if (!spoilsConnection(error)) return;
      this.emit('spoiled');
      this.sever();
    });
  }

  get isBroken(): boolean {
    return this.connection.stream.destroyed;
  }

  /** Closes the connection at once, even while a statement is executed. */
  sever(): void {
    this.connection.stream.destroy();
  }
}
