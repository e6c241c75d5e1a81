import { EventEmitter, once } from 'node:events';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface ReceivedWebhook {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly payload: { readonly type: string; readonly timestamp: string; readonly data: Record<string, unknown> };
}

/** How a path answers; without one: 204. */
export type Answer = (
  response: ServerResponse,
  received: ReceivedWebhook,
  request: IncomingMessage,
) => void | Promise<void>;

/** A receiver of webhooks on this machine. */
export class WebhookReceiver {
  readonly received: ReceivedWebhook[] = [];
  private readonly answers = new Map<string, Answer>();
  private readonly events = new EventEmitter();
  private readonly server = createServer((request, response) => void this.take(request, response));

  static async start(port = 0): Promise<WebhookReceiver> {
    const receiver = new WebhookReceiver();
    receiver.server.listen(port, '127.0.0.1');
    await once(receiver.server, 'listening');
    return receiver;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  url(path: string): string {
    return `http://127.0.0.1:${this.port}${path}`;
  }

  /** What this path answers from now on. */
  answer(path: string, answer: Answer | number): void {
    this.answers.set(path, typeof answer === 'number' ? (response) => void response.writeHead(answer).end() : answer);
  }

  at(path: string, type?: string): ReceivedWebhook[] {
    return this.received.filter((one) => one.path === path && (type === undefined || one.payload.type === type));
  }

  /** The first one of this type at this path, once it has come. */
  async first(path: string, type?: string): Promise<ReceivedWebhook> {
    for (;;) {
      const [found] = this.at(path, type);
      if (found) return found;
      await once(this.events, 'received');
    }
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    const received = {
      path: request.url ?? '',
      headers: request.headers as Record<string, string>,
      body,
      payload: JSON.parse(body) as ReceivedWebhook['payload'],
    };
    this.received.push(received);
    this.events.emit('received');
    const answer = this.answers.get(received.path);
    if (answer) await answer(response, received, request);
    else response.writeHead(204).end();
  }
}
