import { type IncomingMessage, type RequestListener, type Server, type ServerResponse, createServer } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';
import { ExpressAdapter } from '@nestjs/platform-express';
import express, { type Express } from 'express';
import type { Location } from '../tenants/tenant-addresses.js';
import type { TenantRequest } from '../tenants/tenant-request.js';
import { boundBody, isBeyondBound } from './body-bound.js';
import type { ProxyTrust } from './client-address.js';
import { CONNECTION_LIMITS, type ConnectionLimits, Connections } from './connections.js';
import { answerWaiting } from './waiting-answer.js';
import { readTarget } from './request-target.js';
import type { Headers } from './security-headers.js';

/** Reads the address of a request; undefined when its Host header is not one. */
export type Locate = (
  hostHeader: string | undefined,
  url: string,
) => Location | undefined | Promise<Location | undefined>;

export interface FrontDoor {
  /** The headers of every answer, also of requests that are refused before any route. */
  readonly headers: Headers;
  readonly trust: ProxyTrust;
  readonly locate: Locate;
  readonly begin: (request: IncomingMessage, response: ServerResponse, location: Location) => void;
  /** Runs the handling of a request in a context of its own, for traces. */
  readonly within?:
    ((request: IncomingMessage, response: ServerResponse, location: Location, handle: () => void) => void) | undefined;
  /** Serves the few requests that are worth it without Express; false when it is not one of those. */
  readonly fastLane: (request: TenantRequest, response: ServerResponse) => boolean;
}

/**
 * Time limits against slow clients (slowloris). The keep-alive time is longer than the usual 60 s of a load balancer in
 * front.
 */
const HEADERS_TIMEOUT_MS = 15_000;
const REQUEST_TIMEOUT_MS = 30_000;
const KEEP_ALIVE_TIMEOUT_MS = 65_000;
/** How often Node.js checks these limits. Its default of 30 s would let 15 s become 45 s. */
const TIMEOUT_CHECK_MS = 5_000;
const IDLE_SWEEP_MS = 50;
const MAX_HEADER_BYTES = 32_768;
const MAX_HEADERS = 100;

interface Arrival {
  readonly request: TenantRequest | IncomingMessage;
  readonly response: ServerResponse;
  readonly location: Location | undefined;
  readonly next: Express;
}

/** A server with its connections, which outlives an application that could not be made. */
class Listener {
  readonly connections: Connections;
  server: Server | undefined;
  /** Whoever takes the requests now. */
  serve: RequestListener = answerWaiting;

  constructor(limits: ConnectionLimits) {
    this.connections = new Connections(limits, (request, response) => this.serve(request, response));
  }
}

/**
 * The HTTP adapter: Express under Nest. Before routing it reads which tenant the address names and which path is below
 * it, so that each route is written once for all kinds of address. It decides nothing about access; guards do.
 */
export class PlatformAdapter extends ExpressAdapter {
  private frontDoor: FrontDoor | undefined;
  private replaced = false;

  private readonly listener: Listener;

  /** @param listener an existing listener, whose requests this adapter serves from now on */
  constructor(limits: Partial<ConnectionLimits> = {}, listener?: Listener) {
    const instance = express();
    // Set before the first route. Paths are compared exactly: neither case nor a trailing slash is ignored.
    instance.enable('case sensitive routing').enable('strict routing').set('query parser', 'simple');
    instance.disable('x-powered-by').disable('etag');
    super(instance);
    this.listener = listener ?? new Listener({ ...CONNECTION_LIMITS, ...limits });
    this.listener.serve = (request, response) => this.receive(request, response, instance);
  }

  get connections(): Connections {
    return this.listener.connections;
  }

  /** Another adapter for the same listener, to try again after the application behind this one could not be made. */
  successor(): PlatformAdapter {
    this.replaced = true;
    const successor = new PlatformAdapter({}, this.listener);
    successor.initHttpServer();
    return successor;
  }

