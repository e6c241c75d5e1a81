import {
  type ArgumentsHost,
  BadRequestException,
  Catch,
  type ExceptionFilter,
  HttpException,
  Injectable,
  Logger,
} from '@nestjs/common';
import type { Response } from 'express';
import { writeAnswer } from './protocol/answer-writer.js';
import { allowedMethods } from './protocol/allowed-methods.js';
import { MethodNotAllowedError } from './protocol/methods.guard.js';
import { errorAnswer, toOAuthError } from './protocol/oauth-answer.js';
import { ProblemFilter } from './management/kit/problem.filter.js';
import { TenantNotFoundError } from './tenants/tenant-not-found.error.js';
import { TenantResolver } from './tenants/tenant-resolver.js';
import type { PageRequest } from './pages/browser/current-browser.js';
import { ErrorPageResponder } from './pages/errors/error-page.responder.js';
import { sendNothingHere, wantsPage } from './pages/errors/nothing-here.js';
import { PageResponder } from './pages/page-responder.js';

const NO_SUCH_PAGE = { error: 'invalid_request', reason: 'not_found' } as const;

/** For what no controller took: unknown paths, other methods, bodies that cannot be read, and what nobody foresaw. */
@Catch()
@Injectable()
export class LastErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('HTTP');
  private readonly problems = new ProblemFilter();

  constructor(
    private readonly tenants: TenantResolver,
    private readonly pages: PageResponder,
    private readonly errorPage: ErrorPageResponder,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<PageRequest>();
    const response = host.switchToHttp().getResponse<Response>();
    if (!request.tenantAddress && request.url.startsWith('/api/')) return this.problems.catch(error, host);
    // The latter is Nest's for a part of the path that a route takes as a parameter and Express cannot decode.
    const isNoAddress = error instanceof TenantNotFoundError || error instanceof BadRequestException;
    if (isNoAddress) return sendNothingHere(this.pages, request, response);
    if (isNotFound(error)) return void this.answerUnrouted(request, response);
    this.sendFailure(error, request, response);
  }

  /**
   * A path that a tenant does not have, or a method that its endpoint does not take (RFC 9110 §15.5.6). Unknown and
   * suspended tenants have no endpoints, so they take no other methods either, and have no page that says so.
   */
  private async answerUnrouted(request: PageRequest, response: Response): Promise<void> {
    try {
      const allowed = request.tenantAddress ? allowedMethods(request) : [];
      const isForPerson = wantsPage(request);
      const mayBeTold = allowed.length > 0 || isForPerson;
      const tenant = request.tenantAddress && mayBeTold && (await this.tenants.find(request.tenantAddress));
      if (!tenant) return sendNothingHere(this.pages, request, response);
      request.tenant = tenant;
      if (allowed.length === 0) return this.errorPage.send(request, response, NO_SUCH_PAGE, 404);
      response.setHeader('Allow', allowed.toSorted().join(', '));
      const error = new MethodNotAllowedError('The method is not allowed here.');
      if (!isForPerson) return writeAnswer(response, errorAnswer(error));
      this.errorPage.send(request, response, { error: error.code }, error.status);
    } catch (error) {
      this.sendFailure(error, request, response);
    }
  }

  private sendFailure(error: unknown, request: PageRequest, response: Response): void {
    if (!(error instanceof HttpException)) this.logger.error(error, `request ${request.requestId}`);
    writeAnswer(response, errorAnswer(toOAuthError(error)));
  }
}

function isNotFound(error: unknown): boolean {
  return error instanceof HttpException && error.getStatus() === 404;
}
