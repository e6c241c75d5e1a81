import { Injectable } from '@nestjs/common';
import { ClientDirectory } from '../clients/client-directory.js';
import { displayNameOf } from '../clients/client.js';
import { ConsentService } from '../consent/consent.service.js';
import type { TenantId } from '../database/tenant-id.js';
import type { Tenant } from '../tenants/tenant.js';
import { ApplicationUsesRepository } from './application-uses.repository.js';

/** The most consents that are looked at. */
const MAX_CONSENTS = 200;

/** A client with what its user allowed it. */
export interface AllowedApplication {
  readonly clientId: string;
  readonly name: string;
  readonly allowedAt: Date;
  readonly lastUsedAt: Date | undefined;
  /** By protected resource; the empty one is OpenID Connect itself. */
  readonly access: readonly { readonly resource: string; readonly scopes: readonly string[] }[];
}

/** Which applications a person has allowed what. */
@Injectable()
export class AllowedApplications {
  constructor(
    private readonly consents: ConsentService,
    private readonly uses: ApplicationUsesRepository,
    private readonly clients: ClientDirectory,
  ) {}

  async count(tenantId: TenantId, userId: string): Promise<number> {
    const consents = await this.consents.list(tenantId, { userId, limit: MAX_CONSENTS });
    return new Set(consents.map(({ client_id }) => client_id)).size;
  }

  async list({ id: tenantId, policy }: Tenant, userId: string): Promise<AllowedApplication[]> {
    const [consents, uses] = await Promise.all([
      this.consents.list(tenantId, { userId, limit: MAX_CONSENTS }),
      this.uses.list(tenantId, userId, policy.refreshTokenIdleLifetimeSeconds),
    ]);
    const clientIds = [...new Set(consents.map(({ client_id }) => client_id))];
    return Promise.all(
      clientIds.map(async (clientId) => {
        const ofClient = consents.filter(({ client_id }) => client_id === clientId);
        const client = await this.clients.find(tenantId, clientId);
        return {
          clientId,
          name: client ? displayNameOf(client) : clientId,
          allowedAt: new Date(Math.min(...ofClient.map(({ created_at }) => created_at.getTime()))),
          lastUsedAt: uses.get(clientId),
          access: ofClient
            .filter(({ scopes, declined }) => scopes.length > 0 || declined.length === 0)
            .map(({ resource, scopes }) => ({ resource, scopes })),
        };
      }),
    );
  }
}