  /** Once: a listener that was made before the application stays. */
  override initHttpServer(): void {
    if (this.listener.server) return this.setHttpServer(this.listener.server);
    const listener: RequestListener = (request, response) => this.connections.take(request, response);
    const options = { maxHeaderSize: MAX_HEADER_BYTES, connectionsCheckingInterval: TIMEOUT_CHECK_MS };
    const server = createServer({ ...options, keepAlive: true, noDelay: true }, listener);
    server.headersTimeout = HEADERS_TIMEOUT_MS;
    server.requestTimeout = REQUEST_TIMEOUT_MS;
    server.keepAliveTimeout = KEEP_ALIVE_TIMEOUT_MS;
    // Node.js drops headers beyond this number. Reading one more than is allowed shows that there are too many.
    server.maxHeadersCount = MAX_HEADERS + 1;
    this.connections.watch(server);
    // RFC 9110 §10.1.1: a client that sends `Expect: 100-continue` is told to go on only if its body would be read.
    server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
      if (!isBeyondBound(request)) response.writeContinue();
      listener(request, response);
    });
    server.on('connect', (request: IncomingMessage, socket: Socket) => this.refuseTunnel(request, socket));
    this.listener.server = server;
    this.setHttpServer(server);
  }

  /** Takes no more connections. Those that there are go on, also idle ones, which `close` of Node.js would end first. */
  stopListening(): void {
    NetServer.prototype.close.call(this.getHttpServer());
  }

  /** Answers what is under way. Connections that clients keep for more are closed as soon as they are idle. */
  override async close(): Promise<void> {
    if (this.replaced) return;
    await this.whileClosingIdle(async () => super.close());
  }

  /** Closes the connections that clients keep for more, again and again until the work is done. */
  async whileClosingIdle(work: () => Promise<unknown>): Promise<void> {
    const server: Server = this.getHttpServer();
    const sweeping = setInterval(() => {
      server.closeIdleConnections();
      // What arrived while this process was busy is read first.
      setImmediate(() => this.connections.closeUnused());
    }, IDLE_SWEEP_MS);
    try {
      await work();
    } finally {
      clearInterval(sweeping);
    }
  }

  openFrontDoor(frontDoor: FrontDoor): void {
    this.frontDoor = frontDoor;
    this.connections.trustProxies(frontDoor.trust);
  }

  /**
   * RFC 9110 §9.3.6: CONNECT is for proxies, so it is refused. Node.js hands over the bare socket, which has to be
   * closed here.
   */
  private refuseTunnel(_: IncomingMessage, socket: Socket): void {
    socket.on('error', () => undefined);
    // The answer would overtake those of requests that came before on this connection.
    if (this.connections.isBusy(socket)) return void socket.destroy();
    socket.end(
      'HTTP/1.1 405 Method Not Allowed\r\nAllow: GET, HEAD, POST\r\nContent-Length: 0\r\nConnection: close\r\n\r\n',
    );
    socket.destroySoon();
  }

  private receive(request: TenantRequest | IncomingMessage, response: ServerResponse, next: Express): void {
    const { frontDoor } = this;
    if (!frontDoor) return answerWaiting(request, response);
    if (request.headers.expect !== undefined && isBeyondBound(request)) {
      return refuse(response, frontDoor, 413, 'The body is larger than anything that is taken here.');
    }
    boundBody(request);
    if (request.rawHeaders.length > 2 * MAX_HEADERS) {
      return refuse(response, frontDoor, 431, `There are more than ${MAX_HEADERS} headers.`);
    }
    const target = readTarget(request);
    const located = target && frontDoor.locate(target.host, target.url);
    if (target) request.headers.host = target.host;
    const go = (location: Location | undefined) => this.enter(frontDoor, { request, response, location, next });
    if (!(located instanceof Promise)) return go(located);
    located.then(go, () => {
      response.setHeader('retry-after', '1');
      refuse(response, frontDoor, 503, 'The database does not answer.');
    });
  }

  private enter(frontDoor: FrontDoor, { request, response, location, next }: Arrival): void {
    if (!location) {
      return refuse(
        response,
        frontDoor,
        400,
        'The Host header is missing or not a host name, or a header is sent twice.',
      );
    }
    const addressed = request as TenantRequest;
    addressed.url = location.url;
    addressed.tenantAddress = location.address;
    frontDoor.begin(request, response, location);
    const handle = () => void (frontDoor.fastLane(addressed, response) || next(addressed, response));
    if (frontDoor.within) frontDoor.within(addressed, response, location, handle);
    else handle();
  }
}

/** Refuses a request before the application sees it. The answer is the status and its reason phrase. */
function refuse(response: ServerResponse, { headers }: FrontDoor, status: number, reason: string): void {
  for (const [name, value] of headers) response.setHeader(name, value);
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
  response.end(`${reason}\n`);
}
