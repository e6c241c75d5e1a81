import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Injectable, Logger } from '@nestjs/common';
import type { Response } from 'express';
import { writeAnswer } from '../endpoints/answer-writer.js';
import { NOTHING_HERE, errorAnswer, toOAuthError } from '../endpoints/oauth-answer.js';
import { ProblemFilter } from '../management/problem.filter.js';
import { TenantNotFoundError } from '../tenants/tenant-not-found.error.js';
import type { PageRequest } from './browser.js';
import { PageResponder } from './page-responder.js';

/** For what no controller took: unknown paths, bodies that cannot be read, and what nobody foresaw. */
@Catch()
@Injectable()
export class LastErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('HTTP');
  private readonly problems = new ProblemFilter();

  constructor(private readonly pages: PageResponder) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<PageRequest>();
    const response = host.switchToHttp().getResponse<Response>();
    if (!request.tenantAddress && request.url.startsWith('/api/')) return this.problems.catch(error, host);
    if (error instanceof TenantNotFoundError || isNotFound(error)) {
      return sendNothingHere(this.pages, request, response);
    }
    if (!(error instanceof HttpException)) this.logger.error(error, `request ${request.requestId}`);
    writeAnswer(response, errorAnswer(toOAuthError(error)));
  }
}

/** The one 404, as a page for people and as JSON for machines. */
export function sendNothingHere(pages: PageResponder, request: PageRequest, response: Response): void {
  if (!request.headers.accept?.includes('text/html')) return writeAnswer(response, NOTHING_HERE);
  pages.send(response, { page: 'tenant-not-found', context: pages.platformContext(request) }, {}, 404);
}

function isNotFound(error: unknown): boolean {
  return error instanceof HttpException && error.getStatus() === 404;
}
