import { type RequestListener, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A range service of breached passwords on this machine. */
export interface RangeServer {
  readonly url: string;
  stop(): Promise<void>;
}

export async function startRangeServer(answer: RequestListener): Promise<RangeServer> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/range`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
