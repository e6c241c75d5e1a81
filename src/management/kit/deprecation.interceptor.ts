import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Response } from 'express';
import { LRUCache } from 'lru-cache';
import type { Observable } from 'rxjs';
import { AuditRecorder } from '../../audit/audit-recorder.js';
import { CONFIG, type Config } from '../../config/config.js';
import { originOf } from '../../protocol/oauth-request.js';
import { type Deprecation, usedMembers } from '../schema/deprecation.js';
import { schemaName } from '../schema/schema-of.js';
import { type Endpoint, GIVEN_ENDPOINT } from './endpoint.decorator.js';
import type { ManagementRequest } from './management.guard.js';
import { type Principal, actorOf } from './principal.js';

const NOTED = { max: 10_000, ttl: 3_600_000 };

/** What a request uses that goes away. */
interface Use {
  readonly name: string;
  /** JSON Pointer into the OpenAPI document. */
  readonly pointer: string;
  readonly deprecation: Deprecation;
}

/**
 * Tells the caller of what goes away: `Deprecation` (RFC 9745), `Sunset` (RFC 8594) and a link to the description. The
 * log of the caller's tenant says who still uses it, once an hour for each client, use and process.
 */
@Injectable()
export class DeprecationInterceptor implements NestInterceptor {
  private readonly noted = new LRUCache<string, true>(NOTED);

  constructor(
    private readonly reflector: Reflector,
    private readonly audit: AuditRecorder,
    @Inject(CONFIG) private readonly config: Pick<Config, 'publicUrl'>,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const endpoint = this.reflector.get<Endpoint | undefined>(GIVEN_ENDPOINT, context.getHandler());
    const request = context.switchToHttp().getRequest<ManagementRequest>();
    const { user: principal } = request;
    const uses = endpoint ? usesOf(endpoint, request) : [];
    if (uses.length === 0 || !principal) return next.handle();
    const response = context.switchToHttp().getResponse<Response>();
    for (const [name, value] of deprecationHeaders(this.config.publicUrl, uses)) response.append(name, value);
    for (const use of uses) this.note(request, principal, use);
    return next.handle();
  }

  private note(request: ManagementRequest, principal: Principal, { name, deprecation }: Use): void {
    const { tenant, client, user } = principal;
    const by = client ? `client:${client.clientId}` : actorOf(principal);
    const key = `${tenant.id}\n${by}\n${name}`;
    if (this.noted.has(key)) return;
    this.noted.set(key, true);
    this.audit.record({
      tenantId: tenant.id,
      type: 'management.deprecated_used',
      outcome: 'success',
      actor: actorOf(principal),
      clientId: client?.clientId,
      userId: user?.id,
      target: client && `client:${client.clientId}`,
      origin: originOf(request),
      details: { use: name, instead: deprecation.instead, sunset: deprecation.sunset ?? null },
    });
  }
}

function usesOf({ id, deprecated, body, query }: Endpoint, request: ManagementRequest): Use[] {
  const sent = [...(body ? usedMembers(body, request.body) : []), ...(query ? usedMembers(query, request.query) : [])];
  const members = sent.map(({ dto, member, deprecation }) => ({
    name: `${id}: ${member}`,
    pointer: query === dto ? operationPointer(request) : `/components/schemas/${schemaName(dto)}/properties/${member}`,
    deprecation,
  }));
  return [
    ...(deprecated ? [{ name: id, pointer: operationPointer(request), deprecation: deprecated }] : []),
    ...members,
  ];
}

function operationPointer({ route, method }: ManagementRequest): string {
  const { path } = route as { readonly path: string };
  const described = path.replace(/:(\w+)/g, '{$1}');
  return `/paths/${described.replaceAll('~', '~0').replaceAll('/', '~1')}/${method.toLowerCase()}`;
}

/** Of several uses the earliest dates, and a link to the description of each. */
function deprecationHeaders(publicUrl: string, uses: readonly Use[]): [string, string][] {
  const earliest = (days: readonly (string | undefined)[]) => days.filter((day) => day !== undefined).toSorted()[0];
  const since = earliest(uses.map(({ deprecation }) => deprecation.since));
  const sunset = earliest(uses.map(({ deprecation }) => deprecation.sunset));
  const links = uses.map(
    ({ pointer }) =>
      `<${publicUrl}/api/v1/openapi.json#${encodeURI(pointer)}>; rel="deprecation"; type="application/json"`,
  );
  return [
    ...(since === undefined ? [] : [['Deprecation', `@${new Date(since).getTime() / 1000}`] as [string, string]]),
    ...(sunset === undefined ? [] : [['Sunset', new Date(sunset).toUTCString()] as [string, string]]),
    ['Link', links.join(', ')],
  ];
}
