import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { type AllowedApplication as Allowed, AllowedApplications } from '../../account/allowed-applications.js';
import { ConsentService } from '../../consent/consent.service.js';
import type { Locale } from '../../language/messages.js';
import { ApiDirectory, type Apis } from '../../resources/api-directory.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { AllowedApplication } from '../account-content.js';
import { type PageRequest, browserOf } from '../browser/current-browser.js';
import { describeScope } from '../consent/scope-description.js';
import { AccountFrames } from '../frame/account-frames.js';
import { redirect } from '../outcome-responder.js';
import type { ConsentScopeGroup } from '../page-parts.js';
import { PageResponder, pathOf } from '../page-responder.js';

const ADDRESS = '/account/applications';

/** What the person has allowed whom, and taking it back. */
@Injectable()
export class ApplicationsFlow {
  constructor(
    private readonly frames: AccountFrames,
    private readonly pages: PageResponder,
    private readonly consents: ConsentService,
    private readonly allowed: AllowedApplications,
    private readonly apis: ApiDirectory,
  ) {}

  async show(request: PageRequest, response: Response, tenant: Tenant): Promise<void> {
    const session = await this.frames.enter(request, response, tenant, { address: '/account/applications' });
    if (!session) return;
    const framed = this.frames.frame(request, tenant, session, ADDRESS);
    this.pages.send(response, {
      page: 'account-applications',
      ...framed,
      applications: await this.applications(request, tenant, framed.context.locale, session.user.id),
    });
  }

  async withdraw(request: PageRequest, response: Response, tenant: Tenant, clientId: string): Promise<void> {
    const session = await this.frames.enter(request, response, tenant, { address: '/account/applications' });
    if (!session) return;
    await this.consents.withdraw(
      tenant.id,
      { userId: session.user.id, clientId },
      { origin: browserOf(request).origin },
    );
    // Said also when it was withdrawn before: the form may have been sent twice.
    redirect(response, pathOf(tenant, `${ADDRESS}?access_withdrawn`));
  }

  private async applications(
    request: PageRequest,
    tenant: Tenant,
    locale: Locale,
    userId: string,
  ): Promise<AllowedApplication[]> {
    const [apis, allowed] = await Promise.all([this.apis.list(tenant.id), this.allowed.list(tenant, userId)]);
    return allowed.map(({ clientId, name, allowedAt, lastUsedAt, access }) => {
      const hidden = { client_id: clientId };
      const form = { path: '/account/withdraw', purpose: 'account/applications', hidden } as const;
      return {
        name,
        allowedAt,
        ...(lastUsedAt && { lastUsedAt }),
        scopeGroups: access.map((each) => groupOf(each, apis, { locale, own: tenant.branding.defaultLocale })),
        withdraw: this.pages.form(request, tenant, form),
      };
    });
  }
}

function groupOf(
  { resource, scopes }: Allowed['access'][number],
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
