import { Injectable } from '@nestjs/common';
import { AuditRecorder } from '../audit/audit-recorder.js';
import { randomSecret } from '../crypto/random.js';
import { Database } from '../database/database.js';
import type { Transaction } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';
import { type Companion, unitOfWork } from '../database/unit-of-work.js';
import { TenantsRepository } from '../tenants/tenants.repository.js';
import { AddressChanges } from './address-changes.js';
import { type DomainCheck, methodOf } from './domain-check.js';
import { DomainProofs } from './domain-proofs.js';
import type { DomainEntity } from './domain.entity.js';
import { DomainsRepository } from './domains.repository.js';
import { secondsToNextProof } from './proof-judgement.js';

/** Of one tenant, pending ones included. */
export const MAX_DOMAINS = 20;
const FIRST_WAIT_SECONDS = 60;
const LONGEST_WAIT_SECONDS = 3600;
/** After this the platform does not look by itself any more; it still does when it is asked to. */
const LOOKED_FOR_SECONDS = 7 * 86_400;

/** The tenant has as many as it can. */
export class TooManyDomainsError extends Error {}

/** Another tenant has verified the domain. */
export class DomainTakenError extends Error {}

/** Domains of a tenant: claimed, proven, and addresses of the tenant from then on. */
@Injectable()
export class DomainsService {
  constructor(
    private readonly database: Database,
    private readonly repository: DomainsRepository,
    private readonly tenants: TenantsRepository,
    private readonly proofs: DomainProofs,
    private readonly audit: AuditRecorder,
    private readonly addresses: AddressChanges,
  ) {}

  find(tenantId: TenantId, domain: string): Promise<DomainEntity | undefined> {
    return this.repository.find(tenantId, domain);
  }

  list(tenantId: TenantId, page: { readonly after?: string | undefined; readonly limit: number }) {
    return this.repository.list(tenantId, page);
  }

  /** It is pending. @throws TooManyDomainsError, or a unique violation when the tenant has it */
  create(tenantId: TenantId, domain: string, companion?: Companion<DomainEntity>): Promise<DomainEntity | undefined> {
    return unitOfWork(this.database, tenantId, companion, async (manager) => {
      await this.tenants.lock(manager, tenantId);
      if ((await this.repository.count(tenantId, manager)) >= MAX_DOMAINS) throw new TooManyDomainsError();
      await this.repository.create(tenantId, { domain, token: randomSecret() }, manager);
      return this.repository.find(tenantId, domain, manager);
    });
  }

  /** Looks for the proof. Nothing is written. @throws ProofsBusyError */
  look({ domain, token }: DomainEntity): Promise<DomainCheck> {
    return this.proofs.check(domain, token);
  }

  /**
   * Keeps what a check found. With a proof the domain is an address of the tenant from now on.
   * @param next the platform looked by itself
   * @returns undefined when the domain is gone, or was verified meanwhile
   * @throws DomainTakenError
   */
  async keep(
    tenantId: TenantId,
    domain: string,
    found: { readonly check: DomainCheck; readonly afterSeconds?: number | null },
    companion?: Companion<DomainEntity>,
  ): Promise<DomainEntity | undefined> {
    const { check, afterSeconds } = found;
    const by = methodOf(check);
    const next = afterSeconds === undefined ? {} : { next: { afterSeconds } };
    const proofInSeconds = secondsToNextProof(domain, new Date());
    return this.addresses.perform(tenantId, companion, async (manager) => {
      const record = { check, by, ...next, proofInSeconds };
      if (!(await this.repository.recordCheck(tenantId, domain, record, manager))) return undefined;
      if (by !== undefined) {
        if (!(await this.repository.claim(tenantId, domain, manager))) throw new DomainTakenError();
        await this.addresses.refresh(tenantId, manager);
      }
      return this.repository.find(tenantId, domain, manager);
    });
  }

  /** Looks by itself at a domain that is due. */
  async lookAgain(tenantId: TenantId, domain: string): Promise<void> {
    const known = await this.repository.find(tenantId, domain);
    if (!known || known.verifiedAt !== null) return;
    const check = await this.look(known);
    const age = (Date.now() - (known.lapsedAt ?? known.createdAt).getTime()) / 1000;
    const wait = Math.min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2 ** Math.min(known.checks, 10));
    const afterSeconds = age + wait > LOOKED_FOR_SECONDS ? null : wait;
    const companion: Companion<DomainEntity> = {
      begin: () => Promise.resolve(),
      finish: async (transaction, { verifiedBy }) => {
        if (verifiedBy !== null) await this.recordVerified(transaction, tenantId, domain, verifiedBy);
      },
    };
    try {
      await this.keep(tenantId, domain, { check, afterSeconds }, companion);
    } catch (error) {
      if (!(error instanceof DomainTakenError)) throw error;
      // Whoever has it may give it up; this tenant asks again then.
      await this.keep(tenantId, domain, { check: withoutProof(check), afterSeconds: null });
    }
  }

  /** @returns undefined when it is not verified, or its version is another one */
  setPrimary(
    tenantId: TenantId,
    { domain, version }: DomainEntity,
    primary: boolean,
    companion?: Companion<DomainEntity>,
  ): Promise<DomainEntity | undefined> {
    return this.addresses.perform(tenantId, companion, async (manager) => {
      if (!(await this.repository.setPrimary(tenantId, domain, { primary, version }, manager))) return undefined;
      await this.addresses.refresh(tenantId, manager);
      return this.repository.find(tenantId, domain, manager);
    });
  }

  /** It is no address of the tenant any more, and free for others. @returns undefined when it is gone already */
  delete(tenantId: TenantId, domain: string, companion?: Companion<true>): Promise<true | undefined> {
    return this.addresses.perform<true>(tenantId, companion, async (manager) => {
      if (!(await this.repository.delete(tenantId, domain, manager))) return undefined;
      await this.addresses.refresh(tenantId, manager);
      return true;
    });
  }

  private recordVerified(
    transaction: Transaction,
    tenantId: TenantId,
    domain: string,
    verifiedBy: string,
  ): Promise<void> {
    return this.audit.recordWith(transaction, {
      tenantId,
      type: 'domain.verified',
      outcome: 'success',
      target: `domain:${domain}`,
      details: { verified_by: verifiedBy },
    });
  }
}

function withoutProof({ dns, file }: DomainCheck): DomainCheck {
  const detail = 'It is proven, and another tenant has verified the domain.';
  return {
    dns: { ...dns, proven: false, ...(dns.proven && { detail }) },
    ...(file && { file: { ...file, proven: false, ...(file.proven && { detail }) } }),
  };
}
