import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { networkOf } from '../limits/network.js';
import type { ProxyTrust } from './client-address.js';
import { Connection, type WaitingRequests } from './connection.js';

/** How much one process keeps for its clients at most. */
export interface ConnectionLimits {
  /** Open connections. */
  readonly connections: number;
  /** Open connections of one network that is not a trusted proxy. */
  readonly connectionsPerNetwork: number;
  /** Pipelined requests that wait for the answer before theirs. */
  readonly waitingRequests: number;
  /** How long a client may take to read an answer. */
  readonly answerTimeoutMs: number;
}

export const CONNECTION_LIMITS: ConnectionLimits = {
  connections: 4096,
  connectionsPerNetwork: 1024,
  waitingRequests: 8192,
  answerTimeoutMs: 30_000,
};

/** Who connects to ask something, does so within this time. */
const UNUSED_MS = 1000;

/**
 * How often stalled connections are looked for in one timeout: a connection is closed late by a quarter of it at most.
 */
const LOOKS_PER_TIMEOUT = 4;

/**
 * The open connections of a server. When there are too many, of one network or altogether, an idle one is closed for
 * the new one. When none is idle, the new one is closed. So idle connections keep nobody out. Behind a trusted proxy
 * all clients share its address, so there only the sum is limited.
 */
export class Connections {
  /** Connections that were closed or refused because there were too many, and because their client did not read. */
  readonly closed = { excess: 0, stalled: 0 };
  private readonly open = new Map<Socket, Connection>();
  /** The connections of each network. The one whose last request is longest ago comes first. */
  private readonly networks = new Map<string, Set<Connection>>();
  private readonly waiting: WaitingRequests;
  private trust: ProxyTrust = () => false;

  constructor(
    private readonly limits: ConnectionLimits,
    private readonly serve: RequestListener,
  ) {
    this.waiting = { count: 0, most: limits.waitingRequests };
  }

  get count(): number {
    return this.open.size;
  }

  /** Pipelined requests that wait now. */
  get waitingCount(): number {
    return this.waiting.count;
  }

  trustProxies(trust: ProxyTrust): void {
    this.trust = trust;
  }

  watch(server: Server): void {
    server.on('connection', (socket: Socket) => this.admit(socket));
    const looking = setInterval(() => this.closeStalled(), this.limits.answerTimeoutMs / LOOKS_PER_TIMEOUT).unref();
    server.once('close', () => clearInterval(looking));
  }

  /** A request of one of them. */
  take(request: IncomingMessage, response: ServerResponse): void {
    const connection = this.open.get(request.socket);
    if (!connection) return;
    const neighbours = this.networks.get(connection.network);
    if (neighbours?.delete(connection)) neighbours.add(connection);
    connection.take(request, response);
  }

  /**
   * Closes the connections on which nothing was sent so far. Browsers and HTTP clients open some in advance. Node.js
   * counts them as busy, and after `close` it does not look at their time limits any more.
   */
  closeUnused(): void {
    const openedBefore = performance.now() - UNUSED_MS;
    for (const { socket, openedAt } of this.open.values()) {
      if (socket.bytesRead === 0 && openedAt < openedBefore) socket.destroy();
    }
  }

  /** Whether a request of this connection is under way. */
  isBusy(socket: Socket): boolean {
    return this.open.get(socket)?.isIdle === false;
  }

  private admit(socket: Socket): void {
    const { remoteAddress } = socket;
    if (remoteAddress === undefined) return void socket.destroy(); // gone already
    const network = this.trust(remoteAddress, 0) ? '' : networkOf(remoteAddress);
    if (!this.makeRoom(network)) {
      this.closed.excess += 1;
      return void socket.destroy();
    }
    const connection = new Connection(socket, network, this.serve, this.waiting);
    this.open.set(socket, connection);
    const neighbours = this.networks.get(network) ?? new Set();
    this.networks.set(network, neighbours.add(connection));
    socket.once('close', () => this.remove(connection));
  }

  /** @returns false when every connection that could make room has a request under way */
  private makeRoom(network: string): boolean {
    const neighbours = this.networks.get(network);
    if (network !== '' && neighbours && neighbours.size >= this.limits.connectionsPerNetwork) {
      return this.closeIdle(neighbours);
    }
    if (this.open.size < this.limits.connections) return true;
    // The networks with the most connections come first. Trusted proxies come last, because their connections belong to
    // many clients.
    const bySize = [...this.networks].sort(
      ([a, as], [b, bs]) => Number(a === '') - Number(b === '') || bs.size - as.size,
    );
    return bySize.some(([, connections]) => this.closeIdle(connections));
  }

  private closeIdle(connections: ReadonlySet<Connection>): boolean {
    for (const connection of connections) {
      if (!connection.isIdle) continue;
      this.remove(connection);
      connection.socket.destroy();
      this.closed.excess += 1;
      return true;
    }
    return false;
  }

  private remove(connection: Connection): void {
    const { socket, network } = connection;
    this.open.delete(socket);
    const neighbours = this.networks.get(network);
    neighbours?.delete(connection);
    if (neighbours?.size === 0) this.networks.delete(network);
  }

  private closeStalled(): void {
    const now = performance.now();
    for (const connection of this.open.values()) {
      if (connection.closeIfStalled(now, this.limits.answerTimeoutMs)) this.closed.stalled += 1;
    }
  }
}
