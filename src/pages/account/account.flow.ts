import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { ClientDirectory } from '../../clients/client-directory.js';
import { displayNameOf } from '../../clients/client.js';
import { ConsentService } from '../../consent/consent.service.js';
import type { Consent } from '../../consent/consents.repository.js';
import { ApiDirectory, type Apis } from '../../resources/api-directory.js';
import type { Tenant } from '../../tenants/tenant.js';
import { type PageRequest, browserOf } from '../browser/current-browser.js';
import type { Locale } from '../../language/messages.js';
import { redirect } from '../outcome-responder.js';
import { PageResponder, pathOf } from '../page-responder.js';
import type { AccountNotice, AllowedApplication, ConsentScopeGroup } from '../page-content.js';
import { SessionsService } from '../../sessions/sessions.service.js';
import { AccountSessions } from './account-sessions.js';
import { describeScope } from '../consent/scope-description.js';

/** The most applications that are listed. */
const MAX_CONSENTS = 200;

/** The person's account page: the applications they have allowed, where they are signed in, and ending either. */
@Injectable()
export class AccountFlow {
  constructor(
    private readonly consents: ConsentService,
    private readonly clients: ClientDirectory,
    private readonly apis: ApiDirectory,
    private readonly pages: PageResponder,
    private readonly sessions: SessionsService,
    private readonly places: AccountSessions,
  ) {}

  async show(request: PageRequest, response: Response, tenant: Tenant): Promise<void> {
    const { session } = browserOf(request);
    if (!session) return redirect(response, pathOf(tenant, '/sign-in'));
    const context = this.pages.context(request, tenant, { address: '/account' });
    const notice = NOTICES.find((name) => request.query[name] !== undefined);
    const [applications, places] = await Promise.all([
      this.applications(request, tenant, context.locale, session.user.id),
      this.places.list(request, tenant, session),
    ]);
    const endOthers = { path: '/account/end-other-sessions', purpose: 'sessions' } as const;
    this.pages.send(response, {
      page: 'account',
      context,
      userName: session.user.claims.name ?? session.user.username,
      applications,
      places,
      passwordPath: pathOf(tenant, '/change-password'),
      signOut: this.pages.form(request, tenant, { path: '/end-session/confirm', purpose: 'sign-out' }),
      ...(places.length > 1 && { endOthers: this.pages.form(request, tenant, endOthers) }),
      ...(notice && { notice }),
    });
  }

  async withdraw(request: PageRequest, response: Response, tenant: Tenant, clientId: string): Promise<void> {
    const { session, origin } = browserOf(request);
    if (!session) return redirect(response, pathOf(tenant, '/sign-in'));
    await this.consents.withdraw(tenant.id, { userId: session.user.id, clientId }, { origin });
    // Said also when it was withdrawn before: the form may have been sent twice.
    leadBack(response, tenant, 'access_withdrawn');
  }

  /** Ends one of the person's other sessions, or all of them. What is not theirs is not there. */
  async endSessions(request: PageRequest, response: Response, tenant: Tenant, id?: string): Promise<void> {
    const { session, origin } = browserOf(request);
    if (!session) return redirect(response, pathOf(tenant, '/sign-in'));
    await this.sessions.endOthers(tenant, session, origin, id);
    leadBack(response, tenant, 'sessions_ended');
  }

  private async applications(
    request: PageRequest,
    tenant: Tenant,
    locale: Locale,
    userId: string,
  ): Promise<AllowedApplication[]> {
    const apis = await this.apis.list(tenant.id);
    const consents = await this.consents.list(tenant.id, { userId, limit: MAX_CONSENTS });
    const clientIds = [...new Set(consents.map((consent) => consent.client_id))];
    return Promise.all(
      clientIds.map(async (clientId) => {
        const ofClient = consents.filter((consent) => consent.client_id === clientId);
        const client = await this.clients.find(tenant.id, clientId);
        const hidden = { client_id: clientId };
        return {
          name: client ? displayNameOf(client) : clientId,
          allowedAt: new Date(Math.min(...ofClient.map((consent) => consent.created_at.getTime()))),
          scopeGroups: ofClient.map((consent) =>
            groupOf(consent, apis, { locale, own: tenant.branding.defaultLocale }),
          ),
          withdraw: this.pages.form(request, tenant, { path: '/account/withdraw', purpose: 'account', hidden }),
        };
      }),
    );
  }
}

/** In the query of the page: what was done. */
const NOTICES: readonly AccountNotice[] = ['access_withdrawn', 'password_changed', 'sessions_ended'];

function leadBack(response: Response, tenant: Tenant, notice: AccountNotice): void {
  redirect(response, pathOf(tenant, `/account?${notice}`));
}

function groupOf(
  { resource, scopes }: Consent,
  apis: Apis,
  { locale, own }: { readonly locale: Locale; readonly own: string | undefined },
): ConsentScopeGroup {
  const api = apis.get(resource);
  return {
    ...(resource !== '' && { resourceName: api?.displayName ?? resource }),
    scopes: scopes.map((name) => ({
      name,
      ...(api && describeScope(api, name, locale, own)),
      isGranted: true,
    })),
  };
}
