import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below the ports that systems give to outgoing connections (Linux: from 32768), and above those that browsers block. */
const FIRST_PORT = 11_000;
const END = 32_000;

/**
 * A port of 127.0.0.1 that nobody has at this moment. No outgoing connection is given it before its user listens, as
 * may happen to one that the system chooses.
 */
export async function freePort() {
  for (;;) {
    const port = randomInt(FIRST_PORT, END);
    if (await isFree(port)) return port;
  }
}

function isFree(port) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    // EACCES: Windows keeps ranges of ports back.
    server.once('error', (error) => (/^(EADDRINUSE|EACCES)$/.test(error.code) ? resolve(false) : reject(error)));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
