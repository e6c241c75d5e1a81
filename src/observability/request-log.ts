import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';

declare module 'node:http' {
  interface IncomingMessage {
    /** Names this request in the log, in audit events and on error pages. */
    requestId?: string;
    /** The client's IP address, as far as trusted proxies tell. */
    clientAddress?: string;
  }
}

const FLUSH_INTERVAL_MS = 1000;

/** One structured line per request, when it is over. Never a query, a header or a body. */
export class RequestLog {
  private readonly flushing: NodeJS.Timeout;

  constructor(private readonly logger: Logger) {
    this.flushing = setInterval(() => this.logger.flush(), FLUSH_INTERVAL_MS).unref();
  }

  /** Gives the request its id and watches it end. `tenant` and `path` were read from the address before. */
  begin(request: IncomingMessage, response: ServerResponse, at: { tenant: string | undefined; path: string }): void {
    request.requestId = randomUUID();
    if (!this.logger.isLevelEnabled('info')) return;
    const startedAt = performance.now();
    response.once('close', () => {
      this.logger.info({
        request: request.requestId,
        tenant: at.tenant,
        method: request.method,
        path: at.path,
        status: response.writableFinished ? response.statusCode : 499,
        ms: Math.round((performance.now() - startedAt) * 10) / 10,
        address: request.clientAddress,
      });
    });
  }

  close(): void {
    clearInterval(this.flushing);
    this.logger.flush();
  }
}
