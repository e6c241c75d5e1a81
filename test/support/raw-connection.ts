import { type Socket, connect } from 'node:net';

/** What came over a connection until the other side closed it. */
export interface RawAnswer {
  readonly text: string;
  /** Status of each answer, in order. */
  readonly statuses: readonly number[];
}

/**
 * Sends these bytes as they are, for what no HTTP client would send, and waits until the platform closes the
 * connection. A request that is in order has to ask for that.
 */
export function sendRaw(port: number, text: string): Promise<RawAnswer> {
  return collect(port, (socket) => void socket.write(text, 'latin1'));
}

/**
 * Goes on sending after the first bytes, whatever is answered, until the platform closes the connection.
 * @returns undefined when it took everything
 */
export async function sendWithoutEnd(
  port: number,
  head: string,
  { chunk, count }: { readonly chunk: string; readonly count: number },
): Promise<RawAnswer | undefined> {
  let tookAll = false;
  const answer = await collect(port, (socket) => {
    let sent = 0;
    const more = () => {
      while (sent < count && !socket.destroyed) {
        sent += 1;
        if (!socket.write(chunk)) return;
      }
      tookAll = sent === count;
      socket.destroy();
    };
    socket.write(head);
    socket.on('drain', more);
    more();
  });
  return tookAll ? undefined : answer;
}

function collect(port: number, send: (socket: Socket) => void): Promise<RawAnswer> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => send(socket));
    socket.on('data', (data) => (text += data.toString('latin1')));
    // A peer that does not read the rest resets the connection, which is what is waited for.
    socket.on('error', () => undefined);
    socket.once('close', () => {
      const statuses = [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
      resolve({ text, statuses });
    });
  });
}
