import { reach } from './discover.js';
import { CliError, type Installation, findInstallation } from './installation.js';
import { requireOwnServer } from './own-server.js';
import { describeProblem } from './problem-text.js';

export interface ManagementOptions {
  readonly url?: string;
  /** Of client `operator`; in development it is found in DATA_DIR. */
  readonly secret?: string;
}

export type Member = Readonly<Record<string, unknown>>;

export interface ApiRequest {
  readonly body?: object | undefined;
  readonly ifMatch?: string | undefined;
  readonly query?: Readonly<Record<string, string | undefined>>;
  /** What is not there when the answer is 404, such as `tenant acme`. */
  readonly missing?: string;
}

export interface ApiAnswer {
  readonly status: number;
  readonly body: Member;
  readonly etag: string | undefined;
}

/** An answer of the API that is a problem (RFC 9457), as a sentence. */
export class RefusedError extends CliError {
  constructor(
    message: string,
    readonly status: number,
    /** Its members. */
    readonly problem: Member = {},
  ) {
    super(message);
  }
}

const PAGE_SIZE = 200;

/** The address of a tenant, or of something of it, below `/api/v1`. */
export function tenantPath(tenant: string, ...segments: readonly string[]): string {
  return ['/tenants', ...[tenant, ...segments].map((segment) => encodeURIComponent(segment))].join('/');
}

/** The management API as one caller. */
export class ManagementApi {
  constructor(
    readonly publicUrl: string,
    private readonly accessToken: () => Promise<string>,
    private readonly pageSize = PAGE_SIZE,
  ) {}

  /** An answer that is taken as it comes. @throws RefusedError with what the problem says */
  async stream(path: string, query: Readonly<Record<string, string | undefined>>, missing: string): Promise<Response> {
    const url = new URL(`${this.publicUrl}/api/v1${path}`);
    for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, value);
    const answer = await reach(url.href, { headers: { authorization: `Bearer ${await this.accessToken()}` } });
    if (answer.ok) return answer;
    if (answer.status === 404) throw new RefusedError(`Not found: ${this.publicUrl} has no ${missing}.`, 404);
    const text = await answer.text();
    throw new RefusedError(describeProblem(answer.status, text), answer.status, problemOf(text));
  }

  /** @throws RefusedError with what the problem says */
  async send(method: string, path: string, request: ApiRequest = {}): Promise<ApiAnswer> {
    const { body, ifMatch, query = {}, missing = 'such address' } = request;
    const url = new URL(`${this.publicUrl}/api/v1${path}`);
    for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, value);
    const answer = await reach(url.href, {
      method,
      headers: {
        authorization: `Bearer ${await this.accessToken()}`,
        ...(body && { 'content-type': 'application/json' }),
        ...(ifMatch !== undefined && { 'if-match': ifMatch }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (answer.status === 404) {
      throw new RefusedError(`Not found: ${this.publicUrl} has no ${missing}.`, 404);
    }
    if (!answer.ok) throw new RefusedError(describeProblem(answer.status, text), answer.status);
    return { status: answer.status, body: parse(text), etag: answer.headers.get('etag') ?? undefined };
  }

  /** Undefined where there is nothing. */
  async find(path: string): Promise<Member | undefined> {
    try {
      return (await this.send('GET', path)).body;
    } catch (error) {
      if (error instanceof RefusedError && error.status === 404) return undefined;
      throw error;
    }
  }

  /** All pages of a list, or as much of it as is wanted. */
  async list(path: string, request: ApiRequest = {}, limit = Number.POSITIVE_INFINITY): Promise<Member[]> {
    const items: Member[] = [];
    let after: string | undefined;
    do {
      const size = String(Math.min(this.pageSize, limit - items.length));
      const { body } = await this.send('GET', path, { ...request, query: { ...request.query, limit: size, after } });
      const { data, page } = body as { data: Member[]; page?: { next: string | null } };
      items.push(...data);
      after = page?.next ?? undefined;
    } while (after !== undefined && items.length < limit);
    return items;
  }
}

/** The API as the operator of the installation, once it has proved to be that. @throws CliError */
export async function operatorApi(options: ManagementOptions): Promise<ManagementApi> {
  const installation = findInstallation(options.url);
  await requireOwnServer(installation, options);
  let token: Promise<OperatorToken> | undefined;
  return new ManagementApi(installation.publicUrl, async () => {
    // What a command needs for longer than a token lasts.
    if (((await token)?.renewAt ?? 0) <= Date.now()) token = operatorToken(installation, options.secret);
    return (await token)?.text ?? '';
  });
}

interface OperatorToken {
  readonly text: string;
  /** Unix milliseconds. */
  readonly renewAt: number;
}

/** A token is renewed so long before it expires. */
const MARGIN_MS = 10_000;

async function operatorToken({ publicUrl, secrets }: Installation, given: string | undefined): Promise<OperatorToken> {
  const secret = given ?? (process.env['BOOTSTRAP_CLIENT_SECRET'] || undefined) ?? secrets?.bootstrapClientSecret;
  if (!secret) {
    throw new CliError(
      'The secret of client operator is not known here; set BOOTSTRAP_CLIENT_SECRET. ' +
        'An administrator of a tenant signs in with "npx tenantry login <tenant>".',
    );
  }
  const answer = await reach(`${publicUrl}/t/system/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`operator:${encodeURIComponent(secret)}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const asked = Date.now();
  const body = (await answer.json()) as Record<string, unknown>;
  if (answer.status === 401) {
    throw new CliError(
      'The platform does not accept the secret of client operator: give it with --secret or BOOTSTRAP_CLIENT_SECRET.',
    );
  }
  if (!answer.ok) throw new CliError(`The operator got no token: ${String(body['error'])}.`);
  const lastsMs = Number(body['expires_in'] ?? 0) * 1000;
  return { text: String(body['access_token']), renewAt: asked + lastsMs - MARGIN_MS };
}

function problemOf(text: string): Member {
  try {
    return parse(text);
  } catch {
    return {}; // a proxy's
  }
}

function parse(text: string): Member {
  return text === '' ? {} : (JSON.parse(text) as Member);
}
