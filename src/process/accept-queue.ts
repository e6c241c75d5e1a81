import { type AddressInfo, type Server, connect } from 'node:net';

/** Longer than a busy machine takes; a process that stops does not wait for more. */
const LIMIT_MS = 2500;
const QUESTION = 'GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n';
/** Addresses to listen at, which no connection can be made to everywhere, and what they include. */
const ANY = new Map([
  ['0.0.0.0', '127.0.0.1'],
  ['::', '::1'],
]);

/**
 * Until every connection that was made before this call has been accepted. The system queues connections that nobody
 * has accepted yet, and so does the primary of a cluster; both reset them when the listener is closed. Both queues are
 * in order, so once a connection of our own is answered, all before it are with a process that serves them.
 */
export async function queueServed(server: Server): Promise<void> {
  const address = server.address();
  if (typeof address !== 'object' || !address) return;
  await ask(address);
}

function ask({ port, address }: AddressInfo): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: ANY.get(address) ?? address });
    const end = () => {
      clearTimeout(timer);
      socket.destroy();
      resolve();
    };
    const timer = setTimeout(end, LIMIT_MS);
    socket.once('connect', () => socket.write(QUESTION));
    socket.once('data', end);
    socket.once('error', end);
    socket.once('close', end);
  });
}
