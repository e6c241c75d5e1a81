import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { ClientMetadataError } from '../../clients/client-metadata.js';
import { ClientOwnership } from '../../developers/client-ownership.js';
import { stateOf } from '../../developers/client-registration.js';
import { OwnRegistrations } from '../../developers/own-registrations.js';
import { changesOf, valuesInUse } from '../../developers/shown-registration.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { PageRequest } from '../browser/current-browser.js';
import type { AccountClientPage, ClientRefusal } from '../developer-content.js';
import { redirect } from '../outcome-responder.js';
import { PageResponder, pathOf } from '../page-responder.js';
import {
  CLIENTS,
  type ClientPageName,
  type ClientVisit,
  DeveloperPages,
  REFUSED,
  clientAddress,
  refusalOf,
} from './developer-pages.js';
import { changesShown, membersShown, usesSecrets } from './shown-members.js';

/** One client: how it stands, handing it in, taking it back, and deleting it. */
@Injectable()
export class OwnClientFlow {
  constructor(
    private readonly developerPages: DeveloperPages,
    private readonly pages: PageResponder,
    private readonly registrations: OwnRegistrations,
    private readonly ownership: ClientOwnership,
  ) {}

  async show(request: PageRequest, response: Response, tenant: Tenant, id: string): Promise<void> {
    const visit = await this.developerPages.enterClient(request, response, tenant, id);
    if (visit) await this.send(visit);
  }

  async submit(request: PageRequest, response: Response, tenant: Tenant, id: string): Promise<void> {
    const visit = await this.developerPages.enterClient(request, response, tenant, id);
    if (!visit) return;
    const { developer, known } = visit;
    try {
      const refusal = await refusalOf(() => this.registrations.submit(developer, known));
      // Said also when it was handed in before: the form may have been sent twice.
      if (refusal === undefined || refusal === 'state') return this.lead(visit, 'client_submitted');
      await this.sendAnew(visit, refusal);
    } catch (error) {
      // The policy has changed since it was drafted. The form says what has to be changed.
      if (!(error instanceof ClientMetadataError)) throw error;
      redirect(response, pathOf(tenant, `${clientAddress(visit.id, 'edit')}?check`));
    }
  }

  async withdraw(request: PageRequest, response: Response, tenant: Tenant, id: string): Promise<void> {
    const visit = await this.developerPages.enterClient(request, response, tenant, id);
    if (!visit) return;
    const { developer, known } = visit;
    const refusal = await refusalOf(() => this.registrations.withdraw(developer, known));
    if (refusal === undefined) return this.lead(visit, 'client_withdrawn');
    // Somebody decided meanwhile, or it was taken back before.
    await this.sendAnew(visit, refusal === 'state' ? 'stale' : refusal);
  }

  async askDelete(request: PageRequest, response: Response, tenant: Tenant, id: string): Promise<void> {
    const visit = await this.enterDelete(request, response, tenant, id);
    if (!visit) return;
    this.pages.send(response, {
      page: 'account-client-delete',
      ...this.developerPages.ofClient(visit, 'delete'),
      ...this.developerPages.form(visit, clientAddress(visit.id, 'delete')),
      isLive: visit.known.client !== undefined,
    });
  }

  async delete(request: PageRequest, response: Response, tenant: Tenant, id: string): Promise<void> {
    const visit = await this.enterDelete(request, response, tenant, id);
    if (!visit) return;
    const refusal = await refusalOf(() => this.registrations.delete(visit.developer, visit.known));
    // Stale: it was deleted by the same form, sent twice, or by another owner.
    if (refusal === undefined || refusal === 'stale')
      return redirect(response, pathOf(tenant, `${CLIENTS}?client_deleted`));
    await this.sendAnew(visit, refusal);
  }

  private enterDelete(request: PageRequest, response: Response, tenant: Tenant, id: string) {
    return this.developerPages.enterClient(request, response, tenant, id, { page: 'delete', isFresh: true });
  }

  private lead({ response, tenant, id }: ClientVisit, notice: 'client_submitted' | 'client_withdrawn'): void {
    redirect(response, pathOf(tenant, `${clientAddress(id)}?${notice}`));
  }

  /** As it is now: whoever refused has seen something that this page has not. */
  private async sendAnew(visit: ClientVisit, refusal: ClientRefusal): Promise<void> {
    const known = await this.registrations.find(visit.developer, visit.id);
    if (!known) return redirect(visit.response, pathOf(visit.tenant, CLIENTS));
    await this.send({ ...visit, known }, refusal);
  }

  private async send(visit: ClientVisit, refusal?: ClientRefusal): Promise<void> {
    const { response, tenant, known, id } = visit;
    const { registration, client } = known;
    const owners = await this.ownership.list(tenant.id, id);
    const at = (page: ClientPageName) => pathOf(tenant, clientAddress(id, page));
    const values = valuesInUse(known);
    const state = stateOf(known);
    const view: AccountClientPage = {
      page: 'account-client',
      ...this.developerPages.ofClient(visit),
      standing: state,
      isLive: client !== undefined,
      needsApproval: tenant.policy.developerRegistration === 'with_approval',
      clientId: registration.clientId,
      issuer: tenant.issuer,
      ...(registration.reason !== null && { said: registration.reason }),
      members: membersShown(values),
      changes: client ? changesShown(changesOf(known)) : [],
      owners: owners.map(({ username }) => username),
      ...(registration.proposal &&
        state !== 'pending' && { submit: this.developerPages.form(visit, `${clientAddress(id)}/submit`) }),
      ...((state === 'pending' || (state === 'rejected' && client)) && {
        withdraw: this.developerPages.form(visit, `${clientAddress(id)}/withdraw`),
      }),
      allPath: pathOf(tenant, CLIENTS),
      editPath: at('edit'),
      ...(client && usesSecrets(values) && { secretsPath: at('secrets') }),
      ...((values.redirect_uris ?? []).length > 0 && { redirectsPath: at('redirects') }),
      snippetsPath: at('snippets'),
      ownersPath: at('owners'),
      deletePath: at('delete'),
      ...(refusal && { refusal }),
    };
    this.pages.send(response, view, {}, refusal ? REFUSED : 200);
  }
}
