import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { isUuid } from '../../crypto/uuid.js';
import { ClientOwnership } from '../../developers/client-ownership.js';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { isVisibleLine } from '../../oauth/visible-text.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { PageRequest } from '../browser/current-browser.js';
import type { ClientRefusal } from '../developer-content.js';
import { redirect } from '../outcome-responder.js';
import { PageResponder, pathOf } from '../page-responder.js';
import { CLIENTS, type ClientVisit, DeveloperPages, REFUSED, clientAddress, refusalOf } from './developer-pages.js';

const NAME_MAX_LENGTH = 254;

/** Who owns a client, and who was asked to. */
@Injectable()
export class ClientOwnersFlow {
  constructor(
    private readonly developerPages: DeveloperPages,
    private readonly pages: PageResponder,
    private readonly ownership: ClientOwnership,
  ) {}

  async show(request: PageRequest, response: Response, tenant: Tenant, id: string): Promise<void> {
    const visit = await this.enter(request, response, tenant, id);
    if (visit) await this.send(visit);
  }

  async ask(request: PageRequest, response: Response, tenant: Tenant, id: string, params: OAuthParameters) {
    const visit = await this.enter(request, response, tenant, id);
    if (!visit) return;
    const invited = params.find('user')?.trim() ?? '';
    if (invited === '' || invited.length > NAME_MAX_LENGTH || !isVisibleLine(invited)) {
      return this.send(visit, { refusal: 'name', entered: invited.slice(0, NAME_MAX_LENGTH) });
    }
    const isTransfer = params.find('transfer') !== undefined;
    const refusal = await refusalOf(() =>
      this.ownership.invite(visit.developer, visit.known.registration, { invited, isTransfer }),
    );
    if (refusal) return this.send(visit, { refusal, entered: invited });
    this.lead(visit, 'owner_asked');
  }

  async withdraw(request: PageRequest, response: Response, tenant: Tenant, id: string, invitation = ''): Promise<void> {
    const visit = await this.enter(request, response, tenant, id);
    if (!visit) return;
    const { developer, known } = visit;
    const refusal = isUuid(invitation)
      ? await refusalOf(() => this.ownership.withdrawInvitation(developer, known.registration, invitation))
      : undefined;
    if (refusal) return this.send(visit, { refusal });
    // Said also when it was withdrawn before: the form may have been sent twice.
    this.lead(visit, 'owner_not_asked');
  }

  /** Oneself, or another owner. */
  async remove(request: PageRequest, response: Response, tenant: Tenant, id: string, userId = ''): Promise<void> {
    const visit = await this.enter(request, response, tenant, id);
    if (!visit) return;
    const { developer, known } = visit;
    const refusal = isUuid(userId)
      ? await refusalOf(() => this.ownership.leave(developer, known.registration, userId))
      : undefined;
    if (refusal) return this.send(visit, { refusal });
    if (userId === developer.user.id) return redirect(response, pathOf(tenant, `${CLIENTS}?owner_removed`));
    this.lead(visit, 'owner_removed');
  }

  /** Owners can do everything with the client, so the person has signed in lately. */
  private enter(request: PageRequest, response: Response, tenant: Tenant, id: string) {
    return this.developerPages.enterClient(request, response, tenant, id, { page: 'owners', isFresh: true });
  }

  private lead(
    { response, tenant, id }: ClientVisit,
    notice: 'owner_asked' | 'owner_not_asked' | 'owner_removed',
  ): void {
    redirect(response, pathOf(tenant, `${clientAddress(id, 'owners')}?${notice}`));
  }

  private async send(
    visit: ClientVisit,
    { refusal, entered }: { readonly refusal?: ClientRefusal; readonly entered?: string } = {},
  ): Promise<void> {
    const { tenant, developer, id } = visit;
    const [owners, asked] = await Promise.all([
      this.ownership.list(tenant.id, id),
      this.ownership.invitations(tenant.id, id),
    ]);
    this.pages.send(
      visit.response,
      {
        page: 'account-client-owners',
        ...this.developerPages.ofClient(visit, 'owners'),
        owners: owners.map(({ userId, username, isEnabled, since }) => ({
          ...{ username, isEnabled, since, isReader: userId === developer.user.id },
          ...(owners.length > 1 && {
            remove: this.developerPages.form(visit, `${clientAddress(id)}/remove-owner`, { owner: userId }),
          }),
        })),
        asked: asked.map(({ id: invitation, invited, isTransfer, expiresAt }) => ({
          ...{ invited, isTransfer, expiresAt },
          withdraw: this.developerPages.form(visit, `${clientAddress(id)}/ask-no-longer`, { invitation }),
        })),
        ask: this.developerPages.form(visit, clientAddress(id, 'owners')),
        ...(entered !== undefined && { entered }),
        ...(refusal && { refusal }),
      },
      {},
      refusal === undefined ? 200 : refusal === 'name' ? 400 : REFUSED,
    );
  }
}
