import { type ClientRequest, request as httpRequest } from 'node:http';
import { type Page, type TestBrowser, readForm } from './browser.js';
import { type Form, type HttpAnswer, encodeForm, readAnswer } from './http.js';
import type { ManagementClient } from './management-client.js';

/** A request that is ready to be sent, at the public address of the platform. */
export interface RacingRequest {
  readonly url: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export function racingForm(url: string, form: Form, headers: Readonly<Record<string, string>> = {}): RacingRequest {
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  return { url, method: 'POST', headers: { ...type, ...headers }, body: encodeForm(form) };
}

/** What the browser sends when this form of the page is submitted. */
export function racingSubmit(browser: TestBrowser, page: Page, formId: string, fields: Form = {}): RacingRequest {
  const form = readForm(page, formId);
  const url = new URL(form.action, page.url).href;
  const headers = { accept: 'text/html', 'sec-fetch-site': 'same-origin', cookie: browser.cookieHeader(url) };
  return racingForm(url, { ...form.fields, ...fields }, headers);
}

/** A request to the management API. */
export function racingCall(
  client: ManagementClient,
  method: string,
  path: string,
  body?: object,
  headers: Readonly<Record<string, string>> = {},
): RacingRequest {
  const bearer = { authorization: `Bearer ${client.token}`, ...headers };
  const url = `${client.url}/api/v1${path}`;
  if (!body) return { url, method, headers: bearer };
  return { url, method, headers: { 'content-type': 'application/json', ...bearer }, body: JSON.stringify(body) };
}

export function times<Value>(count: number, make: (index: number) => Value): Value[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

/**
 * Sends the requests at the same moment, in turn to the instances that listen on these ports: each is on its own
 * connection and complete but for its last byte before the first last byte is sent.
 * One that is answered with 503 and `Retry-After` is sent again by itself.
 * @returns the answers in the order of the requests
 */
export async function race(ports: readonly number[], requests: readonly RacingRequest[]): Promise<HttpAnswer[]> {
  const ready = await Promise.all(requests.map((one, index) => openRequest(one, ports[index % ports.length] ?? 0)));
  for (const { finish } of ready) finish();
  const answers = await Promise.all(ready.map(({ answer }) => answer));
  for (const [index, one] of requests.entries()) {
    while (isBusy(answers[index])) answers[index] = await sendAlone(one, ports[index % ports.length] ?? 0);
  }
  return answers;
}

/** Too much work waited, which many at once may cause on a slow machine. Clients send such a request again. */
function isBusy(answer: HttpAnswer | undefined): boolean {
  return answer?.status === 503 && answer.headers['retry-after'] !== undefined;
}

async function sendAlone(request: RacingRequest, port: number): Promise<HttpAnswer> {
  const { finish, answer } = await openRequest(request, port);
  finish();
  return answer;
}

/** Whether it says that the platform failed. 503 says that too much work waits, which fifty at once may cause. */
export const isFault = (status: number): boolean => status >= 500 && status !== 503;

/** How many answers have each status. */
export function countStatuses(answers: readonly HttpAnswer[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

export interface OpenRequest {
  /** Sends the last byte. */
  readonly finish: () => void;
  readonly answer: Promise<HttpAnswer>;
}

/** Sends a request but for its last byte, to whoever listens on this port. */
export async function openRequest(racing: RacingRequest, port: number): Promise<OpenRequest> {
  const { host, pathname, search } = new URL(racing.url);
  const { method = 'GET', headers = {}, body = '' } = racing;
  const length = body === '' ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const request = httpRequest({
    host: '127.0.0.1',
    port,
    path: pathname + search,
    method,
    agent: false,
    headers: { host, ...length, ...headers },
  });
  const answer = new Promise<HttpAnswer>((resolve, reject) => {
    request.setTimeout(20_000, () => request.destroy(new Error(`No answer from port ${port} in 20 s`)));
    request.once('error', reject);
    request.once('response', (response) => void readAnswer(response).then(resolve, reject));
  });
  answer.catch(() => undefined); // whoever awaits the race hears of it
  if (body === '') await connected(request);
  else await written(request, body.slice(0, -1));
  return { finish: () => request.end(body.slice(-1)), answer };
}

function connected(request: ClientRequest): Promise<void> {
  return new Promise((resolve, reject) => {
    request.once('error', reject);
    request.once('socket', (socket) => socket.once('connect', resolve));
  });
}

function written(request: ClientRequest, text: string): Promise<void> {
  return new Promise((resolve, reject) => request.write(text, (error) => (error ? reject(error) : resolve())));
}
