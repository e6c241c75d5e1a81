import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import type { NewClientSecret } from '../../clients/clients.service.js';
import { OwnRegistrations } from '../../developers/own-registrations.js';
import { valuesInUse } from '../../developers/shown-registration.js';
import { TenantNotFoundError } from '../../tenants/tenant-not-found.error.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { PageRequest } from '../browser/current-browser.js';
import type { ClientRefusal } from '../developer-content.js';
import { redirect } from '../outcome-responder.js';
import { PageResponder, pathOf } from '../page-responder.js';
import { type ClientVisit, DeveloperPages, REFUSED, clientAddress, refusalOf } from './developer-pages.js';
import { usesSecrets } from './shown-members.js';

/** As many as work at the same time. */
const MOST_SECRETS = 2;

/** The secrets of a client. Each is shown once, to the developer who made it. */
@Injectable()
export class ClientSecretsFlow {
  constructor(
    private readonly developerPages: DeveloperPages,
    private readonly pages: PageResponder,
    private readonly registrations: OwnRegistrations,
  ) {}

  async show(request: PageRequest, response: Response, tenant: Tenant, id: string): Promise<void> {
    const visit = await this.enter(request, response, tenant, id);
    if (visit) this.send(visit, {});
  }

  async add(request: PageRequest, response: Response, tenant: Tenant, id: string): Promise<void> {
    const visit = await this.enter(request, response, tenant, id);
    if (!visit) return;
    let made: NewClientSecret | undefined;
    const refusal = await refusalOf(async () => {
      made = await this.registrations.addSecret(visit.developer, visit.known);
    });
    await this.sendAnew(visit, { ...(made && { made }), ...(refusal && { refusal }) });
  }

  async end(
    request: PageRequest,
    response: Response,
    tenant: Tenant,
    id: string,
    secretId: string | undefined,
  ): Promise<void> {
    const visit = await this.enter(request, response, tenant, id);
    if (!visit) return;
    const { developer, known } = visit;
    const own = known.client?.secrets.find((secret) => secret.id === secretId);
    const refusal = own && (await refusalOf(() => this.registrations.deleteSecret(developer, known, own.id)));
    if (refusal) return this.sendAnew(visit, { refusal });
    // Said also when it had ended before: the form may have been sent twice.
    redirect(response, pathOf(tenant, `${clientAddress(visit.id, 'secrets')}?secret_ended`));
  }

  /** Whoever makes a secret can act as the client, so the person has signed in lately. */
  private async enter(request: PageRequest, response: Response, tenant: Tenant, id: string) {
    const how = { page: 'secrets', isFresh: true } as const;
    const visit = await this.developerPages.enterClient(request, response, tenant, id, how);
    if (visit && (!visit.known.client || !usesSecrets(valuesInUse(visit.known)))) throw new TenantNotFoundError();
    return visit;
  }

  private async sendAnew(
    visit: ClientVisit,
    told: { readonly made?: NewClientSecret; readonly refusal?: ClientRefusal },
  ): Promise<void> {
    const known = await this.registrations.find(visit.developer, visit.id);
    if (!known) throw new TenantNotFoundError();
    this.send({ ...visit, known }, told);
  }

  private send(
    visit: ClientVisit,
    { made, refusal }: { readonly made?: NewClientSecret; readonly refusal?: ClientRefusal },
  ): void {
    const secrets = visit.known.client?.secrets ?? [];
    const address = clientAddress(visit.id, 'secrets');
    this.pages.send(
      visit.response,
      {
        page: 'account-client-secrets',
        ...this.developerPages.ofClient(visit, 'secrets'),
        // In another language it could not be shown again.
        ...(made && this.developerPages.frame(visit, undefined)),
        secrets: secrets.map(({ id, createdAt }) => ({
          createdAt,
          isNew: id === made?.id,
          end: this.developerPages.form(visit, `${clientAddress(visit.id)}/end-secret`, { secret: id }),
        })),
        ...(secrets.length < MOST_SECRETS && { add: this.developerPages.form(visit, address) }),
        ...(made && { made: made.secret }),
        ...(refusal && { refusal }),
      },
      {},
      refusal ? REFUSED : 200,
    );
  }
}
