import { Injectable } from '@nestjs/common';
import { type Change, ChangeFeed, type ChangeListener } from '../database/change-feed.js';
import { LookupCache } from '../database/lookup-cache.js';
import { type TenantId, toTenantId } from '../database/tenant-id.js';
import { CLIENT_ID, type Client } from './client.js';
import { ClientsRepository, type StoredClient } from './clients.repository.js';

const TENANT_ID_LENGTH = 36;

/** Registered clients as the protocol sees them, from a bounded cache that hears of changes. */
@Injectable()
export class ClientDirectory implements ChangeListener {
  private readonly clients = new LookupCache<Client>({
    maxEntries: 16_384,
    lifetimeSeconds: 300,
    load: (key) => this.load(toTenantId(key.slice(0, TENANT_ID_LENGTH)), key.slice(TENANT_ID_LENGTH)),
  });

  constructor(
    private readonly repository: ClientsRepository,
    changes: ChangeFeed,
  ) {
    changes.subscribe(this);
  }

  /** Disabled clients are found too; whoever lets a client do something asks `enabled`. */
  find(tenantId: TenantId, clientId: string): Client | undefined | Promise<Client | undefined> {
    // What nobody can have registered is worth neither a place in the cache nor a question to the database.
    if (!CLIENT_ID.test(clientId)) return undefined;
    return this.clients.find(tenantId + clientId);
  }

  changed({ table, tenantId, key }: Change): void {
    if (table === 'clients' || table === 'client_secrets') this.clients.invalidate(tenantId + key);
  }

  missed(): void {
    this.clients.clear();
  }

  private async load(tenantId: TenantId, clientId: string): Promise<Client | undefined> {
    const stored = await this.repository.find(tenantId, clientId);
    return stored && toClient(stored);
  }
}

export function toClient({ entity, secrets }: StoredClient): Client {
  return {
    clientId: entity.clientId,
    registrationId: entity.registrationId,
    registeredAt: entity.createdAt.getTime(),
    clientName: entity.clientName ?? undefined,
    applicationType: entity.applicationType,
    tokenEndpointAuthMethod: entity.tokenEndpointAuthMethod,
    grantTypes: entity.grantTypes,
    responseTypes: entity.responseTypes,
    redirectUris: entity.redirectUris,
    postLogoutRedirectUris: entity.postLogoutRedirectUris,
    permissions: entity.permissions,
    jwks: entity.jwks ?? undefined,
    idTokenSignedResponseAlg: entity.idTokenSignedResponseAlg ?? undefined,
    metadata: entity.metadata,
    firstParty: entity.firstParty,
    requirePkce: entity.requirePkce ?? undefined,
    refreshTokenRotation: entity.refreshTokenRotation ?? undefined,
    strictAssertionAudience: entity.strictAssertionAudience ?? undefined,
    enabled: entity.enabled,
    secrets: secrets.map(({ digest, expiresAt }) => ({
      digest: digest.toString('base64'),
      expiresAt: expiresAt?.getTime() ?? Infinity,
    })),
  };
}
