import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { nameOfAsked } from '../../authorization/asked-access.js';
import { AuthorizationService } from '../../authorization/authorization.service.js';
import type { PendingInteraction } from '../../authorization/outcome.js';
import { type Client, displayNameOf } from '../../clients/client.js';
import { optionalScopes } from '../../consent/optional-scopes.js';
import { InvalidRequestError } from '../../oauth/oauth-error.js';
import type { OAuthParameters } from '../../oauth/parameters.js';
import type { Scope } from '../../oauth/scope.js';
import type { ApiAccess } from '../../resources/access.js';
import { removeCookie } from '../../sessions/browser-cookies.js';
import { SessionsService } from '../../sessions/sessions.service.js';
import type { Session } from '../../sessions/session.js';
import type { Tenant } from '../../tenants/tenant.js';
import { type PageRequest, browserOf } from '../browser/current-browser.js';
import { OutcomeResponder, redirect } from '../outcome-responder.js';
import { pendingAddress } from '../page-address.js';
import { PageResponder, pathOf } from '../page-responder.js';
import type { ClientTrust, ConsentPage, ConsentScope, ConsentScopeGroup, TenantPageContext } from '../page-content.js';
import { displayHost, formTargets } from '../redirect-target.js';
import { describeScope } from './scope-description.js';

/** Asking for consent: the page, and the decision. */
@Injectable()
export class ConsentFlow {
  constructor(
    private readonly authorization: AuthorizationService,
    private readonly sessions: SessionsService,
    private readonly outcomes: OutcomeResponder,
    private readonly pages: PageResponder,
  ) {}

  async show(request: PageRequest, response: Response, tenant: Tenant, requestId: string | undefined): Promise<void> {
    const browser = browserOf(request);
    if (requestId === undefined) return redirect(response, pathOf(tenant, '/account'));
    const interaction = await this.authorization.show(tenant, requestId, browser);
    if (interaction.next?.name !== 'consent' || !browser.session) {
      return redirect(response, pathOf(tenant, `/authorize/resume?request=${requestId}`));
    }
    const view = this.view(request, tenant, interaction, browser.session);
    this.pages.send(response, view, formTargets(interaction.request));
  }

  async decide(request: PageRequest, response: Response, tenant: Tenant, params: OAuthParameters): Promise<void> {
    const requestId = params.get('request');
    const decision = params.get('decision');
    const browser = browserOf(request);
    if (decision !== 'approve' && decision !== 'deny') throw new InvalidRequestError('decision is not one.');
    const outcome =
      decision === 'approve'
        ? await this.authorization.approve(tenant, requestId, browser, {
            asked: params.find('asked'),
            isTicked: (field) => params.find(field) !== undefined,
          })
        : await this.authorization.deny(tenant, requestId, browser);
    this.outcomes.send(request, response, tenant, outcome);
  }

  async switchAccount(request: PageRequest, response: Response, tenant: Tenant, requestId: string): Promise<void> {
    const { session, origin } = browserOf(request);
    if (session) await this.sessions.end(tenant, session, origin);
    response.appendHeader('Set-Cookie', removeCookie(tenant, 'session'));
    redirect(response, pathOf(tenant, `/sign-in?request=${encodeURIComponent(requestId)}`));
  }

  private view(request: PageRequest, tenant: Tenant, interaction: PendingInteraction, session: Session): ConsentPage {
    const { id, missing, declined, request: authorization } = interaction;
    const { client, access, redirectUri, params } = authorization;
    const context = this.pages.context(request, tenant, {
      address: pendingAddress('consent', id),
      uiLocales: params.find('ui_locales'),
    });
    const { policyUri, tosUri } = client.metadata;
    const hidden = { request: id };
    const optional = optionalScopes(client, access);
    const standing = (resource: string, name: string) => {
      const isDeclined = declined.get(resource)?.includes(name) ?? false;
      const field = optional.find((scope) => scope.resource === resource && scope.name === name)?.field;
      return {
        isGranted: !isDeclined && !missing.get(resource)?.includes(name),
        ...(field !== undefined && { choice: { field, isTicked: !isDeclined } }),
      };
    };
    return {
      page: 'consent',
      context,
      ...this.pages.form(request, tenant, {
        path: '/consent',
        purpose: 'consent',
        hidden: { ...hidden, asked: nameOfAsked(authorization) },
      }),
      client: {
        name: displayNameOf(client),
        trust: trustOf(client),
        redirectHost: displayHost(redirectUri),
        ...(policyUri !== undefined && { policyUri }),
        ...(tosUri !== undefined && { tosUri }),
      },
      userName: session.user.claims.name ?? session.user.username,
      switchAccount: this.pages.switchAccount(request, tenant, id),
      scopeGroups: [
        ...groupOfOpenId(access.openid, standing),
        ...access.apis.map((api) => groupOfApi(api, standing, context)),
      ],
      accountPath: pathOf(tenant, '/account'),
    };
  }
}

/** "Approved" is said of what somebody looked at, and of nothing else. */
function trustOf({ firstParty, isReviewed }: Client): ClientTrust {
  if (firstParty) return 'first_party';
  return isReviewed ? 'verified' : 'unreviewed';
}

/** What was decided about a scope of a resource, and can be. */
type Standing = (resource: string, name: string) => Pick<ConsentScope, 'isGranted' | 'choice'>;

function groupOfOpenId(scope: Scope, standing: Standing): ConsentScopeGroup[] {
  if (scope.length === 0) return [];
  return [{ scopes: scope.map((name) => ({ name, ...standing('', name) })) }];
}

function groupOfApi(
  { api, scope }: ApiAccess,
  standing: Standing,
  { locale, tenant }: TenantPageContext,
): ConsentScopeGroup {
  return {
    resourceName: api.displayName,
    scopes: scope.map((name) => ({
      name,
      ...describeScope(api, name, locale, tenant.branding.defaultLocale),
      ...standing(api.identifier, name),
    })),
  };
}
