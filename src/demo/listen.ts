import { type RequestListener, type Server, createServer } from 'node:http';

/** On this machine only. */
export function listen(application: RequestListener, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(application);
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
