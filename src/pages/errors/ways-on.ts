import { Inject, Injectable } from '@nestjs/common';
import { AuthorizationRefusals } from '../../authorization/authorization-refusals.js';
import { type PendingOwner, PendingRequests } from '../../authorization/pending-requests.js';
import { ClientDirectory } from '../../clients/client-directory.js';
import { type Client, displayNameOf } from '../../clients/client.js';
import { CONFIG, type Config } from '../../config/config.js';
import { isLoopbackHost } from '../../config/public-address.js';
import { OAuthError } from '../../oauth/oauth-error.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { PageRequest } from '../browser/current-browser.js';
import { ForgedFormError } from '../browser/csrf.js';
import { PAGES, type PageAddress, pendingAddress } from '../page-address.js';
import type { ErrorDetail, WayBack } from '../page-content.js';
import { pathOf } from '../page-responder.js';

/** Where a person can go from an error page, and what its developer reads there. */
export interface WaysOn {
  /** The page that failed, when it is worth opening again. */
  readonly againHref?: string;
  /** The client that the request was about. */
  readonly client?: Client;
  readonly details?: readonly ErrorDetail[];
}

/** Finds the ways on from an error. They lead to addresses of ours, or to those that a client registered. */
@Injectable()
export class WaysOnFinder {
  constructor(
    private readonly requests: PendingRequests,
    private readonly clients: ClientDirectory,
    private readonly refusals: AuthorizationRefusals,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async find(request: PageRequest, error: unknown): Promise<WaysOn> {
    const { tenant, oauthParams: params } = request;
    if (!tenant) return {};
    const owner = await this.ownerOf(request, tenant);
    const clientId = owner?.clientId ?? params?.find('client_id');
    const client = clientId === undefined ? undefined : await this.clients.find(tenant.id, clientId);
    const details = params && this.tellsDetails() ? await this.describe(tenant, request, error) : undefined;
    const again = owner ? owner.isOwn && pendingAddress('sign-in', owner.id) : pageOfForm(request, error);
    return {
      ...(again && { againHref: pathOf(tenant, again) }),
      ...(client?.enabled && { client }),
      ...(details && { details }),
    };
  }

  /** To strangers nobody tells what is registered, also where somebody shows a development installation to others. */
  private tellsDetails(): boolean {
    return this.config.development !== undefined && isLoopbackHost(new URL(this.config.publicUrl).hostname);
  }

  private async ownerOf(request: PageRequest, tenant: Tenant): Promise<PendingOwner | undefined> {
    const named = request.oauthParams?.find('request') ?? request.query['request'];
    const { browser } = request;
    return typeof named === 'string' && browser ? this.requests.findOwner(tenant, named, browser) : undefined;
  }

  /** What is wrong, and what was sent where something else is registered. */
  private async describe(tenant: Tenant, { oauthParams }: PageRequest, error: unknown): Promise<ErrorDetail[]> {
    if (!(error instanceof OAuthError) || !oauthParams) return [];
    const { details } = await this.refusals.describe(tenant, oauthParams);
    return Object.entries({ reason: error.message, ...details }).map(([name, value]) => ({
      name,
      values: (Array.isArray(value) ? value : [value]).map(String),
    }));
  }
}

/** The page whose form was not taken. */
function pageOfForm({ path }: PageRequest, error: unknown): PageAddress | undefined {
  const page = PAGES.find((name) => path === `/${name}` || path.startsWith(`/${name}/`));
  return page && error instanceof ForgedFormError ? `/${page}` : undefined;
}

/**
 * Where people begin with an application, as it is registered: the address that begins a sign-in (OpenID Connect Core
 * §4), or its home page (RFC 7591 §2).
 */
export function startOf({ metadata }: Client, { issuer }: Tenant): string | undefined {
  const { initiateLoginUri, clientUri } = metadata;
  if (initiateLoginUri === undefined) return clientUri;
  const url = new URL(initiateLoginUri);
  url.searchParams.set('iss', issuer);
  return url.href;
}

export function wayBackTo(client: Client, tenant: Tenant): WayBack | undefined {
  const href = startOf(client, tenant);
  return href === undefined ? undefined : { href, clientName: displayNameOf(client) };
}
