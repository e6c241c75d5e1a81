import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { ClientsService } from '../clients/clients.service.js';
import { ChangeFeed } from '../database/change-feed.js';
import { Database } from '../database/database.js';
import type { Listed } from '../database/read-list.js';
import type { TenantId } from '../database/tenant-id.js';
import type { ApiPage } from './api-list.js';
import { type Companion, unitOfWork } from '../database/unit-of-work.js';
import { type Scope, without } from '../oauth/scope.js';
import { MAX_APIS } from './api-directory.js';
import type { ApiEntity } from './api.entity.js';
import { type ApiData, ApisRepository } from './apis.repository.js';
import { isSameResource } from './resource-identifier.js';

/** Thrown when a tenant has as many APIs as it can. */
export class TooManyApisError extends Error {}

/** Thrown when an API is registered whose identifier another one has in another spelling. */
export class SameResourceError extends Error {
  constructor(readonly identifier: string) {
    super(`It names the same resource as ${identifier}.`);
  }
}

/** Registration and change of protected resources. */
@Injectable()
export class ApisService {
  constructor(
    private readonly database: Database,
    private readonly repository: ApisRepository,
    private readonly clients: ClientsService,
    private readonly changes: ChangeFeed,
  ) {}

  find(tenantId: TenantId, id: string): Promise<ApiEntity | undefined> {
    return this.repository.find(tenantId, id);
  }

  list(tenantId: TenantId, page: { after?: string | undefined; limit: number }): Promise<ApiEntity[]> {
    return this.repository.list(tenantId, page);
  }

  page(tenantId: TenantId, page: ApiPage): Promise<Listed<ApiEntity>> {
    return this.repository.page(tenantId, page);
  }

  /** @throws a unique violation when the identifier is taken, SameResourceError, or TooManyApisError */
  async create(tenantId: TenantId, data: ApiData, companion?: Companion<ApiEntity>): Promise<ApiEntity | undefined> {
    const id = uuidv7();
    const clients: string[] = [];
    const created = await unitOfWork(this.database, tenantId, companion, async (manager, transaction) => {
      await this.repository.lock(tenantId, manager);
      if ((await this.repository.count(tenantId, manager)) >= MAX_APIS) throw new TooManyApisError();
      const others = await this.repository.identifiers(tenantId, manager);
      const same = others.find((other) => other !== data.identifier && isSameResource(other, data.identifier));
      if (same !== undefined) throw new SameResourceError(same);
      await this.repository.create(tenantId, id, data, manager);
      // Nobody has been given anything at an API that is new, whatever older versions may have left.
      clients.push(...(await this.clients.removePermissions(tenantId, { identifier: data.identifier }, transaction)));
      return this.repository.find(tenantId, id, manager);
    });
    this.announce(tenantId, data.identifier, clients);
    return created;
  }

  /** @returns undefined when the version is stale */
  async update(
    tenantId: TenantId,
    api: ApiEntity,
    data: Partial<ApiData>,
    companion?: Companion<ApiEntity>,
  ): Promise<ApiEntity | undefined> {
    const clients: string[] = [];
    const lost = { identifier: api.identifier, scopes: namesLost(api, data) };
    const updated = await unitOfWork(this.database, tenantId, companion, async (manager, transaction) => {
      if (!(await this.repository.update(tenantId, api.id, { version: api.version, data }, manager))) return undefined;
      if (lost.scopes.length > 0) clients.push(...(await this.clients.removePermissions(tenantId, lost, transaction)));
      return this.repository.find(tenantId, api.id, manager);
    });
    this.announce(tenantId, api.identifier, clients);
    return updated;
  }

  async delete(tenantId: TenantId, api: ApiEntity, companion?: Companion<true>): Promise<true | undefined> {
    const clients: string[] = [];
    const deleted = await unitOfWork(this.database, tenantId, companion, async (manager, transaction) => {
      if (!(await this.repository.delete(tenantId, api.id, manager))) return undefined;
      clients.push(...(await this.clients.removePermissions(tenantId, { identifier: api.identifier }, transaction)));
      return true;
    });
    this.announce(tenantId, api.identifier, clients);
    return deleted;
  }

  private announce(tenantId: TenantId, identifier: string, clients: readonly string[] = []): void {
    this.changes.announce({ table: 'apis', tenantId, key: identifier });
    for (const key of clients) this.changes.announce({ table: 'clients', tenantId, key });
  }
}

/**
 * The scopes that the change removes from the API. They are removed from its clients too, because a later scope of the
 * same name is another one.
 */
function namesLost(api: ApiEntity, { scopes }: Partial<ApiData>): Scope {
  if (!scopes) return [];
  return without(
    api.scopes.map(({ name }) => name),
    scopes.map(({ name }) => name),
  );
}
