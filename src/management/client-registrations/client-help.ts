import { Injectable } from '@nestjs/common';
import { MANAGEMENT_API } from '../../clients/permissions.js';
import { proposalOf } from '../../developers/client-proposal.js';
import { type WrittenSnippet, snippetsFor } from '../../developers/snippets/snippets.js';
import { testRedirectUri } from '../../oauth/redirect-uri-difference.js';
import { ApiDirectory } from '../../resources/api-directory.js';
import type { Tenant } from '../../tenants/tenant.js';
import { ClientManagement } from '../clients/client-management.js';
import { notFound } from '../kit/problem.js';
import type { View } from '../kit/view.js';
import { listedSnippetView, redirectTestView, snippetView } from './client-registration.view.js';

/** What developers have for their own clients, for every client of a tenant. */
@Injectable()
export class ClientHelp {
  constructor(
    private readonly clients: ClientManagement,
    private readonly apis: ApiDirectory,
  ) {}

  async testRedirect(tenant: Tenant, clientId: string, given: string): Promise<View> {
    const { entity } = await this.clients.get(tenant, clientId);
    return redirectTestView(testRedirectUri(entity.redirectUris, given, entity.applicationType));
  }

  /** Those that work with the client, without their code. */
  async list(tenant: Tenant, clientId: string): Promise<View> {
    return { data: (await this.snippetsOf(tenant, clientId)).map(listedSnippetView) };
  }

  /** @throws Problem 404 for a library that there is no snippet for */
  async get(tenant: Tenant, clientId: string, library: string): Promise<View> {
    const found = (await this.snippetsOf(tenant, clientId)).find((snippet) => snippet.library === library);
    if (!found) throw notFound();
    return snippetView(found);
  }

  private async snippetsOf(tenant: Tenant, clientId: string): Promise<readonly WrittenSnippet[]> {
    const { entity } = await this.clients.get(tenant, clientId);
    const { permissions, ...proposal } = proposalOf(entity);
    const { managementIdentifier } = this.apis;
    const named = permissions?.map(({ api, scopes }) => ({
      api: api === MANAGEMENT_API ? managementIdentifier : api,
      scopes,
    }));
    return snippetsFor(tenant.issuer, { ...proposal, permissions: named ?? null, clientId });
  }
}
