import { Injectable } from '@nestjs/common';
import { ClientOwnership } from '../../developers/client-ownership.js';
import { type KnownRegistration, versionOf } from '../../developers/client-registration.js';
import { OwnRegistrations } from '../../developers/own-registrations.js';
import { changesOf, snippetsOf } from '../../developers/shown-registration.js';
import { redirectTestOf } from '../../management/client-registrations/client-registration-management.js';
import {
  listedRegistrationView,
  ownerInvitationView,
  registrationView,
} from '../../management/client-registrations/client-registration.view.js';
import { snippetListOf, snippetOf } from '../../management/client-registrations/snippet-answers.js';
import { clientSecretView } from '../../management/clients/client.view.js';
import { checkIfMatch } from '../../management/kit/etag.js';
import { type Page, type PageQuery, isId, limitOf, positionOf, toPage } from '../../management/kit/paging.js';
import { notFound } from '../../management/kit/problem.js';
import type { View } from '../../management/kit/view.js';
import type { AccountCall } from './account-api.guard.js';
import type { InviteOwnerDto, OwnClientDto } from './own-clients.dto.js';

/** An answer with the version of what it shows. */
export interface Versioned {
  readonly version: number;
  readonly body: View;
}

/** The clients that the person of the access token owns. */
@Injectable()
export class OwnClients {
  constructor(
    private readonly registrations: OwnRegistrations,
    private readonly ownership: ClientOwnership,
  ) {}

  async list(call: AccountCall, query: PageQuery): Promise<Page<View>> {
    const page = { after: positionOf(query, isId), limit: limitOf(query) + 1 };
    const rows = await this.registrations.list(call, page);
    return toPage(rows, query, { item: listedRegistrationView, position: ({ id }) => id });
  }

  async get(call: AccountCall, id: string): Promise<Versioned> {
    return this.show(call, await this.find(call, id));
  }

  async create(call: AccountCall, body: OwnClientDto): Promise<Versioned> {
    return this.show(call, await this.registrations.create(call, body));
  }

  async edit(call: AccountCall, id: string, body: OwnClientDto, ifMatch: string | undefined): Promise<Versioned> {
    const known = await this.find(call, id);
    checkIfMatch(ifMatch, versionOf(known), { needed: true });
    return this.show(call, await this.registrations.edit(call, known, body));
  }

  async delete(call: AccountCall, id: string): Promise<void> {
    if (!(await this.registrations.delete(call, await this.find(call, id)))) throw notFound();
  }

  async submit(call: AccountCall, id: string): Promise<Versioned> {
    return this.show(call, await this.registrations.submit(call, await this.find(call, id)));
  }

  async withdraw(call: AccountCall, id: string): Promise<Versioned> {
    return this.show(call, await this.registrations.withdraw(call, await this.find(call, id)));
  }

  /** The secret is in the answer, this once and never again. */
  async addSecret(call: AccountCall, id: string): Promise<View> {
    const added = await this.registrations.addSecret(call, await this.find(call, id));
    if (!added) throw notFound();
    return clientSecretView(added);
  }

  async deleteSecret(call: AccountCall, id: string, secretId: string): Promise<void> {
    const known = await this.find(call, id);
    const isOwn = known.client?.secrets.some((secret) => secret.id === secretId) ?? false;
    if (!isOwn || !(await this.registrations.deleteSecret(call, known, secretId))) throw notFound();
  }

  async testRedirect(call: AccountCall, id: string, given: string): Promise<View> {
    return redirectTestOf(await this.find(call, id), given);
  }

  async snippets(call: AccountCall, id: string): Promise<View> {
    return snippetListOf(snippetsOf(call.tenant, await this.find(call, id)));
  }

  async snippet(call: AccountCall, id: string, library: string): Promise<View> {
    return snippetOf(snippetsOf(call.tenant, await this.find(call, id)), library);
  }

  async invite(call: AccountCall, id: string, { user, transfer = false }: InviteOwnerDto): Promise<View> {
    const { registration } = await this.find(call, id);
    return { id: await this.ownership.invite(call, registration, { invited: user, isTransfer: transfer }) };
  }

  async withdrawInvitation(call: AccountCall, id: string, invitationId: string): Promise<void> {
    const { registration } = await this.find(call, id);
    const isOne = isId(invitationId) && (await this.ownership.withdrawInvitation(call, registration, invitationId));
    if (!isOne) throw notFound();
  }

  async removeOwner(call: AccountCall, id: string, userId: string): Promise<void> {
    const { registration } = await this.find(call, id);
    if (!isId(userId) || !(await this.ownership.leave(call, registration, userId))) throw notFound();
  }

  async invitations(call: AccountCall): Promise<View> {
    return { data: (await this.ownership.invitationsFor(call)).map(ownerInvitationView) };
  }

  async accept(call: AccountCall, invitationId: string): Promise<Versioned> {
    const id = isId(invitationId) ? await this.ownership.accept(call, invitationId) : undefined;
    if (id === undefined) throw notFound();
    return this.get(call, id);
  }

  async decline(call: AccountCall, invitationId: string): Promise<void> {
    if (!isId(invitationId) || !(await this.ownership.decline(call, invitationId))) throw notFound();
  }

  /** What is not theirs is not there. */
  private async find(call: AccountCall, id: string): Promise<KnownRegistration> {
    // Who is no developer is told so, whatever the id is.
    const known = await this.registrations.find(call, id);
    if (!known) throw notFound();
    return known;
  }

  private async show({ tenant }: AccountCall, known: KnownRegistration): Promise<Versioned> {
    const { id } = known.registration;
    const owners = await this.ownership.list(tenant.id, id);
    const invitations = await this.ownership.invitations(tenant.id, id);
    const body = {
      ...registrationView(known, { owners, changes: changesOf(known) }),
      owner_invitations: invitations.map(ownerInvitationView),
    };
    return { version: versionOf(known), body };
  }
}
