import { digest as digestOf } from '../../crypto/digest.js';
import { open, seal } from '../../crypto/envelope.js';
import type { Transaction } from '../../database/statement.js';
import type { TenantId } from '../../database/tenant-id.js';
import { InsufficientScopeError } from '../../oauth/oauth-error.js';
import type { Scope } from '../../oauth/scope.js';
import type { EarlierRequest, IdempotencyRepository } from './idempotency.repository.js';
import { Problem } from './problem.js';
import { WriteAnswer } from './write-answer.js';

/** What an `Idempotency-Key` of one caller stands for. */
export interface RequestIdentity {
  /** The caller's tenant, which keeps the key. */
  readonly tenantId: TenantId;
  readonly digest: Buffer;
  /** Of everything that makes the request this one. */
  readonly fingerprint: Buffer;
  /** What the caller's token allows. */
  readonly scope: Scope;
  /** Answers hold secrets that are shown once, so they are sealed. */
  readonly sealingKey: Buffer;
}

export interface StoredAnswer {
  readonly status: number;
  readonly answer: WriteAnswer;
}

/** Thrown within a write that was done before, to answer it as it was answered then. */
export class AnsweredBefore extends Error {
  constructor(readonly stored: StoredAnswer) {
    super('The request was answered before.');
  }
}

/** Stands where the status is, from the first item of a bulk request on. The items have answers of their own. */
const BEGUN = 100;

/** The `Idempotency-Key` of a request: looked up first, and claimed and answered in the transaction of the write. */
export class RequestKey {
  constructor(
    private readonly repository: IdempotencyRepository,
    private readonly identity: RequestIdentity,
    private readonly whole?: RequestKey,
  ) {}

  /**
   * The key of one item of a bulk request. Its answer is stored with its write, so that a request that was broken off
   * goes on where it was. The first item binds the key of the whole request to this request.
   */
  part(index: number): RequestKey {
    const { digest: whole } = this.identity;
    const digest = digestOf(`${whole.toString('hex')}\n${index}`);
    return new RequestKey(this.repository, { ...this.identity, digest }, this);
  }

  /** @throws Problem or InsufficientScopeError when the key is not for this request */
  async find(): Promise<StoredAnswer | undefined> {
    const earlier = await this.repository.find(this.identity.tenantId, this.identity.digest);
    return earlier && this.read(earlier);
  }

  /**
   * Keeps the key for this transaction. @param tenantId of the transaction
   * @throws AnsweredBefore, or a Problem while another request has the key
   */
  async claim(tenantId: TenantId, transaction: Transaction): Promise<void> {
    await this.whole?.begin(tenantId, transaction);
    const { tenantId: ownTenant, digest } = this.identity;
    const claimed = await this.repository.claim(ownTenant, digest, { tenantId, transaction });
    if (claimed === 'busy') throw busy();
    const stored = claimed && this.read(claimed);
    if (stored) throw new AnsweredBefore(stored);
  }

  private async begin(tenantId: TenantId, transaction: Transaction): Promise<void> {
    const { tenantId: ownTenant, digest, fingerprint, scope } = this.identity;
    const at = { tenantId, transaction };
    const claimed = await this.repository.claim(ownTenant, digest, at);
    if (claimed === 'busy') throw busy();
    if (claimed) this.read(claimed);
    else await this.repository.store(ownTenant, { digest, fingerprint, scope, status: BEGUN, response: null }, at);
  }

  /** Stores the answer with the write it answers. @param tenantId of the transaction */
  async answer(tenantId: TenantId, { status, answer }: StoredAnswer, transaction: Transaction): Promise<void> {
    const { tenantId: ownTenant, digest, fingerprint, scope, sealingKey } = this.identity;
    const { headers, body } = answer;
    const response = seal(sealingKey, Buffer.from(JSON.stringify({ headers, body: body ?? null })), this.context);
    const stored = await this.repository.store(
      ownTenant,
      { digest, fingerprint, scope, status, response },
      { tenantId, transaction },
    );
    if (!stored) throw busy();
  }

  /** A stored answer is given only to a token that has the scope of the original request. */
  private read({ fingerprint, scope, status, response }: EarlierRequest): StoredAnswer | undefined {
    if (!fingerprint.equals(this.identity.fingerprint)) {
      throw new Problem('key-reused', 'The Idempotency-Key belongs to a request with another body or address.');
    }
    const missing = scope.find((name) => !this.identity.scope.includes(name));
    if (missing !== undefined) {
      throw new InsufficientScopeError(
        `The Idempotency-Key belongs to a request whose access token had the scope ${missing} as well.`,
        missing,
      );
    }
    if (status === BEGUN) return undefined;
    if (status === null || response === null) throw busy();
    const opened = open(this.identity.sealingKey, response, this.context).toString();
    const { headers, body } = JSON.parse(opened) as WriteAnswer;
    return { status, answer: new WriteAnswer(body, headers) };
  }

  private get context(): string {
    return `idempotent-response:${this.identity.digest.toString('base64url')}`;
  }
}

function busy(): Problem {
  return new Problem('conflict', 'The same request is being worked on.', [], { headers: { 'Retry-After': '1' } });
}
