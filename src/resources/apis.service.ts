import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { ChangeFeed } from '../database/change-feed.js';
import { Database } from '../database/database.js';
import type { TenantId } from '../database/tenant-id.js';
import { type Companion, unitOfWork } from '../database/unit-of-work.js';
import { MAX_APIS } from './api-directory.js';
import type { ApiEntity } from './api.entity.js';
import { type ApiData, ApisRepository } from './apis.repository.js';

/** Thrown when a tenant has as many APIs as it can. */
export class TooManyApisError extends Error {}

/** Registration and change of protected resources. */
@Injectable()
export class ApisService {
  constructor(
    private readonly database: Database,
    private readonly repository: ApisRepository,
    private readonly changes: ChangeFeed,
  ) {}

  find(tenantId: TenantId, id: string): Promise<ApiEntity | undefined> {
    return this.repository.find(tenantId, id);
  }

  list(tenantId: TenantId, page: { after?: string | undefined; limit: number }): Promise<ApiEntity[]> {
    return this.repository.list(tenantId, page);
  }

  /** @throws a unique violation when the identifier is taken, or TooManyApisError */
  async create(tenantId: TenantId, data: ApiData, companion?: Companion<ApiEntity>): Promise<ApiEntity | undefined> {
    const id = uuidv7();
    const created = await unitOfWork(this.database, tenantId, companion, async (manager) => {
      if ((await this.repository.count(tenantId, manager)) >= MAX_APIS) throw new TooManyApisError();
      await this.repository.create(tenantId, id, data, manager);
      return this.repository.find(tenantId, id, manager);
    });
    this.announce(tenantId, data.identifier);
    return created;
  }

  /** @returns undefined when the version is stale */
  async update(
    tenantId: TenantId,
    api: ApiEntity,
    data: Partial<ApiData>,
    companion?: Companion<ApiEntity>,
  ): Promise<ApiEntity | undefined> {
    const updated = await unitOfWork(this.database, tenantId, companion, async (manager) => {
      if (!(await this.repository.update(tenantId, api.id, { version: api.version, data }, manager))) return undefined;
      return this.repository.find(tenantId, api.id, manager);
    });
    this.announce(tenantId, api.identifier);
    return updated;
  }

  async delete(tenantId: TenantId, api: ApiEntity, companion?: Companion<true>): Promise<true | undefined> {
    const deleted = await unitOfWork(this.database, tenantId, companion, async (manager) =>
      (await this.repository.delete(tenantId, api.id, manager)) ? true : undefined,
    );
    this.announce(tenantId, api.identifier);
    return deleted;
  }

  private announce(tenantId: TenantId, key: string): void {
    this.changes.announce({ table: 'apis', tenantId, key });
  }
}
