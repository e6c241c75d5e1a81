import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config/config.js';
import { estimateBytes } from '../database/memory-size.js';
import type { TenantCache } from '../database/tenant-cache.js';
import { TenantCaches } from '../database/tenant-caches.js';
import { type TenantId, toTenantId } from '../database/tenant-id.js';
import type { Api } from './api.js';
import type { ApiEntity } from './api.entity.js';
import { ApisRepository } from './apis.repository.js';
import { managementApi } from './management-api.js';
import { isSameResource } from './resource-identifier.js';

/** How many a tenant may register; they are kept together in memory. */
export const MAX_APIS = 100;

/** Every protected resource of one tenant, by identifier. */
export type Apis = ReadonlyMap<string, Api>;

/** The tenants' protected resources, from a cache that is invalidated when one changes. */
@Injectable()
export class ApiDirectory {
  private readonly management: Api;
  private readonly apis: TenantCache<Apis>;

  constructor(
    private readonly repository: ApisRepository,
    @Inject(CONFIG) config: Config,
    caches: TenantCaches,
  ) {
    this.management = managementApi(config.publicUrl);
    const shared = new Set([this.management]);
    this.apis = caches.create<Apis>({
      name: 'apis',
      lifetimeSeconds: 300,
      load: (tenantId) => this.load(toTenantId(tenantId)),
      sizeOf: (apis) => estimateBytes(apis, shared),
      keysOf: ({ table, tenantId }) => (table === 'apis' ? [tenantId] : []),
    });
  }

  async list(tenantId: TenantId): Promise<Apis> {
    return (await this.apis.find(tenantId)) ?? new Map();
  }

  /** Begins to read a tenant's APIs, where they are not cached. */
  expect(tenantId: TenantId): void {
    this.list(tenantId).catch(() => undefined); // whoever needs them hears of it
  }

  /** Reads from the database for a decision that is stored, because the cache may be out of date. */
  read(tenantId: TenantId): Promise<Apis> {
    return this.load(tenantId);
  }

  /** The identifier of the platform's own API, the audience of management tokens. */
  get managementIdentifier(): string {
    return this.management.identifier;
  }

  private async load(tenantId: TenantId): Promise<Apis> {
    const { management } = this;
    const registered = (await this.repository.list(tenantId, { limit: MAX_APIS })).map(toApi);
    // PUBLIC_URL may have moved to where a tenant had registered an API; the management API is ours alone.
    const others = registered.filter(({ identifier }) => identifier !== management.identifier);
    return new Map([management, ...others].map((api) => [api.identifier, api]));
  }
}

/** The API that is meant by an identifier, in whatever spelling. */
export function findApi(apis: Apis, identifier: string): Api | undefined {
  return apis.get(identifier) ?? [...apis.values()].find((api) => isSameResource(api.identifier, identifier));
}

function toApi(entity: ApiEntity): Api {
  return {
    id: entity.id,
    identifier: entity.identifier,
    displayName: entity.displayName,
    scopes: entity.scopes,
    accessTokenFormat: entity.accessTokenFormat,
    accessTokenTyp: entity.accessTokenTyp,
    accessTokenLifetimeSeconds: entity.accessTokenLifetimeSeconds ?? undefined,
    introspectionClientIds: entity.introspectionClientIds,
    rolesInTokens: entity.rolesInTokens,
    isManagement: false,
    createdAt: entity.createdAt.getTime() / 1000,
  };
}
