import { Get, Req, Res } from '@nestjs/common';
import type { Response } from 'express';
import { type PageRequest, browserOf } from '../pages/browser/current-browser.js';
import { redirect } from '../pages/outcome-responder.js';
import { PageController, PostForm } from '../pages/page.decorators.js';
import { PageResponder, pathOf } from '../pages/page-responder.js';
import { QueryText } from '../pages/query-text.js';
import { type SetupRefusal, SetupSessions } from '../setup-links/setup-sessions.js';
import { CurrentTenant } from '../tenants/tenant.guard.js';
import type { Tenant } from '../tenants/tenant.js';
import { placeOf } from './console.guard.js';
import { SetupCookies } from './setup-cookies.js';

const PAGE = '/setup-link';

/** Where a setup link leads: it says what it is for, and a button begins a session of the console. */
@PageController('setup-link')
export class SetupLinkController {
  constructor(
    private readonly sessions: SetupSessions,
    private readonly pages: PageResponder,
  ) {}

  /** Changes nothing. The token leaves the address at once, and with it the history of the browser. */
  @Get()
  async show(
    @Req() request: PageRequest,
    @Res() response: Response,
    @CurrentTenant() tenant: Tenant,
    @QueryText('token') token: string | undefined,
  ): Promise<void> {
    const cookies = cookiesOf(tenant);
    if (token !== undefined) {
      response.setHeader('Set-Cookie', cookies.writeToken(token));
      response.setHeader('Cache-Control', 'no-store');
      return redirect(response, pathOf(tenant, PAGE));
    }
    const kept = cookies.readToken(request.headers.cookie);
    const seen = kept === undefined ? 'unknown' : await this.sessions.look(tenant, kept);
    if (typeof seen === 'string') return this.refuse(request, response, tenant, seen);
    const { link, maker } = seen;
    this.pages.remember(request, response, tenant);
    this.pages.send(response, {
      page: 'setup-link',
      context: this.pages.context(request, tenant, { address: PAGE }),
      ...this.pages.form(request, tenant, { path: PAGE, purpose: 'setup-link' }),
      maker: maker.name,
      purposes: link.purposes,
      until: link.expiresAt,
      isSingleUse: link.singleUse,
    });
  }

  /** Begins a session, in the place of one that this browser has by a link. */
  @PostForm('setup-link')
  async begin(@Req() request: PageRequest, @Res() response: Response, @CurrentTenant() tenant: Tenant): Promise<void> {
    const cookies = cookiesOf(tenant);
    const { cookie } = request.headers;
    const browser = browserOf(request);
    const token = cookies.readToken(cookie);
    const before = cookies.readSetup(cookie);
    if (token === undefined) return this.refuse(request, response, tenant, 'unknown');
    const begun = await this.sessions.begin(tenant, token, browser);
    if (typeof begun === 'string') return this.refuse(request, response, tenant, begun);
    if (before !== undefined && before !== begun.secret) await this.sessions.finish(tenant, before, browser.origin);
    response.appendHeader('Set-Cookie', cookies.keepToken(token));
    response.appendHeader('Set-Cookie', cookies.writeSetup(begun.secret));
    redirect(response, `${placeOf(tenant).path}/`);
  }

  private refuse(request: PageRequest, response: Response, tenant: Tenant, reason: SetupRefusal): void {
    const context = this.pages.context(request, tenant, { address: PAGE });
    this.pages.send(response, { page: 'setup-link-ended', context, reason }, {}, reason === 'unknown' ? 404 : 410);
  }
}

function cookiesOf(tenant: Tenant): SetupCookies {
  return new SetupCookies(tenant, placeOf(tenant));
}
