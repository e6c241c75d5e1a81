import { Injectable } from '@nestjs/common';
import { ClientMetadataError } from '../../clients/client-metadata.js';
import { type KnownRegistration, type Owner, versionOf } from '../../developers/client-registration.js';
import { ClientOwnership } from '../../developers/client-ownership.js';
import { changesOf, snippetsOf, testRedirectOf } from '../../developers/shown-registration.js';
import { RegistrationReviews } from '../../developers/registration-reviews.js';
import type { Tenant } from '../../tenants/tenant.js';
import { powersOf } from '../clients/client-powers.js';
import { requirePowerOver } from '../kit/authority.js';
import { checkIfMatch, stale } from '../kit/etag.js';
import { type ManagementWrite, NO_CONTENT } from '../kit/management-write.js';
import { type Page, isId, limitOf, positionOf, toPage } from '../kit/paging.js';
import { actorOf } from '../kit/principal.js';
import { Problem, notFound } from '../kit/problem.js';
import type { View } from '../kit/view.js';
import { WriteAnswer } from '../kit/write-answer.js';
import { listedRegistrationView, ownerView, redirectTestView, registrationView } from './client-registration.view.js';
import { snippetListOf, snippetOf } from './snippet-answers.js';
import type { ListClientRegistrationsQuery } from './client-registrations.dto.js';

/** Which registration, and in which version it was seen. */
interface Seen {
  readonly id: string;
  readonly ifMatch: string | undefined;
}

/** What administrators do with clients that developers register. */
@Injectable()
export class ClientRegistrationManagement {
  constructor(
    private readonly reviews: RegistrationReviews,
    private readonly ownership: ClientOwnership,
  ) {}

  async list(tenant: Tenant, query: ListClientRegistrationsQuery): Promise<Page<View>> {
    const page = { after: positionOf(query, isId), limit: limitOf(query) + 1, state: query.state };
    const rows = await this.reviews.list(tenant.id, page);
    return toPage(rows, query, { item: listedRegistrationView, position: ({ id }) => id });
  }

  async get(tenant: Tenant, id: string): Promise<KnownRegistration> {
    const known = isId(id) ? await this.reviews.find(tenant, id) : undefined;
    if (!known) throw notFound();
    return known;
  }

  async view(tenant: Tenant, known: KnownRegistration): Promise<View> {
    const owners = await this.ownership.list(tenant.id, known.registration.id);
    return registrationView(known, { owners, changes: changesOf(known) });
  }

  async approve(write: ManagementWrite, tenant: Tenant, { id, ifMatch }: Seen): Promise<WriteAnswer> {
    const known = await this.get(tenant, id);
    this.requirePower(write, known);
    checkIfMatch(ifMatch, versionOf(known), { needed: true });
    const owners = await this.ownership.list(tenant.id, id);
    const before = registrationView(known, { owners, changes: changesOf(known) });
    const proposed = await possible(() => this.reviews.propose(tenant, known));
    requirePowerOver(write.caller, { permissions: proposed.completed.permissions });
    return write.perform<KnownRegistration>({
      tenantId: tenant.id,
      change: ({ registration }) => ({
        type: 'client_registration.approved',
        target: `client:${registration.clientId}`,
        details: { changes: changesOf(known).map(({ member, before, after }) => ({ member, before, after })) },
        before,
      }),
      answer: (approved) => answerOf(write, approved, owners),
      work: (companion) => this.reviews.approve(tenant, proposed, actorOf(write.caller), companion),
      otherwise: stale,
    });
  }

  async reject(write: ManagementWrite, tenant: Tenant, { id, ifMatch }: Seen, reason: string): Promise<WriteAnswer> {
    const known = await this.get(tenant, id);
    this.requirePower(write, known);
    checkIfMatch(ifMatch, versionOf(known), { needed: true });
    const owners = await this.ownership.list(tenant.id, id);
    const before = registrationView(known, { owners, changes: changesOf(known) });
    const decision = { by: actorOf(write.caller), reason };
    return write.perform<KnownRegistration>({
      tenantId: tenant.id,
      change: ({ registration }) => ({
        type: 'client_registration.rejected',
        target: `client:${registration.clientId}`,
        details: { reason },
        before,
      }),
      answer: (rejected) => answerOf(write, rejected, owners),
      work: (companion) => this.reviews.reject(tenant, known, decision, companion),
      otherwise: stale,
    });
  }

