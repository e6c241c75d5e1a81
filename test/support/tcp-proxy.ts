import { type Server, connect, createServer } from 'node:net';
import { ProxiedConnection, type ProxyRules } from './proxied-connection.js';
import { seededRandom } from './random.js';

export interface ProxyTarget {
  readonly host: string;
  readonly port: number;
}

/** Chooses connections by the `application_name` of their startup packet. */
export type Matches = (applicationName: string) => boolean;

const EVERY: Matches = () => true;
const NONE: Matches = () => false;

/** Something the proxy does until it is stopped, and how often it did it. */
export interface Disturbance {
  readonly count: number;
  stop(): void;
}

/** Stands between the platform and its database. It can be cut like a cable, go silent, be slow and lose answers. */
export class TcpProxy {
  private readonly connections = new Set<ProxiedConnection>();
  private readonly rules: ProxyRules = { delayMs: 0, forwards: () => undefined, loses: () => false };
  private isCut = false;
  private refused = NONE;

  private constructor(
    private readonly server: Server,
    private target: ProxyTarget,
  ) {
    server.on('connection', (socket) => {
      if (this.isCut) return void socket.destroy();
      const upstream = connect(this.target);
      const connection = new ProxiedConnection(socket, upstream, this.rules, {
        started: (name) => !this.refused(name),
        closed: () => this.connections.delete(connection),
      });
      this.connections.add(connection);
    });
  }

  static async start(target: ProxyTarget): Promise<TcpProxy> {
    const server = createServer();
    const proxy = new TcpProxy(server, target);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    const address = this.server.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  /** How many connections are open and forwarded. */
  count(matches: Matches = EVERY): number {
    return this.chosen(matches).filter(({ isFrozen }) => !isFrozen).length;
  }

  /** Where new connections lead from now on. */
  retarget(target: ProxyTarget): void {
    this.target = target;
  }

  /** Every connection breaks, and new ones do too; `only`: those with this in their name. */
  interrupt(only = ''): void {
    if (only !== '') return this.refuse((name) => name.includes(only));
    this.isCut = true;
    this.cut();
  }

  restore(): void {
    this.isCut = false;
    this.refused = NONE;
  }

  /** These connections break; new ones work. @returns how many broke */
  cut(matches: Matches = EVERY): number {
    const chosen = this.chosen(matches);
    for (const connection of chosen) connection.destroy();
    return chosen.length;
  }

  /** Nothing passes on these connections any more, in either direction, and neither side is told; new ones work. */
  freeze(which: Matches | string = EVERY): number {
    const chosen = this.chosen(typeof which === 'string' ? (name) => name.includes(which) : which);
    for (const connection of chosen) connection.freeze();
    return chosen.length;
  }

  /** What the platform says still arrives on the connections that there are; it never hears an answer. */
  loseAnswers(): void {
    for (const connection of this.connections) connection.deafen();
  }

  /** These connections break, and so do new ones of their kind, until `refuse()` is called with nothing. */
  refuse(matches: Matches = NONE): void {
    this.refused = matches;
    this.cut(matches);
  }

  /** From now on everything arrives this much later. */
  delay(milliseconds: number): void {
    this.rules.delayMs = milliseconds;
  }

  /**
   * Cuts connections anywhere in what is sent, also within a message: each packet ends its connection with this
   * probability.
   */
  cutAtRandom({ seed, probability }: { readonly seed: number; readonly probability: number }): Disturbance {
    const random = seededRandom(seed);
    let count = 0;
    this.rules.forwards = (chunk) => {
      if (random() >= probability) return undefined;
      count += 1;
      return Math.floor(random() * chunk.length);
    };
    return disturbance(
      () => count,
      () => (this.rules.forwards = () => undefined),
    );
  }

  /**
   * Transactions in which a statement with this text in its name or SQL was sent: the server carries them out, its last
   * answer is withheld, and the connection breaks.
   */
  loseAnswersTo(text: string, times = Infinity): Disturbance {
    let count = 0;
    const pattern = Buffer.from(text);
    this.rules.loses = (question) => {
      if (count >= times || !question.includes(pattern)) return false;
      count += 1;
      return true;
    };
    return disturbance(
      () => count,
      () => (this.rules.loses = () => false),
    );
  }

  async stop(): Promise<void> {
    this.interrupt();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private chosen(matches: Matches): ProxiedConnection[] {
    return [...this.connections].filter(({ applicationName }) => matches(applicationName));
  }
}

function disturbance(count: () => number, stop: () => void): Disturbance {
  return {
    get count() {
      return count();
    },
    stop,
  };
}
