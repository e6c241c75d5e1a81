import { type Server, type Socket, connect, createServer } from 'node:net';

/** One connection through the proxy: from the platform, and on to the database. */
interface Joined {
  readonly socket: Socket;
  readonly upstream: Socket;
  /** Its first bytes; PostgreSQL's say which application connects. */
  greeting: string;
}

/** Stands between the platform and its database, and can be cut like a cable. */
export class TcpProxy {
  private readonly joined = new Set<Joined>();
  private cut: ((greeting: string) => boolean) | undefined;

  private constructor(
    private readonly server: Server,
    private readonly target: { readonly host: string; readonly port: number },
  ) {
    server.on('connection', (socket) => this.join(socket));
  }

  static async start(target: { readonly host: string; readonly port: number }): Promise<TcpProxy> {
    const server = createServer();
    const proxy = new TcpProxy(server, target);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    const address = this.server.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  /** Every connection breaks, and new ones do too; `only`: those whose first bytes contain it. */
  interrupt(only = ''): void {
    this.cut = (greeting) => greeting.includes(only);
    for (const joined of this.joined) if (this.cut(joined.greeting)) joined.socket.destroy();
  }

  restore(): void {
    this.cut = undefined;
  }

  /** The connections that there are carry nothing any more and stay open; new ones work. */
  freeze(only = ''): void {
    for (const { socket, upstream, greeting } of this.joined) {
      if (!greeting.includes(only)) continue;
      for (const each of [socket, upstream]) each.unpipe().pause();
    }
  }

  /** What the platform says still arrives on the connections that there are; it never hears an answer. */
  loseAnswers(): void {
    for (const { upstream } of this.joined) upstream.unpipe().pause();
  }

  async stop(): Promise<void> {
    this.interrupt();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private join(socket: Socket): void {
    if (this.cut?.('')) return void socket.destroy();
    const upstream = connect(this.target);
    const joined: Joined = { socket, upstream, greeting: '' };
    this.joined.add(joined);
    for (const [one, other] of [
      [socket, upstream],
      [upstream, socket],
    ] as const) {
      one.on('error', () => undefined);
      one.once('close', () => {
        this.joined.delete(joined);
        other.destroy();
      });
      one.pipe(other);
    }
    socket.once('data', (bytes) => {
      joined.greeting = bytes.toString('latin1');
      if (this.cut?.(joined.greeting)) socket.destroy();
    });
  }
}
