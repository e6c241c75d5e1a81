import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { ClientMetadataError } from '../../clients/client-metadata.js';
import type { ClientProposal } from '../../developers/client-proposal.js';
import { type KnownRegistration, versionOf } from '../../developers/client-registration.js';
import { OwnRegistrations } from '../../developers/own-registrations.js';
import { valuesInUse } from '../../developers/shown-registration.js';
import { kindOf } from '../../developers/snippets/snippets.js';
import type { OAuthParameters } from '../../oauth/parameters.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { PageRequest } from '../browser/current-browser.js';
import type { AccountClientFormPage, ClientRefusal } from '../developer-content.js';
import { TEXT_FIELDS } from '../developer-content.js';
import { redirect } from '../outcome-responder.js';
import { PageResponder, pathOf } from '../page-responder.js';
import {
  type EnteredClient,
  emptyClient,
  enteredFrom,
  faultOf,
  proposalFrom,
  readClient,
  scopeField,
  scopesToChoose,
  typesOf,
} from './client-form.js';
import {
  CLIENTS,
  type ClientVisit,
  DeveloperPages,
  REFUSED,
  type Visit,
  clientAddress,
  nameOf,
  refusalOf,
} from './developer-pages.js';

const NEW = `${CLIENTS}/new` as const;

/** What is wrong with what was entered. */
interface Wrong {
  readonly faults?: boolean;
  readonly refusal?: ClientRefusal;
  readonly broken?: ClientMetadataError;
}

/** A developer drafts a client, or changes one. */
@Injectable()
export class ClientFormFlow {
  constructor(
    private readonly developerPages: DeveloperPages,
    private readonly pages: PageResponder,
    private readonly registrations: OwnRegistrations,
  ) {}

  async showNew(request: PageRequest, response: Response, tenant: Tenant): Promise<void> {
    const visit = await this.developerPages.enter(request, response, tenant, { address: NEW });
    if (visit) this.send(visit, emptyClient(tenant.policy));
  }

  async create(request: PageRequest, response: Response, tenant: Tenant, params: OAuthParameters): Promise<void> {
    const visit = await this.developerPages.enter(request, response, tenant, { address: NEW });
    if (!visit) return;
    const types = typesOf(tenant.policy);
    const entered = readClient(params, scopesToChoose(tenant.policy, []), types);
    if (hasFaults(entered)) return this.send(visit, entered, { faults: true });
    const made = await this.attempt(visit, entered, () =>
      this.registrations.create(visit.developer, proposalFrom(entered, undefined)),
    );
    if (made) redirect(response, pathOf(tenant, `${clientAddress(made.registration.id)}?client_saved`));
  }

  async show(request: PageRequest, response: Response, tenant: Tenant, id: string): Promise<void> {
    const visit = await this.developerPages.enterClient(request, response, tenant, id, { page: 'edit' });
    if (!visit) return;
    const { entered, proposal } = currently(visit.known);
    // Led here because it cannot be handed in as it is: the same check says why.
    const check = request.query['check'] !== undefined;
    const broken = check ? await this.findBroken(visit, proposal) : undefined;
    this.send(visit, entered, broken && { broken });
  }

  async change(request: PageRequest, response: Response, tenant: Tenant, id: string, params: OAuthParameters) {
    const visit = await this.developerPages.enterClient(request, response, tenant, id, { page: 'edit' });
    if (!visit) return;
    const { known } = visit;
    const { entered: before, proposal } = currently(known);
    const offered = scopesToChoose(tenant.policy, before.scopes);
    const entered = readClient(params, offered, [before.type]);
    if (hasFaults(entered)) return this.send(visit, entered, { faults: true });
    // Nobody overwrites what they have not seen.
    if (params.find('version') !== String(versionOf(known))) return this.send(visit, before, { refusal: 'stale' });
    const body = proposalFrom(entered, proposal.grant_types ?? ['authorization_code']);
    const changed = await this.attempt(visit, entered, () => this.registrations.edit(visit.developer, known, body));
    if (!changed) return;
    const { state } = changed.registration;
    const notice = state === 'pending' ? 'client_submitted' : 'client_saved';
    redirect(response, pathOf(tenant, `${clientAddress(visit.id)}?${notice}`));
  }

