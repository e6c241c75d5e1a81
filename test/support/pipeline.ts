import { type Socket, connect } from 'node:net';
import { once } from 'node:events';
import type { Platform } from './platform.js';

/** Both ends of one connection to a platform in this process. */
export interface Ends {
  /** Reads nothing until it is resumed. */
  readonly client: Socket;
  readonly server: Socket;
}

/** Opens a connection; the client may be at another address of the loopback network. */
export async function openEnds(platform: Platform): Promise<Ends> {
  const accepted = once(platform.application.nest.getHttpServer(), 'connection');
  const client = connect(platform.config.listen.port, '127.0.0.1').pause();
  // What is closed by the platform may be reset, which is what some tests wait for.
  client.on('error', () => undefined);
  const [server] = (await accepted) as [Socket];
  return { client, server };
}

/** Until this end is closed, by whichever side and however. */
export function closing(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()));
}

/** Resumes reading, until so many answers have come. @returns everything that came */
export function readAnswers({ client }: Ends, count: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: string[] = [];
    let seen = 0;
    let tail = '';
    client.on('data', (chunk: Buffer) => {
      const text = chunk.toString('latin1');
      // A status line may be cut in two.
      seen += (tail + text).split('HTTP/1.1 200 ').length - 1;
      tail = text.slice(-12);
      chunks.push(text);
      if (seen >= count) resolve(chunks.join(''));
    });
    client.once('close', () =>
      reject(new Error(`It was closed after ${seen} answers: ${chunks.join('').slice(-600)}`)),
    );
    client.resume();
  });
}

export function getRequest(url: string, ...headers: string[]): string {
  const { host, pathname, search } = new URL(url);
  return [`GET ${pathname}${search} HTTP/1.1`, `Host: ${host}`, ...headers, '', ''].join('\r\n');
}
