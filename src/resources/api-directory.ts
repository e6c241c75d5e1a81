import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config/config.js';
import { type Change, ChangeFeed, type ChangeListener } from '../database/change-feed.js';
import { LookupCache } from '../database/lookup-cache.js';
import { type TenantId, toTenantId } from '../database/tenant-id.js';
import type { Api } from './api.js';
import type { ApiEntity } from './api.entity.js';
import { ApisRepository } from './apis.repository.js';
import { managementApi } from './management-api.js';

/** How many a tenant may register; they are kept together in memory. */
export const MAX_APIS = 100;

/** Every protected resource of one tenant, by identifier. */
export type Apis = ReadonlyMap<string, Api>;

/** The tenants' protected resources, from a bounded cache that hears of changes. */
@Injectable()
export class ApiDirectory implements ChangeListener {
  private readonly management: Api;
  private readonly apis = new LookupCache<Apis>({
    maxEntries: 16_384,
    lifetimeSeconds: 300,
    load: (tenantId) => this.load(toTenantId(tenantId)),
  });

  constructor(
    private readonly repository: ApisRepository,
    @Inject(CONFIG) config: Config,
    changes: ChangeFeed,
  ) {
    this.management = managementApi(config.publicUrl);
    changes.subscribe(this);
  }

  async list(tenantId: TenantId): Promise<Apis> {
    return (await this.apis.find(tenantId)) ?? new Map();
  }

  /** The same from the database, for a decision that is stored: the cache may be a moment behind. */
  read(tenantId: TenantId): Promise<Apis> {
    return this.load(tenantId);
  }

  /** The identifier of the platform's own API, the audience of management tokens. */
  get managementIdentifier(): string {
    return this.management.identifier;
  }

  changed({ table, tenantId }: Change): void {
    if (table === 'apis') this.apis.invalidate(tenantId);
  }

  missed(): void {
    this.apis.clear();
  }

  private async load(tenantId: TenantId): Promise<Apis> {
    const registered = (await this.repository.list(tenantId, { limit: MAX_APIS })).map(toApi);
    return new Map([this.management, ...registered].map((api) => [api.identifier, api]));
  }
}

export function toApi(entity: ApiEntity): Api {
  return {
    identifier: entity.identifier,
    displayName: entity.displayName,
    scopes: entity.scopes,
    accessTokenFormat: entity.accessTokenFormat,
    accessTokenLifetimeSeconds: entity.accessTokenLifetimeSeconds ?? undefined,
    introspectionClientIds: entity.introspectionClientIds,
    isManagement: false,
    createdAt: entity.createdAt.getTime() / 1000,
  };
}
