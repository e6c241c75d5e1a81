import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { isUuid } from '../../crypto/uuid.js';
import { ClientOwnership } from '../../developers/client-ownership.js';
import type { ListedRegistration, RegistrationState } from '../../developers/client-registration.js';
import { OwnRegistrations } from '../../developers/own-registrations.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { PageRequest } from '../browser/current-browser.js';
import type { ClientRefusal } from '../developer-content.js';
import { redirect } from '../outcome-responder.js';
import { PageResponder, pathOf } from '../page-responder.js';
import { CLIENTS, DeveloperPages, REFUSED, type Visit, clientAddress, refusalOf } from './developer-pages.js';

const PAGE_SIZE = 50;

/** The clients of a person, and what others ask them. */
@Injectable()
export class OwnClientsFlow {
  constructor(
    private readonly developerPages: DeveloperPages,
    private readonly pages: PageResponder,
    private readonly registrations: OwnRegistrations,
    private readonly ownership: ClientOwnership,
  ) {}

  /** @param cursor id of the last client of the page before; anything else is the first page */
  async show(request: PageRequest, response: Response, tenant: Tenant, cursor: string | undefined): Promise<void> {
    const visit = await this.developerPages.enter(request, response, tenant, { address: CLIENTS });
    if (visit) await this.send(visit, { cursor });
  }

  async accept(request: PageRequest, response: Response, tenant: Tenant, invitationId: string): Promise<void> {
    const visit = await this.developerPages.enter(request, response, tenant, { address: CLIENTS });
    if (!visit) return;
    let accepted: string | undefined;
    const refusal = await refusalOf(async () => {
      accepted = isUuid(invitationId) ? await this.ownership.accept(visit.developer, invitationId) : undefined;
    });
    if (accepted !== undefined) return redirect(response, pathOf(tenant, `${clientAddress(accepted)}?client_accepted`));
    // Sent twice, or withdrawn meanwhile: the page shows what there is.
    await this.send(visit, { refusal: refusal ?? 'stale' });
  }

  async decline(request: PageRequest, response: Response, tenant: Tenant, invitationId: string): Promise<void> {
    const visit = await this.developerPages.enter(request, response, tenant, { address: CLIENTS });
    if (!visit) return;
    if (isUuid(invitationId)) await this.ownership.decline(visit.developer, invitationId);
    // Said also when nobody asks any more.
    redirect(response, pathOf(tenant, `${CLIENTS}?client_declined`));
  }

  private async send(
    visit: Visit,
    { cursor, refusal }: { readonly cursor?: string | undefined; readonly refusal?: ClientRefusal },
  ): Promise<void> {
    const { tenant, developer } = visit;
    const after = cursor !== undefined && isUuid(cursor) ? cursor : undefined;
    const [found, { owned }, asked] = await Promise.all([
      this.registrations.list(developer, { after, limit: PAGE_SIZE + 1 }),
      this.ownership.countsOf(tenant.id, developer.user.id),
      this.ownership.askedOf(tenant.id, developer.user),
    ]);
    const shown = found.slice(0, PAGE_SIZE);
    const last = shown.at(-1);
    const { developerMaxClients: mostClients, developerRegistration } = tenant.policy;
    this.pages.send(
      visit.response,
      {
        page: 'account-clients',
        ...this.developerPages.frame(visit, CLIENTS),
        clients: shown.map((one) => ({
          href: pathOf(tenant, clientAddress(one.id)),
          name: one.clientName ?? '',
          clientId: one.clientId,
          standing: stateOfListed(one),
        })),
        ...(found.length > PAGE_SIZE && last && { morePath: pathOf(tenant, `${CLIENTS}?after=${last.id}`) }),
        ...(owned < mostClients && { newPath: pathOf(tenant, `${CLIENTS}/new`) }),
        mostClients,
        needsApproval: developerRegistration === 'with_approval',
        asked: asked.map(({ id, clientName, invitedBy, isTransfer, expiresAt }) => ({
          ...{ name: clientName ?? '', askedBy: invitedBy, isTransfer, expiresAt },
          accept: this.developerPages.form(visit, '/account/accept-client', { invitation: id }),
          decline: this.developerPages.form(visit, '/account/decline-client', { invitation: id }),
        })),
        ...(refusal && { refusal }),
      },
      {},
      refusal ? REFUSED : 200,
    );
  }
}

function stateOfListed({ state, isEnabled }: ListedRegistration): RegistrationState {
  return state === 'approved' && isEnabled === false ? 'suspended' : state;
}
