import { Controller, Get, Param, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import type { Response } from 'express';
import { queryOf } from '../protocol/query-text.js';
import { writeLanguageCookie } from '../sessions/browser-cookies.js';
import { TenantNotFoundError } from '../tenants/tenant-not-found.error.js';
import { CurrentTenant, TenantGuard } from '../tenants/tenant.guard.js';
import type { Tenant } from '../tenants/tenant.js';
import { ClientDirectory } from '../clients/client-directory.js';
import { BrowserGuard } from './browser/browser.guard.js';
import type { PageRequest } from './browser/current-browser.js';
import { ErrorPageResponder } from './errors/error-page.responder.js';
import { isErrorReason, isKnownError, statusOf } from './error-texts.js';
import { findLocale } from '../language/messages.js';
import { redirect } from './outcome-responder.js';
import { isPageName } from './page-address.js';
import { PageErrorFilter } from './errors/page-error.filter.js';
import { pathOf } from './page-responder.js';

const REQUEST_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The list of languages at the foot of every page. */
@Controller()
@UseGuards(TenantGuard)
@UseFilters(PageErrorFilter)
export class LanguageController {
  constructor(
    private readonly errorPage: ErrorPageResponder,
    private readonly clients: ClientDirectory,
  ) {}

  /** Remembers the language and shows the page again: one of ours, by name, with the query it had in the link. */
  @Get([
    'language/:locale/:page',
    'language/:locale/:page/:section',
    'language/:locale/:page/:section/:part',
    'language/:locale/:page/:section/:part/:detail',
  ])
  choose(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @Param('locale') localeName: string,
    @Param('page') pageName: string,
    @Param('section') section?: string,
    @Param('part') part?: string,
    @Param('detail') detail?: string,
  ): void {
    const locale = findLocale(localeName);
    const page = [pageName, section, part, detail].filter((name) => name !== undefined).join('/');
    if (!locale || !isPageName(page)) throw new TenantNotFoundError();
    if (wasChosenHere(request)) response.appendHeader('Set-Cookie', writeLanguageCookie(tenant, locale));
    const query = new URLSearchParams(queryOf(request)).toString();
    redirect(response, pathOf(tenant, query === '' ? `/${page}` : `/${page}?${query}`));
  }

  /**
   * Shows an error page again. It holds fixed texts, known codes, a well-formed request id and the name and address of a
   * registered client, so a forged link cannot put other text on it.
   */
  @Get('error')
  @UseGuards(BrowserGuard)
  async showError(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
  ): Promise<void> {
    const query = new URLSearchParams(queryOf(request));
    const [error, reason, id] = [query.get('error'), query.get('reason'), query.get('id') ?? ''];
    const what = {
      error: isKnownError(error) ? error : 'invalid_request',
      ...(isErrorReason(reason) && { reason }),
      ...(REQUEST_ID.test(id) && { requestId: id }),
    };
    const client = await this.clients.find(tenant.id, query.get('client') ?? '');
    this.errorPage.send(request, response, what, statusOf(what), client?.enabled ? { client } : {});
  }
}

/**
 * Whether the language was chosen on one of our pages and not by a link elsewhere. Browsers that send no
 * `Sec-Fetch-Site` are trusted, because only a language is at stake.
 */
function wasChosenHere({ headers }: PageRequest): boolean {
  return headers['sec-fetch-site'] === undefined || headers['sec-fetch-site'] === 'same-origin';
}
