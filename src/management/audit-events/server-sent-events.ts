/** A message of a stream of Server-Sent Events (HTML Standard §9.2). Its data is JSON, which has no line breaks. */
export interface ServerSentEvent {
  /** The reader sends it back as `Last-Event-ID` when it has lost the connection. */
  readonly id?: string;
  /** Default: `message`. */
  readonly event?: string;
  readonly data?: object;
}

export function toText({ id, event, data }: ServerSentEvent): string {
  return [
    ...(event === undefined ? [] : [`event: ${event}`]),
    ...(id === undefined ? [] : [`id: ${id}`]),
    ...(data === undefined ? [] : [`data: ${JSON.stringify(data)}`]),
    '\n',
  ].join('\n');
}

/** Keeps the connection open, and tells the reader how far the stream is although nothing was for it. */
export function heartbeat(id: string): string {
  return `: heartbeat\nid: ${id}\n\n`;
}

/** How long a reader waits before it connects again. */
export function retryAfter(milliseconds: number): string {
  return `retry: ${milliseconds}\n\n`;
}
