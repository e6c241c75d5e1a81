import {
  type IncomingMessage,
  type Server,
  type ServerResponse,
  createServer,
  request as httpRequest,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request to the management API, whoever sent it. */
export interface Recorded {
  readonly from: 'console' | 'script';
  readonly method: string;
  /** Below the origin, without the console's prefix. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly ifMatch: string | undefined;
  readonly contentType: string | undefined;
  readonly body: unknown;
}

const API = /^(.*\/console)?(\/api\/v1\/[^?]*)(?:\?(.*))?$/;
const HELD = {
  type: 'urn:tenantry:problem:conflict',
  title: 'It was recorded, and goes no further.',
  status: 409,
};

/** Stands between everybody and the platform: writes down what is asked, and while it holds, lets no change through. */
export class Recorder {
  readonly requests: Recorded[] = [];
  holds = false;
  private target = 0;

  private constructor(private readonly server: Server) {}

  static async listen(): Promise<Recorder> {
    const server = createServer();
    const recorder = new Recorder(server);
    server.on('request', (request, response) => void recorder.take(request, response));
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    return recorder;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** @param port where the platform listens */
  leadTo(port: number): void {
    this.target = port;
  }

  /** What came since, of these. */
  since(mark: number, from: Recorded['from'], wanted: (one: Recorded) => boolean = isWrite): Recorded[] {
    return this.requests.slice(mark).filter((one) => one.from === from && wanted(one));
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const recorded = recordOf(request, body);
    if (recorded) this.requests.push(recorded);
    if (this.holds && recorded && isWrite(recorded)) {
      response.writeHead(409, { 'content-type': 'application/problem+json' }).end(JSON.stringify(HELD));
      return;
    }
    const { method, url: path, headers } = request;
    const passed = httpRequest({ host: 'localhost', port: this.target, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    passed.on('error', () => response.destroy());
    response.on('close', () => passed.destroy());
    passed.end(body);
  }
}

export function isWrite({ method }: Recorded): boolean {
  return method !== 'GET' && method !== 'HEAD';
}

function recordOf({ method = '', url = '', headers }: IncomingMessage, body: Buffer): Recorded | undefined {
  const [, console, path, query = ''] = API.exec(url) ?? [];
  if (path === undefined) return undefined;
  return {
    from: console === undefined ? 'script' : 'console',
    method,
    path: decodeURIComponent(path),
    query: Object.fromEntries(new URLSearchParams(query)),
    ifMatch: headers['if-match'],
    contentType: headers['content-type'],
    body: body.length === 0 ? undefined : (JSON.parse(body.toString()) as unknown),
  };
}