  /** @returns what was made; undefined: the form was sent again, with what is wrong */
  private async attempt(
    visit: Visit | ClientVisit,
    entered: EnteredClient,
    work: () => Promise<KnownRegistration>,
  ): Promise<KnownRegistration | undefined> {
    let done: KnownRegistration | undefined;
    try {
      const refusal = await refusalOf(async () => {
        done = await work();
      });
      if (refusal) this.send(visit, entered, { refusal });
    } catch (error) {
      if (!(error instanceof ClientMetadataError)) throw error;
      this.send(visit, entered, { broken: error });
    }
    return done;
  }

  private async findBroken(visit: ClientVisit, proposal: ClientProposal): Promise<ClientMetadataError | undefined> {
    try {
      await this.registrations.check(visit.developer, visit.known, proposal);
      return undefined;
    } catch (error) {
      if (error instanceof ClientMetadataError) return error;
      throw error;
    }
  }

  private send(visit: Visit | ClientVisit, entered: EnteredClient, wrong: Wrong = {}): void {
    const { tenant } = visit;
    const { policy } = tenant;
    const known = 'known' in visit ? visit.known : undefined;
    const address = 'id' in visit ? clientAddress(visit.id, 'edit') : NEW;
    const hidden: Record<string, string> = known ? { version: String(versionOf(known)) } : {};
    const mayRefresh = policy.developerGrantTypes.includes('refresh_token') || entered.refreshTokens;
    const view: AccountClientFormPage = {
      page: 'account-client-form',
      ...this.developerPages.frame(visit, address),
      ...this.developerPages.form(visit, address, hidden),
      ...(known && { name: nameOf(known) }),
      isLive: known?.client !== undefined,
      needsApproval: policy.developerRegistration === 'with_approval',
      backPath: pathOf(tenant, 'id' in visit ? clientAddress(visit.id) : CLIENTS),
      types: known ? [] : typesOf(policy).map((type) => ({ type, isChosen: type === entered.type })),
      fields: fieldsOf(entered, known !== undefined, wrong),
      hosts: policy.developerRedirectHosts,
      scopes: scopesToChoose(policy, entered.scopes).map((text) => ({
        text,
        field: scopeField(text),
        isTicked: entered.scopes.includes(text),
      })),
      ...(mayRefresh && (!known || entered.type !== 'machine') && { refreshTokens: entered.refreshTokens }),
      ...(wrong.refusal && { refusal: wrong.refusal }),
      ...(wrong.broken && { broken: { member: wrong.broken.member, fault: wrong.broken.reason } }),
    };
    const status = wrong.refusal ? REFUSED : wrong.faults || wrong.broken ? 400 : 200;
    this.pages.send(visit.response, view, {}, status);
  }
}

/** The form with what the client is, or with what is proposed. */
function currently(known: KnownRegistration): { readonly entered: EnteredClient; readonly proposal: ClientProposal } {
  const proposal = known.registration.proposal ?? valuesInUse(known);
  return { entered: enteredFrom(proposal, kindOf(proposal) ?? proposal.application_type ?? 'web'), proposal };
}

function hasFaults({ texts }: EnteredClient): boolean {
  return TEXT_FIELDS.some((name) => faultOf(name, texts[name]) !== undefined);
}

/** Of a new client what most need; a machine has no addresses that people are sent to. */
function fieldsOf(
  { type, texts }: EnteredClient,
  isKnown: boolean,
  { faults }: Wrong,
): AccountClientFormPage['fields'] {
  const names = TEXT_FIELDS.filter(
    (name) => !(isKnown && type === 'machine' && (name === 'redirect_uris' || name === 'post_logout_redirect_uris')),
  );
  return names.map((name) => {
    const fault = faults ? faultOf(name, texts[name]) : undefined;
    return { name, value: texts[name], ...(fault && { fault }) };
  });
}
