import { type RequestListener, type Server, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** On this machine only. A port that is taken is replaced by one that is free. */
export async function listen(application: RequestListener, port: number): Promise<Server> {
  try {
    return await listenAt(application, port);
  } catch (error) {
    if ((error as { code?: string }).code !== 'EADDRINUSE') throw error;
    return listenAt(application, 0);
  }
}

export function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function listenAt(application: RequestListener, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(application);
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
