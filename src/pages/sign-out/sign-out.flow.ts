import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { ClientDirectory } from '../../clients/client-directory.js';
import { type Client, displayNameOf } from '../../clients/client.js';
import { postLogoutRedirectUrisOf } from '../../clients/console-client.js';
import { InvalidRequestError } from '../../oauth/oauth-error.js';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { matchesRedirectUri } from '../../oauth/redirect-uri.js';
import { type LogoutTicket, LogoutTickets } from '../../sessions/logout-tickets.js';
import type { Session } from '../../sessions/session.js';
import { SessionsService } from '../../sessions/sessions.service.js';
import type { Tenant } from '../../tenants/tenant.js';
import { IdTokenHintVerifier } from '../../tokens/id-token-hint.js';
import { type PageRequest, browserOf } from '../browser/current-browser.js';
import { forget, heldAccounts } from '../browser/held-accounts.js';
import { redirect } from '../outcome-responder.js';
import { signOutAddress } from '../page-address.js';
import { PageResponder, pathOf } from '../page-responder.js';
import { sourcesFor } from '../redirect-target.js';

/** It travels in addresses, in our own ticket too, and those have to stay shorter than what servers take. */
const MAX_STATE_BYTES = 8192;
const NOBODY: LogoutTicket = { clientId: undefined, redirectUri: undefined, state: undefined, subject: undefined };

/**
 * Signing out, OpenID Connect RP-Initiated Logout: at once for a client that proves whom it means and wants to go back to
 * an address of its own, else after asking.
 */
@Injectable()
export class SignOutFlow {
  constructor(
    private readonly sessions: SessionsService,
    private readonly clients: ClientDirectory,
    private readonly hints: IdTokenHintVerifier,
    private readonly tickets: LogoutTickets,
    private readonly pages: PageResponder,
  ) {}

  async begin(request: PageRequest, response: Response, tenant: Tenant, params: OAuthParameters): Promise<void> {
    const given = params.find('ticket');
    const ticket = (given && (await this.tickets.read(tenant, given))) || (await this.check(tenant, params));
    const { session } = browserOf(request);
    const meant = heldAccounts(browserOf(request)).find((held) => held.session.user.id === ticket.subject)?.session;
    if (meant && !ticket.isRefused) return this.end(request, response, tenant, { session: meant, ticket });
    if (!session) return this.leave(request, response, tenant, ticket);
    return this.ask(request, response, tenant, { session, ticket });
  }

  async keep(response: Response, tenant: Tenant, params: OAuthParameters): Promise<void> {
    const ticket = await this.tickets.issue(tenant, await this.check(tenant, params));
    redirect(response, pathOf(tenant, signOutAddress(ticket)));
  }

  async confirm(request: PageRequest, response: Response, tenant: Tenant, given: string | undefined): Promise<void> {
    const ticket = (given && (await this.tickets.read(tenant, given))) || NOBODY;
    const { session } = browserOf(request);
    if (!session) return this.leave(request, response, tenant, ticket);
    return this.end(request, response, tenant, { session, ticket });
  }

  /** §2 and §3: verifies the request and keeps what is proven. */
  private async check(tenant: Tenant, params: OAuthParameters): Promise<LogoutTicket> {
    const state = params.find('state');
    if (state !== undefined && Buffer.byteLength(state) > MAX_STATE_BYTES) {
      throw new InvalidRequestError('state is too long.');
    }
    const idTokenHint = params.find('id_token_hint');
    const hint = idTokenHint === undefined ? undefined : await this.hints.verify(tenant, idTokenHint);
    const named = params.find('client_id');
    // A hint issued to one client with the identifier of another: both are ignored.
    if (hint && named !== undefined && named !== hint.clientId) return NOBODY;
    const clientId = hint?.clientId ?? named;
    const client = clientId === undefined ? undefined : await this.clients.find(tenant.id, clientId);
    if (!client?.enabled) return NOBODY;
    const redirectUri = params.find('post_logout_redirect_uri');
    // §3: to an address that is not registered nobody is sent. Whether the rest of the request is meant is not sure then.
    const isRefused = redirectUri !== undefined && !isRegistered(tenant, client, redirectUri);
    return { clientId, redirectUri: isRefused ? undefined : redirectUri, state, subject: hint?.subject, isRefused };
  }

  private async ask(
    request: PageRequest,
    response: Response,
    tenant: Tenant,
    { session, ticket }: { readonly session: Session; readonly ticket: LogoutTicket },
  ): Promise<void> {
    const client = ticket.clientId === undefined ? undefined : await this.clients.find(tenant.id, ticket.clientId);
    const hidden = { ticket: await this.tickets.issue(tenant, ticket) };
    const address = signOutAddress(hidden.ticket);
    this.pages.remember(request, response, tenant);
    this.pages.send(
      response,
      {
        page: 'sign-out',
        context: this.pages.context(request, tenant, { address }),
        ...this.pages.form(request, tenant, { path: '/end-session/confirm', purpose: 'sign-out', hidden }),
        userName: session.user.claims.name ?? session.user.username,
        ...(client && { clientName: displayNameOf(client) }),
        stayPath: pathOf(tenant, '/account'),
      },
      { formActions: ticket.redirectUri === undefined ? [] : sourcesFor(ticket.redirectUri) },
    );
  }

  private async end(
    request: PageRequest,
    response: Response,
    tenant: Tenant,
    { session, ticket }: { readonly session: Session; readonly ticket: LogoutTicket },
  ): Promise<void> {
    await this.sessions.end(tenant, session, browserOf(request).origin);
    forget(response, tenant, browserOf(request), session);
    return this.leave(request, response, tenant, ticket);
  }

  /** §3: back to the client when it said where, and that place is registered. */
  private async leave(request: PageRequest, response: Response, tenant: Tenant, ticket: LogoutTicket): Promise<void> {
    if (ticket.redirectUri !== undefined) return redirect(response, withState(ticket.redirectUri, ticket.state));
    const context = this.pages.context(request, tenant, { address: '/end-session' });
    const client = ticket.clientId === undefined ? undefined : await this.clients.find(tenant.id, ticket.clientId);
    const home = client?.enabled ? client.metadata.clientUri : undefined;
    const back = client && home !== undefined ? { back: { href: home, clientName: displayNameOf(client) } } : {};
    this.pages.send(response, { page: 'signed-out', context, signInPath: pathOf(tenant, '/sign-in'), ...back });
  }
}

function isRegistered(tenant: Tenant, client: Client, uri: string): boolean {
  return matchesRedirectUri(postLogoutRedirectUrisOf(tenant, client), uri, client.applicationType);
}

function withState(uri: string, state: string | undefined): string {
  if (state === undefined) return uri;
  return `${uri}${uri.includes('?') ? '&' : '?'}${new URLSearchParams({ state }).toString()}`;
}
