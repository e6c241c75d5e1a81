import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Response } from 'express';
import { type Observable, lastValueFrom, of } from 'rxjs';
import { AuditRecorder } from '../../audit/audit-recorder.js';
import { digest, hmacSha256 } from '../../crypto/digest.js';
import { TenantVault } from '../../keys/tenant-vault.js';
import { findQuotaExceeded } from '../../limits/quota-exceeded.js';
import { TenantCounts } from '../../limits/tenant-counts.js';
import { originOf } from '../../protocol/oauth-request.js';
import { IDEMPOTENCY_KEY } from './idempotency-key.js';
import { IdempotencyRepository } from './idempotency.repository.js';
import type { ManagementRequest } from './management.guard.js';
import { ManagementWrite } from './management-write.js';
import { type Principal, actorOf } from './principal.js';
import { invalidParameter } from './problem.js';
import { AnsweredBefore, RequestKey, type StoredAnswer } from './request-key.js';
import { WriteAnswer } from './write-answer.js';

const READS = new Set(['GET', 'HEAD']);

/**
 * Gives the handler of a write its `ManagementWrite` and sends the answer it returns. `Idempotency-Key` on POST: a
 * request that is sent again, because its answer was lost, is answered as it was the first time. Keys belong to their
 * caller and last a day.
 */
@Injectable()
export class WriteInterceptor implements NestInterceptor {
  constructor(
    private readonly repository: IdempotencyRepository,
    private readonly vault: TenantVault,
    private readonly audit: AuditRecorder,
    private readonly counts: TenantCounts,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<ManagementRequest>();
    const response = context.switchToHttp().getResponse<Response>();
    const { user: principal, path } = request;
    if (READS.has(request.method) || !principal) return next.handle();
    const key = await this.keyOf(request, principal);
    const earlier = await key?.find();
    if (earlier) return of(repeat(response, earlier));
    const caller = { ...principal, origin: originOf(request) };
    request.write = new ManagementWrite(caller, { path, status: response.statusCode, key }, this.audit);
    try {
      const answer: unknown = await lastValueFrom(next.handle());
      if (!(answer instanceof WriteAnswer)) throw new Error(`${request.method} ${path} returned no WriteAnswer.`);
      return of(send(response, answer));
    } catch (error) {
      if (error instanceof AnsweredBefore) return of(repeat(response, error.stored));
      const exceeded = findQuotaExceeded(error);
      const who = { actor: actorOf(principal), origin: caller.origin };
      if (exceeded) this.counts.record((request.target ?? principal).tenant.id, exceeded, who);
      throw error;
    }
  }

  private async keyOf(request: ManagementRequest, principal: Principal): Promise<RequestKey | undefined> {
    const key = request.headers['idempotency-key'];
    if (request.method !== 'POST' || key === undefined) return undefined;
    if (typeof key !== 'string' || !IDEMPOTENCY_KEY.test(key)) {
      throw invalidParameter('Idempotency-Key', 'must have 1 to 255 visible ASCII characters');
    }
    const { tenant, client, scope } = principal;
    // The digest is keyed: requests hold passwords, and a plain digest would let a reader of the table guess them.
    const comparing = await this.vault.deriveKey(tenant.id, 'idempotent-request');
    const sealingKey = await this.vault.deriveKey(tenant.id, 'idempotent-response');
    return new RequestKey(this.repository, {
      tenantId: tenant.id,
      digest: digest(`${actorOf(principal)}\n${client?.clientId ?? ''}\n${key}`),
      fingerprint: hmacSha256(comparing, ...identifying(request, principal)),
      scope,
      sealingKey,
    });
  }
}

/** The caller's registration and the tenant are part of it: what is made anew under an old name is another one. */
function identifying({ method, url, headers, body, target }: ManagementRequest, caller: Principal): string[] {
  const contentType = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const content = JSON.stringify(body ?? null);
  const by = caller.client?.registrationId ?? caller.setupLink?.id ?? '';
  return [by, target?.tenant.id ?? '', method, url, contentType, content];
}

function repeat(response: Response, { status, answer }: StoredAnswer): unknown {
  response.status(status).setHeader('Idempotent-Replayed', 'true');
  return send(response, answer);
}

function send(response: Response, { headers, body }: WriteAnswer): unknown {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  return body;
}
