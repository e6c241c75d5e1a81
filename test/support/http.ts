import { type IncomingHttpHeaders, type IncomingMessage, request as httpRequest } from 'node:http';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body as JSON. */
  json<Shape = Record<string, unknown>>(): Shape;
}

export interface HttpRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | string[] | undefined>>;
  readonly body?: string | Buffer;
}

/**
 * Sends exactly what it is told: no redirect is followed, no path is tidied up, and every host is this machine
 * (`*.localhost` is not resolved everywhere).
 */
export function send(url: string, { method = 'GET', headers = {}, body }: HttpRequest = {}): Promise<HttpAnswer> {
  const match = /^http:\/\/([^/:]+)(?::(\d+))?(\/.*)?$/s.exec(url);
  if (!match) throw new Error(`Not an http URL: ${url}`);
  const [, host = '', port = '80', path = '/'] = match;
  const sent = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        host: '127.0.0.1',
        port,
        path,
        method,
        agent: false,
        headers: {
          host: `${host}:${port}`,
          ...(body !== undefined &&
            !('transfer-encoding' in headers) && { 'content-length': String(Buffer.byteLength(body)) }),
          ...(sent as Record<string, string>),
        },
      },
      (response) => void readAnswer(response).then(resolve, reject),
    );
    request.setTimeout(20_000, () => request.destroy(new Error(`No answer from ${url} in 20 s`)));
    request.on('error', reject);
    request.end(body);
  });
}

/** The whole answer, once its last byte is here. */
export async function readAnswer(response: IncomingMessage): Promise<HttpAnswer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  const { statusCode: status = 0, headers } = response;
  return { status, headers, text, json: <Shape>() => JSON.parse(text) as Shape };
}

export type Form = Readonly<Record<string, string | readonly string[] | undefined>>;

/** `application/x-www-form-urlencoded`; a member that is a list is sent repeatedly. */
export function encodeForm(form: Form): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(form)) {
    for (const one of [value].flat()) if (one !== undefined) params.append(name, one);
  }
  return params.toString();
}

export function postForm(url: string, form: Form | string, headers: HttpRequest['headers'] = {}): Promise<HttpAnswer> {
  return send(url, {
    method: 'POST',
    body: typeof form === 'string' ? form : encodeForm(form),
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  });
}

/** RFC 6749 §2.3.1. */
export function basic(clientId: string, secret: string): string {
  const encode = (text: string) => new URLSearchParams({ x: text }).toString().slice(2);
  return `Basic ${Buffer.from(`${encode(clientId)}:${encode(secret)}`).toString('base64')}`;
}
