import { basic, type HttpAnswer, postForm, send } from './http.js';

/** The management API with one access token. */
export class ManagementClient {
  constructor(
    readonly url: string,
    readonly token: string,
  ) {}

  static async login(url: string, secret: string): Promise<ManagementClient> {
    const form = { grant_type: 'client_credentials' };
    const answer = await postForm(`${url}/t/system/token`, form, { authorization: basic('operator', secret) });
    if (answer.status !== 200) throw new Error(`The operator got no token: ${answer.text}`);
    return new ManagementClient(url, String(answer.json()['access_token']));
  }

  /** Any request below `/api/v1`; the answer whatever its status. */
  request(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<HttpAnswer> {
    return send(`${this.url}/api/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  }

  /** Creates something, and fails the test loudly when it was refused. */
  async create<Shape = Record<string, unknown>>(path: string, body: unknown): Promise<Shape> {
    const answer = await this.request('POST', path, body);
    if (answer.status !== 201) throw new Error(`POST ${path}: ${answer.status} ${answer.text}`);
    return answer.json<Shape>();
  }

  async get<Shape = Record<string, unknown>>(path: string): Promise<Shape> {
    const answer = await this.request('GET', path);
    if (answer.status !== 200) throw new Error(`GET ${path}: ${answer.status} ${answer.text}`);
    return answer.json<Shape>();
  }

  /** Changes something in the version that is there now. */
  async patch<Shape = Record<string, unknown>>(path: string, body: unknown): Promise<Shape> {
    const answer = await this.request('PATCH', path, body, { 'if-match': '*' });
    if (answer.status !== 200) throw new Error(`PATCH ${path}: ${answer.status} ${answer.text}`);
    return answer.json<Shape>();
  }
}
