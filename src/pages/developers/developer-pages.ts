import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { LastSecretError, TooManySecretsError } from '../../clients/clients.service.js';
import {
  type KnownRegistration,
  RegistrationConflictError,
  StaleRegistrationError,
} from '../../developers/client-registration.js';
import { type Developer, Developers } from '../../developers/developer.js';
import { OwnRegistrations } from '../../developers/own-registrations.js';
import type { Session } from '../../sessions/session.js';
import { TenantNotFoundError } from '../../tenants/tenant-not-found.error.js';
import type { Tenant } from '../../tenants/tenant.js';
import { FRESH_SECONDS } from '../account-access.js';
import type { FramedPage } from '../account-content.js';
import { type PageRequest, browserOf } from '../browser/current-browser.js';
import type { ClientRefusal } from '../developer-content.js';
import { AccountFrames } from '../frame/account-frames.js';
import type { AccountAddress, PageAddress } from '../page-address.js';
import type { FormTarget } from '../page-parts.js';
import { PageResponder, pathOf } from '../page-responder.js';

/** The page of the person's clients; those of each are below it. */
export const CLIENTS = '/account/clients';

export type ClientPageName = 'edit' | 'secrets' | 'owners' | 'redirects' | 'snippets' | 'delete';

export function clientAddress(id: string, page?: ClientPageName): `/account/${string}` {
  return page === undefined ? `${CLIENTS}/${id}` : `${CLIENTS}/${id}/${page}`;
}

/** A person on one of these pages. */
export interface Visit {
  readonly request: PageRequest;
  readonly response: Response;
  readonly tenant: Tenant;
  readonly session: Session;
  readonly developer: Developer;
}

/** The same, on a page of one of their clients. */
export interface ClientVisit extends Visit {
  readonly known: KnownRegistration;
  readonly id: string;
}

/** What the pages have in common on which people register clients. Whoever may not is told that there is no such page. */
@Injectable()
export class DeveloperPages {
  constructor(
    private readonly frames: AccountFrames,
    private readonly pages: PageResponder,
    private readonly developers: Developers,
    private readonly registrations: OwnRegistrations,
  ) {}

  /** @returns undefined: the person was led to what they have to do first. @throws TenantNotFoundError */
  async enter(
    request: PageRequest,
    response: Response,
    tenant: Tenant,
    { address, isFresh = false }: { readonly address: AccountAddress; readonly isFresh?: boolean },
  ): Promise<Visit | undefined> {
    if (tenant.policy.developerRegistration === 'off') throw new TenantNotFoundError();
    const entry = { address, ...(isFresh && { maxAgeSeconds: FRESH_SECONDS }) };
    const session = await this.frames.enter(request, response, tenant, entry);
    if (!session) return undefined;
    if (!(await this.developers.isDeveloper(tenant, session.user))) throw new TenantNotFoundError();
    const developer = { tenant, user: session.user, origin: browserOf(request).origin };
    return { request, response, tenant, session, developer };
  }

  /** What is not theirs is not there. */
  async enterClient(
    request: PageRequest,
    response: Response,
    tenant: Tenant,
    id: string,
    { page, isFresh }: { readonly page?: ClientPageName; readonly isFresh?: boolean } = {},
  ): Promise<ClientVisit | undefined> {
    const address = clientAddress(id, page);
    const visit = await this.enter(request, response, tenant, { address, ...(isFresh && { isFresh }) });
    if (!visit) return undefined;
    const known = await this.registrations.find(visit.developer, id);
    if (!known) throw new TenantNotFoundError();
    return { ...visit, known, id: known.registration.id };
  }

  /** @param address of the page itself; undefined: it is shown once */
  frame({ request, tenant, session }: Visit, address: PageAddress | undefined): FramedPage {
    return this.frames.frame(request, tenant, session, CLIENTS, { address });
  }

  form({ request, tenant }: Visit, path: string, hidden: Readonly<Record<string, string>> = {}): FormTarget {
    return this.pages.form(request, tenant, { path, purpose: 'account/clients', hidden });
  }

  /** What the pages of one client begin with. */
  ofClient(visit: ClientVisit, page?: ClientPageName) {
    return {
      ...this.frame(visit, clientAddress(visit.id, page)),
      name: nameOf(visit.known),
      backPath: pathOf(visit.tenant, clientAddress(visit.id)),
    };
  }
}

export function nameOf({ registration, client }: KnownRegistration): string {
  return registration.proposal?.client_name ?? client?.entity.clientName ?? '';
}

/**
 * Does what a form asks for.
 * @returns why it was not done, or undefined
 */
export async function refusalOf(work: () => Promise<unknown>): Promise<ClientRefusal | undefined> {
  try {
    await work();
    return undefined;
  } catch (error) {
    if (error instanceof RegistrationConflictError) return error.reason;
    if (error instanceof StaleRegistrationError) return 'stale';
    if (error instanceof TooManySecretsError) return 'too_many_secrets';
    if (error instanceof LastSecretError) return 'last_secret';
    throw error;
  }
}

/** Of the page that says so. */
export const REFUSED = 409;
