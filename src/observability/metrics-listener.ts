import { once } from 'node:events';
import { createServer } from 'node:http';
import { ConfigError } from '../config/config.js';

const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';
const REQUEST_TIMEOUT_MS = 5000;

/** A listener of its own for Prometheus, which no client of the platform reaches. @throws ConfigError */
export async function listenForMetrics(
  { host, port }: { readonly host: string; readonly port: number },
  render: () => Promise<string>,
): Promise<{ stop(): Promise<void> }> {
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, (request, response) => {
    if (request.method !== 'GET' || request.url?.split('?', 1)[0] !== '/metrics') {
      return void response.writeHead(404, { 'content-type': CONTENT_TYPE }).end('Metrics are at /metrics.\n');
    }
    render().then(
      (text) => response.writeHead(200, { 'content-type': CONTENT_TYPE, 'cache-control': 'no-store' }).end(text),
      () => response.writeHead(503, { 'content-type': CONTENT_TYPE }).end(),
    );
  });
  try {
    server.listen(port, host);
    await once(server, 'listening');
  } catch (error) {
    throw new ConfigError([`METRICS_PORT ${port} cannot be used on ${host}: ${(error as Error).message}.`]);
  }
  return {
    stop: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
