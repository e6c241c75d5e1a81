import { Injectable } from '@nestjs/common';
import { type EntityManager, MoreThan } from 'typeorm';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import { PLATFORM_LAYER_ID, type PolicyLayerData, PolicyLayerEntity } from './policy-layer.entity.js';

/** How many tenants are counted at most. */
export const COUNTED_TENANTS = 1000;

const countTenants = statement(
  'tenants.count_of_policy_template',
  `SELECT count(*)::int AS tenants
     FROM (SELECT FROM tenants WHERE policy_template_id = $1 LIMIT ${COUNTED_TENANTS}) AS counted`,
);

/** The operator's policies. Their table is the platform's own, so no method names a tenant. */
@Injectable()
export class PolicyLayersRepository {
  constructor(private readonly database: Database) {}

  async getPlatform(manager: EntityManager = this.database.platform): Promise<PolicyLayerEntity> {
    return manager.findOneByOrFail(PolicyLayerEntity, { id: PLATFORM_LAYER_ID });
  }

  async findTemplate(
    name: string,
    manager: EntityManager = this.database.platform,
  ): Promise<PolicyLayerEntity | undefined> {
    return (await manager.findOneBy(PolicyLayerEntity, { name })) ?? undefined;
  }

  /** In order of their names, after the given one. */
  async listTemplates(
    page: { readonly after?: string | undefined; readonly limit: number },
    manager: EntityManager = this.database.platform,
  ): Promise<PolicyLayerEntity[]> {
    return manager.find(PolicyLayerEntity, {
      where: { name: MoreThan(page.after ?? '') },
      order: { name: 'ASC' },
      take: page.limit,
    });
  }

  /** How many tenants are of this template, up to `COUNTED_TENANTS`. */
  async countTenants(id: string): Promise<number> {
    const [row] = await this.database.platformQuery<{ tenants: number }>(countTenants, [id]);
    return row?.tenants ?? 0;
  }

  async create(manager: EntityManager, layer: PolicyLayerData & { readonly id: string; readonly name: string }) {
    await manager.insert(PolicyLayerEntity, { ...layer, version: 1, signingBefore: null });
  }

  /** @returns false when it is gone or its version is not the given one */
  async update(
    manager: EntityManager,
    { id, version }: Pick<PolicyLayerEntity, 'id' | 'version'>,
    changes: Partial<PolicyLayerData & Pick<PolicyLayerEntity, 'signingBefore'>>,
  ): Promise<boolean> {
    const { affected } = await manager.update(PolicyLayerEntity, { id, version }, { ...changes, version: version + 1 });
    return affected === 1;
  }

  /** @throws a foreign key violation when a tenant is of this template */
  async delete(manager: EntityManager, id: string): Promise<boolean> {
    const { affected } = await manager.delete(PolicyLayerEntity, { id });
    return affected === 1;
  }
}
