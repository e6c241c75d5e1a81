import { type ArgumentsHost, Catch, HttpException } from '@nestjs/common';
import type { Response } from 'express';
import { ProblemFilter } from '../management/kit/problem.filter.js';
import type { TenantRequest } from '../tenants/tenant-request.js';

/** What goes wrong between a page of the console and its server, with the status of each; `type` is `urn:tenantry:problem:<kind>`. */
const KINDS = {
  'signed-out': [401, 'Nobody is signed in to the console'],
  'setup-ended': [401, 'The setup link or its session has ended'],
  'foreign-request': [403, 'The request does not come from the console'],
} as const;

/** An error of the console itself, in the form of those of the management API (RFC 9457). */
export class ConsoleProblem extends HttpException {
  constructor(
    readonly kind: keyof typeof KINDS,
    readonly detail: string,
    /** Further members, RFC 9457 §3.2. */
    readonly members: Readonly<Record<string, unknown>> = {},
  ) {
    super(KINDS[kind][1], KINDS[kind][0]);
  }
}

/** Renders whatever goes wrong for a page of the console. */
@Catch()
export class ConsoleProblemFilter extends ProblemFilter {
  override catch(error: unknown, host: ArgumentsHost): void {
    if (!(error instanceof ConsoleProblem)) return super.catch(error, host);
    const { requestId } = host.switchToHttp().getRequest<TenantRequest>();
    const response = host.switchToHttp().getResponse<Response>();
    const { kind, detail, members, message: title } = error;
    const status = error.getStatus();
    const body = { type: `urn:tenantry:problem:${kind}`, title, status, detail, ...members, request_id: requestId };
    response.status(status).set('Cache-Control', 'no-store');
    response.type('application/problem+json').send(JSON.stringify(body));
  }
}
