import type { Socket } from 'node:net';
import { readStartup, tellsEndOfTransaction } from './postgres-wire.js';

/** What a proxy does to everything that passes; it may change at any time. */
export interface ProxyRules {
  delayMs: number;
  /** How many bytes of this packet pass before the connection is cut; undefined: all, and it is not. */
  forwards: (chunk: Buffer) => number | undefined;
  /** Whether the answer to what is asked here gets lost. */
  loses: (question: Buffer) => boolean;
}

export interface ProxyEvents {
  /** The startup packet is here; false refuses the connection. */
  readonly started: (applicationName: string) => boolean;
  readonly closed: () => void;
}

/** One connection through a proxy: the client's socket and the one to the server. */
export class ProxiedConnection {
  applicationName = '';
  isFrozen = false;
  private startup: Buffer | undefined = Buffer.alloc(0);
  private isDeaf = false;
  private losesAnswer = false;
  private isOpen = true;

  constructor(
    private readonly client: Socket,
    private readonly server: Socket,
    private readonly rules: ProxyRules,
    private readonly events: ProxyEvents,
  ) {
    client.on('data', (chunk: Buffer) => this.ask(chunk));
    server.on('data', (chunk: Buffer) => this.answer(chunk));
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      one.setNoDelay(true);
      one.on('error', () => undefined);
      one.on('end', () => this.isFrozen || this.later(() => other.end()));
      // A frozen side does not hear that the other one has gone.
      one.once('close', () => this.isFrozen || this.later(() => this.destroy()));
      one.on('drain', () => other.resume());
    }
  }

  freeze(): void {
    this.isFrozen = true;
  }

  /** From now on the client hears nothing. */
  deafen(): void {
    this.isDeaf = true;
  }

  destroy(): void {
    this.client.destroy();
    this.server.destroy();
    if (this.isOpen) this.events.closed();
    this.isOpen = false;
  }

  private ask(chunk: Buffer): void {
    if (this.startup && !this.begin(chunk)) return;
    if (this.rules.loses(chunk)) this.losesAnswer = true;
    this.forward(this.client, this.server, chunk);
  }

  private answer(chunk: Buffer): void {
    if (this.isDeaf) return;
    if (this.losesAnswer && tellsEndOfTransaction(chunk)) return this.destroy();
    this.forward(this.server, this.client, chunk);
  }

  /** Reads who is coming; false when it is refused. What is read is forwarded meanwhile. */
  private begin(chunk: Buffer): boolean {
    const bytes = Buffer.concat([this.startup ?? Buffer.alloc(0), chunk]);
    const parameters = readStartup(bytes);
    this.startup = parameters ? undefined : bytes;
    this.applicationName = parameters?.get('application_name') ?? '';
    if (!parameters || this.events.started(this.applicationName)) return true;
    this.destroy();
    return false;
  }

  private forward(from: Socket, to: Socket, chunk: Buffer): void {
    if (this.isFrozen) return;
    const passes = this.rules.forwards(chunk);
    const sent = passes === undefined ? chunk : chunk.subarray(0, passes);
    this.later(() => {
      if (this.isFrozen) return;
      if (!to.write(sent)) from.pause();
      if (passes !== undefined) this.destroy();
    });
  }

  private later(act: () => void): void {
    if (this.rules.delayMs === 0) act();
    else setTimeout(act, this.rules.delayMs);
  }
}
