import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../database/database.js';
import type { TenantId } from '../database/tenant-id.js';
import type { DomainCheck, ProofMethod } from './domain-check.js';
import { DomainEntity } from './domain.entity.js';

/** The domains of tenants, and which of them lead to whom. */
@Injectable()
export class DomainsRepository {
  constructor(private readonly database: Database) {}

  async find(tenantId: TenantId, domain: string, within?: EntityManager): Promise<DomainEntity | undefined> {
    const read = async (manager: EntityManager) =>
      (await manager.findOneBy(DomainEntity, { tenantId, domain })) ?? undefined;
    return within ? read(within) : this.database.entities(tenantId, read);
  }

  /** By name, after the given one. */
  async list(
    tenantId: TenantId,
    { after, limit }: { readonly after?: string | undefined; readonly limit: number },
  ): Promise<DomainEntity[]> {
    return this.database.entities(tenantId, (manager) => {
      const query = manager
        .createQueryBuilder(DomainEntity, 'd')
        .where('d.tenant_id = :tenantId', { tenantId })
        .orderBy('d.domain')
        .limit(limit);
      if (after !== undefined) query.andWhere('d.domain > :after', { after });
      return query.getMany();
    });
  }

  async count(tenantId: TenantId, manager: EntityManager): Promise<number> {
    return manager.countBy(DomainEntity, { tenantId });
  }

  /** @throws a unique violation when the tenant has it already */
  async create(
    tenantId: TenantId,
    { domain, token }: { readonly domain: string; readonly token: string },
    manager: EntityManager,
  ): Promise<void> {
    await manager.insert(DomainEntity, { tenantId, domain, token, version: 1, nextCheckAt: () => FIRST_CHECK });
  }

  async delete(tenantId: TenantId, domain: string, manager: EntityManager): Promise<boolean> {
    await manager.query('DELETE FROM verified_domains WHERE tenant = $1 AND domain = $2', [tenantId, domain]);
    return (await manager.delete(DomainEntity, { tenantId, domain })).affected === 1;
  }

  /** Two tenants that have proven it at once: one of them gets it. @returns false when another tenant has it */
  async claim(tenantId: TenantId, domain: string, manager: EntityManager): Promise<boolean> {
    await manager.query('INSERT INTO verified_domains (domain, tenant) VALUES ($2, $1) ON CONFLICT DO NOTHING', [
      tenantId,
      domain,
    ]);
    const mine = await manager.query<object[]>('SELECT FROM verified_domains WHERE tenant = $1 AND domain = $2', [
      tenantId,
      domain,
    ]);
    return mine.length === 1;
  }

  /** @param by how it was proven; undefined: it was not. @returns false when it is gone, or was verified meanwhile */
  async recordCheck(
    tenantId: TenantId,
    domain: string,
    {
      check,
      by,
      next,
    }: { readonly check: DomainCheck; readonly by?: ProofMethod | undefined; readonly next?: NextCheck },
    manager: EntityManager,
  ): Promise<boolean> {
    const [, changed] = await manager.query<[unknown, number]>(RECORD_CHECK, [
      tenantId,
      domain,
      JSON.stringify(check),
      by ?? null,
      next ? next.afterSeconds : null,
      next !== undefined,
    ]);
    return changed === 1;
  }

  /** @returns false when it is not verified, or its version is another one */
  async setPrimary(
    tenantId: TenantId,
    domain: string,
    { primary, version }: { readonly primary: boolean; readonly version: number },
    manager: EntityManager,
  ): Promise<boolean> {
    const [, set] = await manager.query<[unknown, number]>(SET_PRIMARY, [tenantId, domain, primary, version]);
    if (set !== 1) return false;
    await manager.query(UNSET_OTHERS, [tenantId, domain]);
    const now = 'UPDATE verified_domains SET is_primary = $3 WHERE tenant = $1 AND is_primary <> $3';
    await manager.query(`${now} AND (domain <> $2 OR NOT $4)`, [tenantId, domain, false, primary]);
    if (primary) await manager.query(`${now} AND domain = $2`, [tenantId, domain, true]);
    return true;
  }
}

/** When the platform looks by itself again; null: never. */
export interface NextCheck {
  readonly afterSeconds: number | null;
}

const FIRST_CHECK = "now() + interval '1 minute'";

const RECORD_CHECK = `
  UPDATE tenant_domains SET
    last_check = $3::jsonb, checked_at = now(), updated_at = now(), version = version + 1,
    verified_at = CASE WHEN $4::text IS NULL THEN NULL ELSE now() END, verified_by = $4::text,
    checks = checks + CASE WHEN $6::boolean THEN 1 ELSE 0 END,
    next_check_at = CASE WHEN $4::text IS NOT NULL THEN NULL
                         WHEN $6::boolean THEN now() + make_interval(secs => $5::float8) ELSE next_check_at END
   WHERE tenant_id = $1 AND domain = $2 AND verified_at IS NULL`;

const SET_PRIMARY = `
  UPDATE tenant_domains SET is_primary = $3, version = version + 1, updated_at = now()
   WHERE tenant_id = $1 AND domain = $2 AND version = $4 AND verified_at IS NOT NULL`;

const UNSET_OTHERS = `
  UPDATE tenant_domains SET is_primary = false, version = version + 1, updated_at = now()
   WHERE tenant_id = $1 AND domain <> $2 AND is_primary`;
