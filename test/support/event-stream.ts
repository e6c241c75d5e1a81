import { type ClientRequest, type IncomingMessage, request as httpRequest } from 'node:http';
import type { ListedEvent } from './audit.js';
import type { ManagementClient } from './management-client.js';

export interface Message {
  readonly id?: string;
  readonly event?: string;
  readonly data?: string;
}

/** A reader of Server-Sent Events: it keeps what has arrived, and waits for what has not. */
export class EventStream {
  readonly messages: Message[] = [];
  /** As a browser would send it when it connects again. */
  lastEventId = '';
  closed = false;
  private rest = '';
  private heard: (() => void)[] = [];

  private constructor(
    private readonly request: ClientRequest,
    readonly response: IncomingMessage,
  ) {
    response.setEncoding('utf8');
    response.on('data', (text: string) => this.take(text));
    response.on('error', () => undefined);
    response.on('close', () => {
      this.closed = true;
      this.tell();
    });
  }

  /** @param port of one of several processes */
  static open(
    client: ManagementClient,
    path: string,
    { port, headers = {} }: { port?: number; headers?: Record<string, string> } = {},
  ): Promise<EventStream> {
    const { host, port: usual } = new URL(client.url);
    return new Promise((resolve, reject) => {
      const request = httpRequest(
        {
          host: '127.0.0.1',
          port: port ?? usual,
          path: `/api/v1${path}`,
          agent: false,
          headers: { host, authorization: `Bearer ${client.token}`, ...headers },
        },
        (response) => resolve(new EventStream(request, response)),
      );
      request.on('error', reject);
      request.end();
    });
  }

  get events(): ListedEvent[] {
    return this.messages
      .filter(({ event, data }) => event === undefined && data !== undefined)
      .map(({ data }) => JSON.parse(data ?? '') as ListedEvent);
  }

  /** What the last message says. */
  get reason(): unknown {
    const end = this.messages.find(({ event }) => event === 'end');
    return end && (JSON.parse(end.data ?? '{}') as { reason: unknown }).reason;
  }

  /** @throws when the stream ends without it */
  async until(holds: (stream: EventStream) => boolean): Promise<this> {
    while (!holds(this)) {
      if (this.closed) throw new Error(`The stream is over: ${JSON.stringify(this.messages)}`);
      await new Promise<void>((resolve) => this.heard.push(resolve));
    }
    return this;
  }

  async ended(): Promise<this> {
    while (!this.closed) await new Promise<void>((resolve) => this.heard.push(resolve));
    return this;
  }

  close(): void {
    this.request.destroy();
  }

  private take(text: string): void {
    const blocks = (this.rest + text).split('\n\n');
    this.rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const lines = block.split('\n').filter((line) => !line.startsWith(':'));
      const message = Object.fromEntries(lines.map((line) => line.split(/: (.*)/s).slice(0, 2))) as Message;
      if (message.id !== undefined) this.lastEventId = message.id;
      this.messages.push(message);
    }
    this.tell();
  }

  private tell(): void {
    for (const tell of this.heard.splice(0)) tell();
  }
}
