import {
  AddressError,
  type AnswerOf,
  type ManagementClient,
  ManagementError,
  type OperationId,
  type RequestOf,
  createManagementClient,
} from '../management-client/management-client.js';
import type { OPERATIONS } from '../management-client/operations.generated.js';
import { requestClientToken } from './client-token.js';
import { reachOnce } from './discover.js';
import { type HeldToken, heldTokenOf, renewed } from './held-token.js';
import { CliError, type Installation, UsageError, findInstallation } from './installation.js';
import { LocalRequest } from './local-fetch.js';
import { requireOwnServer } from './own-server.js';
import { describeProblem } from './problem-text.js';

export interface ManagementOptions {
  readonly url?: string;
  /** Of client `operator`; in development it is found in DATA_DIR. */
  readonly secret?: string;
}

export type Member = Readonly<Record<string, unknown>>;

/** What is said of a request beside what is sent. */
export interface About {
  /** What is not there when the answer is 404, such as `tenant acme`. */
  readonly missing?: string;
}

export interface ApiAnswer<Id extends OperationId> {
  readonly body: AnswerOf<Id>;
  readonly etag: string | undefined;
}

/** A request whose members the command line put together, for one of several operations. */
export interface LooseRequest extends About {
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly headers?: { readonly 'If-Match'?: string | undefined; readonly 'Idempotency-Key'?: string | undefined };
  readonly body?: Member | undefined;
}

/** Operations of one method. */
export type IdOf<Method extends string> = {
  [Id in OperationId]: (typeof OPERATIONS)[Id]['method'] extends Method ? Id : never;
}[OperationId];

/** Operations that answer a list. */
export type ListId = {
  [Id in IdOf<'get'>]: AnswerOf<Id> extends { readonly data: readonly object[] } ? Id : never;
}[IdOf<'get'>];

type ItemOf<Id extends ListId> = AnswerOf<Id> extends { readonly data: readonly (infer Item)[] } ? Item : never;

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

/** The management API as one caller. */
export class ManagementApi {
  private readonly client: ManagementClient;

  constructor(
    readonly publicUrl: string,
    accessToken: () => Promise<string>,
    private readonly pageSize = PAGE_SIZE,
  ) {
    this.client = createManagementClient({ baseUrl: publicUrl, accessToken, fetch: reachOnce, Request: LocalRequest });
  }

  /** @throws RefusedError with what the problem says */
  async send<Id extends OperationId>(id: Id, request: RequestOf<Id> & About): Promise<ApiAnswer<Id>> {
    return this.explain(() => this.client.call(id, request), request.missing);
  }

  /** An answer that is taken as it comes. @throws RefusedError with what the problem says */
  async stream<Id extends OperationId>(id: Id, request: RequestOf<Id> & About): Promise<Response> {
    return this.explain(() => this.client.stream(id, request), request.missing);
  }

  /** An operation that is known when the command runs. @throws RefusedError with what the problem says */
  async perform(id: OperationId, request: LooseRequest): Promise<{ readonly body: Member; readonly etag?: string }> {
    const { body, etag } = await this.send(id as 'getTenant', request as RequestOf<'getTenant'> & About);
    return { body: body ?? {}, ...(etag !== undefined && { etag }) };
  }

  /** Undefined where there is nothing. */
  async find<Id extends OperationId>(id: Id, request: RequestOf<Id> & About): Promise<AnswerOf<Id> | undefined> {
    try {
      return (await this.send(id, request)).body;
    } catch (error) {
      if (error instanceof RefusedError && error.status === 404) return undefined;
      throw error;
    }
  }

  /** All pages of a list, or as much of it as is wanted. */
  async list<Id extends ListId>(
    id: Id,
    request: RequestOf<Id> & About,
    limit = Number.POSITIVE_INFINITY,
  ): Promise<ItemOf<Id>[]> {
    return (await this.listAny(id, request as LooseRequest, limit)) as ItemOf<Id>[];
  }

  /** The same of a list that is known when the command runs. */
  async listAny(id: ListId, request: LooseRequest, limit = Number.POSITIVE_INFINITY): Promise<Member[]> {
    const items: Member[] = [];
    let after: string | undefined;
    do {
      const size = String(Math.min(this.pageSize, limit - items.length));
      const { body } = await this.perform(id, { ...request, query: { ...request.query, limit: size, after } });
      const { data, page } = body as unknown as { data: Member[]; page?: { next: string | null } };
      items.push(...data);
      after = page?.next ?? undefined;
    } while (after !== undefined && items.length < limit);
    return items;
  }

  private async explain<Result>(ask: () => Promise<Result>, missing = 'such address'): Promise<Result> {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof AddressError) throw new UsageError(error.message);
      if (!(error instanceof ManagementError)) throw error;
      const { status, problem } = error;
      if (status === 404) throw new RefusedError(`Not found: ${this.publicUrl} has no ${missing}.`, 404);
      throw new RefusedError(describeProblem(status, problem), status, problem);
    }
  }
}

/** The API as the operator of the installation, once it has proved to be that. @throws CliError */
export async function operatorApi(options: ManagementOptions): Promise<ManagementApi> {
  const installation = findInstallation(options.url);
  await requireOwnServer(installation, options);
  return new ManagementApi(
    installation.publicUrl,
    renewed(() => operatorToken(installation, options.secret)),
  );
}

async function operatorToken({ publicUrl, secrets }: Installation, given: string | undefined): Promise<HeldToken> {
  const secret = given ?? (process.env['BOOTSTRAP_CLIENT_SECRET'] || undefined) ?? secrets?.bootstrapClientSecret;
  if (!secret) {
    throw new CliError(
      'The secret of client operator is not known here; set BOOTSTRAP_CLIENT_SECRET. ' +
        'An administrator of a tenant signs in with "npx tenantry login <tenant>".',
    );
  }
  const asked = Date.now();
  const client = { clientId: 'operator', secret };
  const { status, body } = await requestClientToken(`${publicUrl}/t/system/token`, client);
  if (status === 401) {
    throw new CliError(
      'The platform does not accept the secret of client operator: give it with --secret or BOOTSTRAP_CLIENT_SECRET.',
    );
  }
  if (status !== 200) throw new CliError(`The operator got no token: ${String(body['error'])}.`);
  return heldTokenOf(body, asked);
}
