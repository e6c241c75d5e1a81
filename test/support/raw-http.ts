import { connect } from 'node:net';

/**
 * Writes these bytes on a connection of their own and reads until the other side has closed it: what no HTTP library
 * would send. With `hangUp` nothing more will come from here, and the other side is told so.
 * @returns the status of each answer, and everything that came
 */
export function sendRaw(
  port: number,
  bytes: string,
  { hangUp = false } = {},
): Promise<{ statuses: number[]; text: string }> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(bytes, 'latin1');
      if (hangUp) socket.end();
    });
    const chunks: Buffer[] = [];
    socket.setTimeout(20_000, () => socket.destroy(new Error('The connection was not closed in 20 s')));
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    // A connection that is reset has said what it had to say before.
    socket.on('error', (error: NodeJS.ErrnoException) => error.code !== 'ECONNRESET' && reject(error));
    socket.on('close', () => {
      const text = Buffer.concat(chunks).toString('latin1');
      resolve({ statuses: [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status)), text });
    });
  });
}
