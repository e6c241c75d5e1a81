import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What a browser brought to the application: the parameters of an authorization response, or of a sign-out. */
export interface Arrival {
  readonly method: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
}

/** An application that people come back to: it keeps what they bring, and shows a page that says so. */
export interface RelyingParty {
  readonly origin: string;
  readonly callback: string;
  readonly signedOut: string;
  readonly arrivals: Arrival[];
  close(): void;
}

const PAGE = '<!doctype html><html lang="en"><title>Application</title><link rel="icon" href="data:,"><h1>Back</h1>';

/** @param leadsTo where it sends people on to, instead of showing its page */
export async function startRelyingParty(leadsTo?: string): Promise<RelyingParty> {
  const arrivals: Arrival[] = [];
  const server = createServer((request, response) => {
    const { pathname: path, searchParams } = new URL(request.url ?? '/', 'http://rp.test');
    void text(request).then((body) => {
      const params = request.method === 'POST' ? new URLSearchParams(body) : searchParams;
      arrivals.push({ method: request.method ?? '', path, params: Object.fromEntries(params) });
      if (leadsTo !== undefined) response.writeHead(303, { location: leadsTo }).end();
      else response.setHeader('content-type', 'text/html; charset=utf-8').end(PAGE);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    callback: `${origin}/callback`,
    signedOut: `${origin}/signed-out`,
    arrivals,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
