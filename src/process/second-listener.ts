import { once } from 'node:events';
import type { Server as HttpServer } from 'node:http';
import { type Server, type Socket, createServer } from 'node:net';
import { queueServed } from './accept-queue.js';

/** Codes of a machine that has no such address, or no such family of addresses. */
const ABSENT = ['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL', 'EPROTONOSUPPORT'];

/**
 * A second address of the same HTTP server. `localhost` means 127.0.0.1 and ::1, and a listener has one address; both
 * together have a wider one only, which other machines would reach.
 */
export class SecondListener {
  private constructor(private readonly server: Server) {}

  /** @returns undefined where the machine has no such address @throws when the port is taken there */
  static async listen(
    http: HttpServer,
    { host, port }: { readonly host: string; readonly port: number },
  ): Promise<SecondListener | undefined> {
    // As Node.js makes the sockets of an HTTP server.
    const server = createServer({ allowHalfOpen: true, noDelay: true, keepAlive: true }, (socket: Socket) =>
      http.emit('connection', socket),
    );
    try {
      server.listen(port, host);
      await once(server, 'listening');
    } catch (error) {
      if (ABSENT.includes(String((error as { code?: string }).code))) return undefined;
      throw error;
    }
    return new SecondListener(server);
  }

  /** Until every connection that was made before this call is with the HTTP server. */
  queueServed(): Promise<void> {
    return queueServed(this.server);
  }

  /** Takes no more connections. */
  stopListening(): void {
    this.server.close();
  }

  /** After `stopListening`: until what is under way is answered, and what clients keep open is closed. */
  async finished(): Promise<void> {
    const open = await new Promise<number>((resolve) => this.server.getConnections((_, count) => resolve(count ?? 0)));
    if (open > 0) await once(this.server, 'close');
  }
}
