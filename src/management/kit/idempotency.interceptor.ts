import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Response } from 'express';
import { type Observable, lastValueFrom, of } from 'rxjs';
import { digest, hmacSha256 } from '../../crypto/digest.js';
import { TenantVault } from '../../keys/tenant-vault.js';
import { IDEMPOTENCY_KEY } from './idempotency-key.js';
import { IdempotencyRepository } from './idempotency.repository.js';
import type { ManagementRequest } from './management.guard.js';
import { type Principal, actorOf } from './principal.js';
import { Problem, invalidParameter } from './problem.js';

const SEALED_AS = 'idempotent-response';
const COMPARED_AS = 'idempotent-request';
const REPEATED_HEADERS = ['location', 'etag'];

/** What is kept of an answer beside its status. */
interface Answer {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/**
 * `Idempotency-Key` on POST: a request that is sent again, because its answer was lost, is answered as it was the
 * first time. Keys belong to their caller and last a day. Answers hold secrets that are shown once, so they are sealed;
 * requests hold passwords, which a plain digest would let anybody guess who has the table.
 */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly repository: IdempotencyRepository,
    private readonly vault: TenantVault,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<ManagementRequest>();
    const key = request.headers['idempotency-key'];
    if (request.method !== 'POST' || key === undefined || !request.user) return next.handle();
    if (typeof key !== 'string' || !IDEMPOTENCY_KEY.test(key))
      throw invalidParameter('Idempotency-Key', 'must have 1 to 255 visible ASCII characters');
    const response = context.switchToHttp().getResponse<Response>();
    return of(await this.once(request, response, { key, principal: request.user }, next));
  }

  private async once(
    request: ManagementRequest,
    response: Response,
    { key, principal }: { readonly key: string; readonly principal: Principal },
    next: CallHandler,
  ): Promise<unknown> {
    const tenantId = principal.tenant.id;
    const keyDigest = digest(`${actorOf(principal)}\n${principal.client.clientId}\n${key}`);
    const comparing = await this.vault.deriveKey(tenantId, COMPARED_AS);
    const fingerprint = hmacSha256(comparing, request.url, JSON.stringify(request.body));
    const earlier = await this.repository.begin(tenantId, keyDigest, fingerprint);
    if (earlier) return this.repeat(response, principal, earlier, fingerprint);
    try {
      const body: unknown = await lastValueFrom(next.handle(), { defaultValue: undefined });
      const answer = { headers: pick(response), body: body ?? null } satisfies Answer;
      const sealed = await this.vault.seal(tenantId, Buffer.from(JSON.stringify(answer)), SEALED_AS);
      await this.repository.finish(tenantId, keyDigest, { status: response.statusCode, response: sealed });
      return body;
    } catch (error) {
      // Nothing was done, so the same key may try again.
      await this.repository.forget(tenantId, keyDigest);
      throw error;
    }
  }

  private async repeat(
    response: Response,
    { tenant }: Principal,
    earlier: { fingerprint: Buffer; status: number | null; response: Buffer | null },
    fingerprint: Buffer,
  ): Promise<unknown> {
    if (!earlier.fingerprint.equals(fingerprint)) {
      throw new Problem('key-reused', 'The Idempotency-Key belongs to a request with another body or address.');
    }
    if (earlier.status === null || earlier.response === null) {
      throw new Problem('conflict', 'The same request is being worked on.', [], { headers: { 'Retry-After': '1' } });
    }
    response.status(earlier.status).setHeader('Idempotent-Replayed', 'true');
    const answer = JSON.parse(String(await this.vault.open(tenant.id, earlier.response, SEALED_AS))) as Answer;
    for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
    return answer.body;
  }
}

function pick(response: Response): Answer['headers'] {
  const given = REPEATED_HEADERS.map((name) => [name, response.getHeader(name)]);
  return Object.fromEntries(given.filter(([, value]) => typeof value === 'string')) as Answer['headers'];
}
