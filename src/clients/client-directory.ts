import { Inject, Injectable } from '@nestjs/common';
import { estimateBytes } from '../database/memory-size.js';
import type { TenantCache } from '../database/tenant-cache.js';
import { TenantCaches } from '../database/tenant-caches.js';
import { type TenantId, toTenantId } from '../database/tenant-id.js';
import { CLIENT_ID, type Client } from './client.js';
import { ClientsRepository, type StoredClient } from './clients.repository.js';
import { ROLE_PERMISSIONS, type RolePermissions, withRolePermissions } from './role-permissions.js';

const TENANT_ID_LENGTH = 36;

/** Registered clients as the protocol sees them, from a cache that is invalidated when a client changes. */
@Injectable()
export class ClientDirectory {
  private readonly clients: TenantCache<Client>;

  constructor(
    private readonly repository: ClientsRepository,
    @Inject(ROLE_PERMISSIONS) private readonly permissionsOfRoles: RolePermissions,
    caches: TenantCaches,
  ) {
    this.clients = caches.create<Client>({
      name: 'clients',
      lifetimeSeconds: 300,
      load: (key) => this.load(toTenantId(key.slice(0, TENANT_ID_LENGTH)), key.slice(TENANT_ID_LENGTH)),
      sizeOf: estimateBytes,
      keysOf: ({ table, tenantId, key }) => (table === 'clients' || table === 'client_secrets' ? [tenantId + key] : []),
    });
  }

  /** Finds disabled clients too. The caller has to check `enabled`. */
  find(tenantId: TenantId, clientId: string): Client | undefined | Promise<Client | undefined> {
    // No client can be registered under such an identifier. It is neither looked up nor cached, so that requests with
    // invented identifiers do not fill the cache.
    if (!CLIENT_ID.test(clientId)) return undefined;
    return this.clients.find(tenantId + clientId);
  }

  private async load(tenantId: TenantId, clientId: string): Promise<Client | undefined> {
    const stored = await this.repository.find(tenantId, clientId);
    if (!stored) return undefined;
    const { entity, tenantRolePermissions } = stored;
    return toClient(stored, this.permissionsOfRoles(entity.managementRoles, tenantRolePermissions));
  }
}

function toClient({ entity, secrets }: StoredClient, rolePermissions: readonly string[]): Client {
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
    permissions: withRolePermissions(entity.permissions, rolePermissions),
    jwks: entity.jwks ?? undefined,
    idTokenSignedResponseAlg: entity.idTokenSignedResponseAlg ?? undefined,
    slimIdToken: entity.slimIdToken,
    metadata: entity.metadata,
    firstParty: entity.firstParty,
    requirePkce: entity.requirePkce ?? undefined,
    requireSecondFactor: entity.requireSecondFactor,
    defaultAcrValues: entity.defaultAcrValues ?? [],
    defaultMaxAge: entity.defaultMaxAge ?? undefined,
    refreshTokenRotation: entity.refreshTokenRotation ?? undefined,
    strictAssertionAudience: entity.strictAssertionAudience ?? undefined,
    optionalScopes: entity.optionalScopes,
    isReviewed: entity.reviewedAt !== null,
    enabled: entity.enabled,
    secrets: secrets.map(({ digest, expiresAt }) => ({
      digest: digest.toString('base64'),
      expiresAt: expiresAt?.getTime() ?? Infinity,
    })),
  };
}
