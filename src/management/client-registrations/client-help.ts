import { Injectable } from '@nestjs/common';
import { proposalOf } from '../../developers/client-proposal.js';
import { type WrittenSnippet, snippetsFor } from '../../developers/snippets/snippets.js';
import { testRedirectUri } from '../../oauth/redirect-uri-difference.js';
import { ApiDirectory } from '../../resources/api-directory.js';
import type { Tenant } from '../../tenants/tenant.js';
import { permissionsView } from '../clients/client.view.js';
import { ClientManagement } from '../clients/client-management.js';
import type { View } from '../kit/view.js';
import { redirectTestView } from './client-registration.view.js';
import { snippetListOf, snippetOf } from './snippet-answers.js';

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
    return snippetListOf(await this.snippetsOf(tenant, clientId));
  }

  /** @throws Problem 404 for a library that there is no snippet for */
  async get(tenant: Tenant, clientId: string, library: string): Promise<View> {
    return snippetOf(await this.snippetsOf(tenant, clientId), library);
  }

  private async snippetsOf(tenant: Tenant, clientId: string): Promise<readonly WrittenSnippet[]> {
    const { entity } = await this.clients.get(tenant, clientId);
    const permissions = permissionsView(entity.permissions, this.apis.managementIdentifier);
    return snippetsFor(tenant.issuer, { ...proposalOf(entity), permissions, clientId });
  }
}