  /** Suspends or resumes. Names a state only, so that it needs no version. */
  async enable(
    write: ManagementWrite,
    tenant: Tenant,
    { id, ifMatch }: Seen,
    { enabled, reason }: { readonly enabled: boolean; readonly reason?: string | undefined },
  ): Promise<WriteAnswer> {
    const known = await this.get(tenant, id);
    this.requirePower(write, known);
    checkIfMatch(ifMatch, versionOf(known), { needed: false });
    const owners = await this.ownership.list(tenant.id, id);
    const before = registrationView(known, { owners, changes: changesOf(known) });
    return write.perform<KnownRegistration>({
      tenantId: tenant.id,
      change: ({ registration }) => ({
        type: enabled ? 'client_registration.resumed' : 'client_registration.suspended',
        target: `client:${registration.clientId}`,
        ...(reason !== undefined && { details: { reason } }),
        before,
      }),
      answer: (changed) => answerOf(write, changed, owners),
      work: (companion) => this.reviews.enable(tenant, known, { enabled, reason }, companion),
      otherwise: stale,
    });
  }

  async giveOwner(write: ManagementWrite, tenant: Tenant, id: string, userId: string): Promise<WriteAnswer> {
    const known = await this.get(tenant, id);
    this.requirePower(write, known);
    if (!isId(userId)) throw notFound();
    const isOwner = (await this.ownership.list(tenant.id, id)).some((owner) => owner.userId === userId);
    return write.perform<Owner>({
      tenantId: tenant.id,
      change: () =>
        isOwner
          ? undefined
          : {
              type: 'client_registration.owner_added',
              target: `client:${known.registration.clientId}`,
              details: { user_id: userId },
              after: { owner: userId },
            },
      answer: (owner) => new WriteAnswer(ownerView(owner)),
      work: (companion) => this.ownership.give(tenant, id, userId, companion),
      otherwise: notFound,
    });
  }

  async takeOwner(write: ManagementWrite, tenant: Tenant, id: string, userId: string): Promise<WriteAnswer> {
    const known = await this.get(tenant, id);
    this.requirePower(write, known);
    if (!isId(userId)) throw notFound();
    return write.perform<true>({
      tenantId: tenant.id,
      change: () => ({
        type: 'client_registration.owner_removed',
        target: `client:${known.registration.clientId}`,
        details: { user_id: userId },
        before: { owner: userId },
      }),
      answer: () => NO_CONTENT,
      work: (companion) => this.ownership.take(tenant.id, id, userId, companion),
      otherwise: notFound,
    });
  }

  async testRedirect(tenant: Tenant, id: string, given: string): Promise<View> {
    return redirectTestOf(await this.get(tenant, id), given);
  }

  async snippets(tenant: Tenant, id: string): Promise<View> {
    return snippetListOf(snippetsOf(tenant, await this.get(tenant, id)));
  }

  async snippet(tenant: Tenant, id: string, library: string): Promise<View> {
    return snippetOf(snippetsOf(tenant, await this.get(tenant, id)), library);
  }

  /** Nobody decides on what they could not register, or change, themselves. */
  private requirePower(write: ManagementWrite, { client }: KnownRegistration): void {
    if (client) requirePowerOver(write.caller, powersOf(client));
  }
}

export function redirectTestOf(known: KnownRegistration, given: string): View {
  return redirectTestView(testRedirectOf(known, given));
}

function answerOf(write: ManagementWrite, known: KnownRegistration, owners: readonly Owner[]): WriteAnswer {
  const body = registrationView(known, { owners, changes: changesOf(known) });
  return write.changed({ version: versionOf(known) }, body);
}

/** The policy, an API or another client has changed since it was handed in. */
async function possible<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ClientMetadataError) {
      throw new Problem('conflict', `It cannot be approved any more: ${error.member} ${error.fault}.`);
    }
    throw error;
  }
}
