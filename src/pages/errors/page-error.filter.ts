import { type ArgumentsHost, Catch, type ExceptionFilter, Injectable, Logger } from '@nestjs/common';
import type { Response } from 'express';
import { deliver, errorResponse } from '../../authorization/authorization-response.js';
import { RefusedRequest } from '../../authorization/authorization-validator.js';
import { AuthorizationRefusals } from '../../authorization/authorization-refusals.js';
import { PendingRequestExpired, PendingRequestGone } from '../../authorization/pending-request-errors.js';
import { displayNameOf } from '../../clients/client.js';
import { writeAnswer } from '../../protocol/answer-writer.js';
import { errorAnswer, toOAuthError } from '../../protocol/oauth-answer.js';
import { originOf } from '../../protocol/oauth-request.js';
import { logFailure } from '../../protocol/oauth-error.filter.js';
import { TenantRateExceededError } from '../../limits/tenant-rates.js';
import { AccessDeniedError, InvalidClientError, OAuthError, TooManyAttemptsError } from '../../oauth/oauth-error.js';
import { TenantNotFoundError } from '../../tenants/tenant-not-found.error.js';
import type { PageRequest } from '../browser/current-browser.js';
import { ForgedFormError, PersonChangedError } from '../browser/csrf.js';
import { ErrorPageResponder } from './error-page.responder.js';
import { sendNothingHere } from './nothing-here.js';
import { OutcomeResponder, redirect } from '../outcome-responder.js';
import { formAddress, pendingAddress } from '../page-address.js';
import { PageResponder, pathOf } from '../page-responder.js';
import type { ErrorPage } from '../page-content.js';
import { sourcesFor } from '../redirect-target.js';
import { type WaysOn, WaysOnFinder } from './ways-on.js';

interface Failure extends Pick<ErrorPage, 'error' | 'reason'> {
  readonly status: number;
  readonly retryAfterSeconds?: number | undefined;
}

const FORGED: Failure = { error: 'invalid_request', reason: 'form_expired', status: 403 };
const GONE: Failure = { error: 'invalid_request', reason: 'request_gone', status: 400 };

/**
 * Renders every error of a person's request as a page with fixed texts. Nothing is sent to a client from here, except
 * by `answerClient`.
 */
@Catch()
@Injectable()
export class PageErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('Pages');

  constructor(
    private readonly pages: PageResponder,
    private readonly errorPage: ErrorPageResponder,
    private readonly refusals: AuthorizationRefusals,
    private readonly outcomes: OutcomeResponder,
    private readonly waysOn: WaysOnFinder,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<PageRequest>();
    const response = host.switchToHttp().getResponse<Response>();
    if (error instanceof TenantNotFoundError) return sendNothingHere(this.pages, request, response);
    if (error instanceof RefusedRequest) return this.answerClient(error, request, response);
    if (error instanceof PersonChangedError) return this.showAgain(error, request, response);
    if (error instanceof PendingRequestExpired) return this.sendExpired(error, request, response);
    if (error instanceof ForgedFormError) return this.sendError(error, FORGED, request, response);
    if (error instanceof PendingRequestGone) return this.sendError(error, GONE, request, response);
    const oauthError = toOAuthError(error);
    logFailure(this.logger, request, oauthError);
    if (oauthError instanceof TenantRateExceededError) {
      for (const [name, value] of oauthError.fields) response.setHeader(name, value);
    }
    // The browser did not fail to authenticate; 401 would ask it for a password.
    const status = oauthError instanceof InvalidClientError ? 400 : oauthError.status;
    const { retryAfterSeconds } = oauthError;
    const subject = { error: oauthError.code, ...reasonOf(oauthError), status, retryAfterSeconds };
    this.sendError(oauthError, subject, request, response);
  }

  /** With the ways on from here, as far as they can be found. */
  private sendError(error: Error, subject: Failure, request: PageRequest, response: Response): void {
    const { status, retryAfterSeconds, ...what } = subject;
    const send = (waysOn: WaysOn) =>
      this.errorPage.send(request, response, what, status, { ...waysOn, retryAfterSeconds });
    // When something is wrong on our side, the same may be opened again, and nothing is looked up.
    if (status === 429 || status >= 500) return send(openedAgain(request));
    void this.waysOn
      .find(request, error)
      .catch(() => ({}))
      .then(send)
      .catch((failure: unknown) => {
        this.logger.error(failure);
        writeAnswer(response, errorAnswer(toOAuthError(failure)));
      });
  }

  /**
   * A client, policy or API changed while a page was open. The error is answered to the client, as it would be for a
   * new request.
   */
  private answerClient(refused: RefusedRequest, request: PageRequest, response: Response): void {
    const outcome = this.refusals.refuse(refused, originOf(request));
    this.outcomes.send(request, response, refused.request.tenant, outcome);
  }

  /**
   * The submitted form has no effect. The page is shown again to the person who is signed in now; when nobody is, it is
   * the sign-in page.
   */
  private showAgain({ purpose }: PersonChangedError, request: PageRequest, response: Response): void {
    const { tenant, oauthParams, browser } = request;
    if (!tenant || !oauthParams) throw new Error('Forms are checked after the tenant and the form were read.');
    redirect(response, pathOf(tenant, formAddress(purpose, oauthParams, browser?.session !== undefined)));
  }

  /** Offers the same request anew, and the way back to the application without an answer. */
  private sendExpired({ request: proven, id }: PendingRequestExpired, request: PageRequest, response: Response): void {
    const { tenant, client } = proven;
    const delivery = deliver(errorResponse(proven, new AccessDeniedError('The user took too long.')));
    const where =
      delivery.kind === 'redirect' ? { href: delivery.location } : { href: delivery.action, fields: delivery.fields };
    this.pages.send(
      response,
      {
        page: 'request-expired',
        context: this.pages.context(request, tenant, {
          address: pendingAddress('sign-in', id),
          uiLocales: proven.params.find('ui_locales'),
        }),
        startAgainHref: pathOf(tenant, `/authorize/restart?request=${id}`),
        back: { ...where, clientName: displayNameOf(client) },
        ...(request.requestId !== undefined && { requestId: request.requestId }),
      },
      delivery.kind === 'form' ? { formActions: sourcesFor(delivery.action) } : {},
      400,
    );
  }
}

/** The address of a request that changed nothing. */
function openedAgain({ method, tenant, originalUrl }: PageRequest): WaysOn {
  return tenant && method === 'GET' ? { againHref: pathOf(tenant, originalUrl) } : {};
}

function reasonOf(error: OAuthError): Partial<Pick<ErrorPage, 'reason'>> {
  if (error instanceof InvalidClientError) return { reason: 'unknown_client' };
  if (error instanceof TenantRateExceededError) return { reason: 'tenant_busy' };
  if (error instanceof TooManyAttemptsError) return { reason: 'too_many_requests' };
  return error.message.startsWith('redirect_uri') ? { reason: 'redirect_uri_mismatch' } : {};
}
