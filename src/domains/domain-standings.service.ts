import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditRecorder } from '../audit/audit-recorder.js';
import { CONFIG, type Config } from '../config/config.js';
import { Database } from '../database/database.js';
import type { Transaction } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';
import { type Companion, unitOfWork } from '../database/unit-of-work.js';
import { OwnerNotices } from '../operator-access/owner-notices.js';
import { TenantResolver } from '../tenants/tenant-resolver.js';
import type { TenantEntity } from '../tenants/tenant.entity.js';
import { TenantsRepository } from '../tenants/tenants.repository.js';
import { AddressChanges } from './address-changes.js';
import { type DomainCheck, methodOf } from './domain-check.js';
import { DomainProofs } from './domain-proofs.js';
import type { DomainEntity } from './domain.entity.js';
import { DomainsRepository } from './domains.repository.js';
import { type Judgement, type ProofOutcome, judge, secondsToNextProof } from './proof-judgement.js';

/** What the owners are told of: the proof is missing, the last day has begun, the domain is theirs no more. */
type DomainNews = 'failing' | 'ending' | 'lapsed';

/** Events of proofs that changed how a domain stands. */
const EVENTS = {
  failing: 'domain.proof_missing',
  restored: 'domain.proof_restored',
  lapsed: 'domain.lapsed',
} as const;

/** A domain after a proof, and what the proof was. */
export interface ProvenDomain extends Pick<Judgement, 'outcome' | 'fault'> {
  readonly domain: DomainEntity;
  /** As it was before. */
  readonly before: DomainEntity;
}

/** Whether a verified domain stays verified: it is proven again about once a day. */
@Injectable()
export class DomainStandings {
  constructor(
    private readonly database: Database,
    private readonly repository: DomainsRepository,
    private readonly addresses: AddressChanges,
    private readonly proofs: DomainProofs,
    private readonly notices: OwnerNotices,
    private readonly tenants: TenantsRepository,
    private readonly resolver: TenantResolver,
    private readonly audit: AuditRecorder,
    @Inject(CONFIG) private readonly config: Pick<Config, 'domainGraceDays'>,
  ) {}

  /** Looks by itself at a domain that is due. */
  async proveAgain(tenantId: TenantId, domain: string): Promise<void> {
    const known = await this.repository.find(tenantId, domain);
    if (!known || known.verifiedAt === null) return;
    await this.keep(tenantId, known, await this.proofs.check(known.domain, known.token));
  }

  /**
   * Keeps what a look found, and what follows from it.
   * @param known as it was looked at
   * @param asked of an administrator who asked for it; without one the platform looked by itself
   * @returns undefined when the domain is another one meanwhile
   */
  async keep(
    tenantId: TenantId,
    known: DomainEntity,
    check: DomainCheck,
    asked?: Companion<ProvenDomain>,
  ): Promise<ProvenDomain | undefined> {
    const now = new Date();
    const judgement = judge(known, check, { now, graceDays: this.config.domainGraceDays });
    const { outcome, fault } = judgement;
    const seen: { tenant?: TenantEntity | undefined } = {};
    const work = async (manager: EntityManager): Promise<ProvenDomain | undefined> => {
      if (!(await this.write(tenantId, { known, check, judgement, now }, manager))) return undefined;
      if (isNews(outcome)) seen.tenant = await this.tenants.findById(tenantId, manager);
      const domain = await this.repository.find(tenantId, known.domain, manager);
      return domain && { domain, before: known, outcome, fault };
    };
    // Most proofs only move times on: they wait for nobody, and no cache holds what they write.
    if (!asked && !isNews(outcome) && outcome !== 'restored') {
      return unitOfWork(this.database, tenantId, undefined, work);
    }
    return this.addresses.perform(
      tenantId,
      {
        begin: async (transaction) => asked?.begin(transaction),
        finish: async (transaction, proven) => {
          await (asked?.finish(transaction, proven) ?? this.record(transaction, tenantId, proven));
          // The mail is the last of the transaction, because it locks a counter.
          if (seen.tenant) await this.tell(seen.tenant, proven, transaction);
        },
      },
      work,
    );
  }

  private async write(
    tenantId: TenantId,
    found: {
      readonly known: DomainEntity;
      readonly check: DomainCheck;
      readonly judgement: Judgement;
      readonly now: Date;
    },
    manager: EntityManager,
  ): Promise<boolean> {
    const { known, check, judgement, now } = found;
    const { outcome, standing, fault } = judgement;
    const afterSeconds = judgement.afterSeconds ?? secondsToNextProof(known.domain, now);
    if (outcome === 'lapsed') {
      if (!(await this.repository.lapse(tenantId, known, { check, fault, afterSeconds }, manager))) return false;
      await this.addresses.refresh(tenantId, manager);
      return true;
    }
    const record = { check, by: methodOf(check), standing, fault, afterSeconds };
    return this.repository.recordProof(tenantId, known, record, manager);
  }

  private async tell(tenant: TenantEntity, { outcome, domain }: ProvenDomain, transaction: Transaction): Promise<void> {
    if (!isNews(outcome)) return;
    const date = domain.lapsesAt ?? domain.lapsedAt ?? new Date();
    const values = { kind: outcome, domain: domain.domain, date };
    await this.notices.send(this.resolver.view(tenant), { template: 'domain_proof', values }, transaction);
  }

  private async record(transaction: Transaction, tenantId: TenantId, proven: ProvenDomain): Promise<void> {
    const { outcome, domain } = proven;
    const type = eventOf(outcome);
    if (!type) return;
    await this.audit.recordWith(transaction, {
      tenantId,
      type,
      outcome: 'success',
      actor: 'system',
      target: `domain:${domain.domain}`,
      details: detailsOf(proven),
    });
  }
}

/** @returns undefined when nothing has changed that the log would tell */
export function eventOf(outcome: ProofOutcome): (typeof EVENTS)[keyof typeof EVENTS] | undefined {
  return outcome in EVENTS ? EVENTS[outcome as keyof typeof EVENTS] : undefined;
}

function isNews(outcome: ProofOutcome): outcome is DomainNews {
  return outcome === 'failing' || outcome === 'ending' || outcome === 'lapsed';
}

/** Of the event of a proof that changed how the domain stands. */
export function detailsOf({ outcome, fault, domain, before }: ProvenDomain): Readonly<Record<string, unknown>> {
  const since = { failing_since: before.failingSince };
  if (outcome === 'failing') return { reason: fault, lapses_at: domain.lapsesAt };
  if (outcome === 'restored') return { verified_by: domain.verifiedBy, ...since };
  return outcome === 'lapsed' ? { reason: fault, ...since } : {};
}
