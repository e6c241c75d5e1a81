import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { ClientDirectory } from '../../clients/client-directory.js';
import { displayNameOf } from '../../clients/client.js';
import { ConsentService } from '../../consent/consent.service.js';
import type { Consent } from '../../consent/consents.repository.js';
import { ApiDirectory, type Apis } from '../../resources/api-directory.js';
import type { Tenant } from '../../tenants/tenant.js';
import { type PageRequest, browserOf } from '../browser/current-browser.js';
import type { Locale } from '../language/messages.js';
import { redirect } from '../outcome-responder.js';
import { PageResponder, pathOf } from '../page-responder.js';
import type { AllowedApplication, ConsentScopeGroup } from '../page-content.js';
import { describeScope } from '../consent/scope-description.js';

/** The most applications that are listed. */
const MAX_CONSENTS = 200;

/** The person's account page: the applications they have allowed, and withdrawing that. */
@Injectable()
export class AccountFlow {
  constructor(
    private readonly consents: ConsentService,
    private readonly clients: ClientDirectory,
    private readonly apis: ApiDirectory,
    private readonly pages: PageResponder,
  ) {}

  async show(request: PageRequest, response: Response, tenant: Tenant): Promise<void> {
    const { session } = browserOf(request);
    if (!session) return redirect(response, pathOf(tenant, '/sign-in'));
    const context = this.pages.context(request, tenant, { address: '/account' });
    this.pages.send(response, {
      page: 'account',
      context,
      userName: session.user.claims.name ?? session.user.username,
      applications: await this.applications(request, tenant, context.locale, session.user.id),
      signOut: this.pages.form(request, tenant, { path: '/end-session/confirm', purpose: 'sign-out' }),
      ...(request.query['withdrawn'] !== undefined && { notice: 'access_withdrawn' }),
    });
  }

  async withdraw(request: PageRequest, response: Response, tenant: Tenant, clientId: string): Promise<void> {
    const { session, origin } = browserOf(request);
    if (!session) return redirect(response, pathOf(tenant, '/sign-in'));
    const withdrawn = await this.consents.withdraw(tenant.id, { userId: session.user.id, clientId }, { origin });
    redirect(response, pathOf(tenant, withdrawn ? '/account?withdrawn' : '/account'));
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
          scopeGroups: ofClient.map((consent) => groupOf(consent, apis, locale)),
          withdraw: this.pages.form(request, tenant, { path: '/account/withdraw', purpose: 'account', hidden }),
        };
      }),
    );
  }
}

function groupOf({ resource, scopes }: Consent, apis: Apis, locale: Locale): ConsentScopeGroup {
  const api = apis.get(resource);
  return {
    ...(resource !== '' && { resourceName: api?.displayName ?? resource }),
    scopes: scopes.map((name) => ({
      name,
      ...(api && { description: describeScope(api, name, locale) }),
      isGranted: true,
    })),
  };
}
