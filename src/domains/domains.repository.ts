import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../database/database.js';
import type { TenantId } from '../database/tenant-id.js';
import type { DomainCheck, ProofMethod } from './domain-check.js';
import { DomainEntity } from './domain.entity.js';
import type { Judgement } from './proof-judgement.js';

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
    await release(tenantId, domain, manager);
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
      proofInSeconds = null,
    }: {
      readonly check: DomainCheck;
      readonly by?: ProofMethod | undefined;
      readonly next?: NextCheck;
      /** When it is proven again, if it is proven now. */
      readonly proofInSeconds?: number | null;
    },
    manager: EntityManager,
  ): Promise<boolean> {
    const [, changed] = await manager.query<[unknown, number]>(RECORD_CHECK, [
      tenantId,
      domain,
      JSON.stringify(check),
      by ?? null,
      next ? next.afterSeconds : null,
      next !== undefined,
      proofInSeconds,
    ]);
    return changed === 1;
  }

  /**
   * What a look at a verified domain found, and what that means for it.
   * @param version that was looked at
   * @returns false when that is not how it is any more
   */
  async recordProof(
    tenantId: TenantId,
    { domain, version }: Pick<DomainEntity, 'domain' | 'version'>,
    found: ProofRecord,
    manager: EntityManager,
  ): Promise<boolean> {
    const { check, by, standing, fault, afterSeconds } = found;
    const [, changed] = await manager.query<[unknown, number]>(RECORD_PROOF, [
      tenantId,
      domain,
      version,
      JSON.stringify(check),
      by ?? null,
      standing.failingSince,
      standing.lapsesAt,
      standing.warnedAt,
      fault,
      afterSeconds,
    ]);
    return changed === 1;
  }

  /** It is pending again, and free for others. @returns false when it is not as it was looked at any more */
  async lapse(
    tenantId: TenantId,
    { domain, version }: Pick<DomainEntity, 'domain' | 'version'>,
    found: Pick<ProofRecord, 'check' | 'fault' | 'afterSeconds'>,
    manager: EntityManager,
  ): Promise<boolean> {
    const values = [tenantId, domain, version, JSON.stringify(found.check), found.fault, found.afterSeconds];
    const [, changed] = await manager.query<[unknown, number]>(LAPSE, values);
    if (changed === 1) await release(tenantId, domain, manager);
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

async function release(tenantId: TenantId, domain: string, manager: EntityManager): Promise<void> {
  await manager.query('DELETE FROM verified_domains WHERE tenant = $1 AND domain = $2', [tenantId, domain]);
}

/** When the platform looks by itself again; null: never. */
export interface NextCheck {
  readonly afterSeconds: number | null;
}

export interface ProofRecord extends Pick<Judgement, 'standing' | 'fault'> {
  readonly check: DomainCheck;
  /** How it was proven; undefined: it was not. */
  readonly by: ProofMethod | undefined;
  readonly afterSeconds: number;
}

const FIRST_CHECK = "now() + interval '1 minute'";

const RECORD_CHECK = `
  UPDATE tenant_domains SET
    last_check = $3::jsonb, checked_at = now(), updated_at = now(), version = version + 1,
    verified_at = CASE WHEN $4::text IS NULL THEN NULL ELSE now() END, verified_by = $4::text,
    proven_at = CASE WHEN $4::text IS NULL THEN proven_at ELSE now() END,
    failing_since = NULL, lapses_at = NULL, warned_at = NULL,
    lapsed_at = CASE WHEN $4::text IS NULL THEN lapsed_at END, fault = CASE WHEN $4::text IS NULL THEN fault END,
    next_proof_at = CASE WHEN $4::text IS NOT NULL THEN now() + make_interval(secs => $7::float8) END,
    checks = checks + CASE WHEN $6::boolean THEN 1 ELSE 0 END,
    next_check_at = CASE WHEN $4::text IS NOT NULL THEN NULL
                         WHEN $6::boolean THEN now() + make_interval(secs => $5::float8) ELSE next_check_at END
   WHERE tenant_id = $1 AND domain = $2 AND verified_at IS NULL`;

const RECORD_PROOF = `
  UPDATE tenant_domains SET
    last_check = $4::jsonb, checked_at = now(), updated_at = now(), version = version + 1,
    verified_by = coalesce($5::text, verified_by),
    proven_at = CASE WHEN $5::text IS NULL THEN proven_at ELSE now() END,
    failing_since = $6::timestamptz, lapses_at = $7::timestamptz, warned_at = $8::timestamptz, fault = $9::text,
    next_proof_at = now() + make_interval(secs => $10::float8)
   WHERE tenant_id = $1 AND domain = $2 AND version = $3 AND verified_at IS NOT NULL`;

const LAPSE = `
  UPDATE tenant_domains SET
    last_check = $4::jsonb, checked_at = now(), updated_at = now(), version = version + 1,
    verified_at = NULL, verified_by = NULL, is_primary = false,
    failing_since = NULL, lapses_at = NULL, warned_at = NULL, lapsed_at = now(), fault = $5::text,
    next_proof_at = NULL, checks = 0, next_check_at = now() + make_interval(secs => $6::float8)
   WHERE tenant_id = $1 AND domain = $2 AND version = $3 AND verified_at IS NOT NULL`;

const SET_PRIMARY = `
  UPDATE tenant_domains SET is_primary = $3, version = version + 1, updated_at = now()
   WHERE tenant_id = $1 AND domain = $2 AND version = $4 AND verified_at IS NOT NULL`;

const UNSET_OTHERS = `
  UPDATE tenant_domains SET is_primary = false, version = version + 1, updated_at = now()
   WHERE tenant_id = $1 AND domain <> $2 AND is_primary`;
