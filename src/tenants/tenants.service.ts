import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { ChangeFeed } from '../database/change-feed.js';
import { Database } from '../database/database.js';
import { type TenantId, toTenantId } from '../database/tenant-id.js';
import { type Companion, unitOfWork } from '../database/unit-of-work.js';
import type { Transaction } from '../database/statement.js';
import { KeyProvision } from '../keys/key-provision.js';
import type { SigningAlgorithmName } from '../keys/signing-algorithm.js';
import { KEY_SET_LIFETIME_SECONDS } from '../keys/key-set-lifetime.js';
import { SigningKeysRepository } from '../keys/signing-keys.repository.js';
import { TenantVault } from '../keys/tenant-vault.js';
import { announceTenant } from './announce-tenant.js';
import { KEPT_DAYS } from './former-slugs.js';
import {
  SIGNING_POLICIES,
  type SigningHandovers,
  algorithmNow,
  algorithmsOf,
  handoversOf,
} from './signing-handover.js';
import type { BrandingState, BrandingVersion, Publication } from './branding-state.js';
import { BrandingVersionsRepository } from './branding-versions.repository.js';
import type { TenantEntity } from './tenant.entity.js';
import { effectivePolicy } from './policy-inheritance.js';
import type { TenantPolicy } from './tenant-policy.js';
import { type NewTenant, type TenantChanges, TenantsRepository } from './tenants.repository.js';

/** Onboarding and change of tenants. */
@Injectable()
export class TenantsService {
  constructor(
    private readonly database: Database,
    private readonly repository: TenantsRepository,
    private readonly keys: KeyProvision,
    private readonly signingKeys: SigningKeysRepository,
    private readonly vault: TenantVault,
    private readonly changes: ChangeFeed,
    private readonly versions: BrandingVersionsRepository,
  ) {}

  /**
   * A tenant with its data key and its first signing keys, all or nothing.
   * @param complete what else belongs to the onboarding, in the same transaction
   * @throws a unique violation when the slug is taken
   */
  async create(
    given: Omit<NewTenant, 'id'> & { readonly id?: TenantId },
    companion?: Companion<TenantEntity>,
    complete?: (
      tenant: TenantEntity,
      within: { readonly manager: EntityManager; readonly transaction: Transaction },
    ) => Promise<void>,
  ): Promise<TenantEntity | undefined> {
    const { id = toTenantId(uuidv7()), ...tenant } = given;
    const inherited = await this.repository.findInherited(tenant.policyTemplateId ?? null);
    const pairs = await this.keys.generateFirstPairs(
      algorithmsOf(effectivePolicy({ policy: tenant.policy, inherited })),
    );
    const created = await unitOfWork(this.database, id, companion, async (manager, transaction) => {
      await this.repository.create(manager, { ...tenant, id });
      const dataKey = await this.vault.createDataKey(id, transaction);
      await this.keys.createFirstKeys(id, pairs, { dataKey, transaction });
      const made = await this.repository.findById(id, manager);
      if (made) await complete?.(made, { manager, transaction });
      return made;
    });
    announceTenant(this.changes, id, { ...tenant, addresses: {} });
    return created;
  }

  /**
   * @param by who changes it, for the history of what was published
   * @param changes with `formerSlugDays`: how long the addresses of the slug go on answering when it changes
   * @returns undefined when the version is stale
   * @throws a unique violation when the new slug is taken, or reserved for another tenant
   */
  async update(
    tenant: TenantEntity,
    { formerSlugDays = KEPT_DAYS.usual, ...changes }: TenantChanges & { readonly formerSlugDays?: number | undefined },
    companion?: Companion<TenantEntity>,
    by = 'platform',
  ): Promise<TenantEntity | undefined> {
    const id = toTenantId(tenant.id);
    const policy = await this.policyAfter(tenant, changes);
    const chosen = policy ? chosenAlgorithms(tenant, policy) : [];
    await this.makeNamedKeys(tenant, chosen);
    const pairs = await this.keys.prepare(id, chosen);
    const updated = await unitOfWork(this.database, id, companion, async (manager, transaction) => {
      const isPublication = changes.branding !== undefined || changes.texts !== undefined;
      if (isPublication) await this.versions.keepLive(id, tenant.version, transaction);
      if (!(await this.repository.update(manager, id, tenant.version, changes))) return undefined;
      if (isPublication) await this.versions.append(id, { source: 'direct', by }, transaction);
      if (changes.slug !== undefined && changes.slug !== tenant.slug) {
        await this.repository.keepFormerSlug(manager, id, { slug: tenant.slug, days: formerSlugDays });
        await this.repository.refreshAddresses(manager, id);
      }
      if (policy && chosen.length > 0) {
        await this.keys.publish(id, pairs, transaction);
        const handovers = await this.handovers(tenant, policy, transaction);
        await this.repository.setHandovers(manager, id, handovers);
      }
      return this.repository.findById(id, manager);
    });
    this.keys.announce(id, pairs);
    announceTenant(this.changes, id, tenant, ...(updated ? [updated] : []));
    return updated;
  }

  /** @returns undefined when it did not answer */
  async endFormerSlug(
    tenant: TenantEntity,
    slug: string,
    companion?: Companion<TenantEntity>,
  ): Promise<TenantEntity | undefined> {
    const id = toTenantId(tenant.id);
    const updated = await unitOfWork(this.database, id, companion, async (manager) => {
      await this.repository.lock(manager, id);
      if (!(await this.repository.endFormerSlug(manager, id, slug))) return undefined;
      await this.repository.refreshAddresses(manager, id);
      return this.repository.findById(id, manager);
    });
    announceTenant(this.changes, id, tenant);
    return updated;
  }

  /**
   * What people see from now on.
   * @param complete what else belongs to the publication, in the same transaction
   * @returns undefined when the version of the tenant is stale
   */
  async publish(
    tenant: TenantEntity,
    { branding, texts }: BrandingState,
    publication: Publication,
    companion: Companion<BrandingVersion>,
    complete?: (transaction: Transaction) => Promise<void>,
  ): Promise<BrandingVersion | undefined> {
    const id = toTenantId(tenant.id);
    const published = await unitOfWork(this.database, id, companion, async (manager, transaction) => {
      await this.versions.keepLive(id, tenant.version, transaction);
      if (!(await this.repository.update(manager, id, tenant.version, { branding, texts }))) return undefined;
      await complete?.(transaction);
      return this.versions.append(id, publication, transaction);
    });
    announceTenant(this.changes, id, tenant);
    return published;
  }

  /** Undefined when the change is about something else. */
  private async policyAfter(tenant: TenantEntity, changes: TenantChanges): Promise<TenantPolicy | undefined> {
    const { policy = tenant.policy, policyTemplateId } = changes;
    if (changes.policy === undefined && policyTemplateId === undefined) return undefined;
    const isMoved = policyTemplateId !== undefined && policyTemplateId !== tenant.policyTemplateId;
    const inherited = isMoved ? await this.repository.findInherited(policyTemplateId) : tenant.inherited;
    return effectivePolicy({ policy, inherited });
  }

  /**
   * The keys of algorithms that the policy named before, for something else, and that nothing needed so far. Every key
   * set that left has had them, so they sign at once.
   */
  private async makeNamedKeys(tenant: TenantEntity, chosen: readonly SigningAlgorithmName[]): Promise<void> {
    const before = effectivePolicy(tenant);
    if (Object.keys(handoversOf(tenant, before)).length > 0) return;
    const named = algorithmsOf(before).filter((alg) => chosen.includes(alg));
    for (const alg of new Set(named)) await this.keys.ensureKeys(toTenantId(tenant.id), alg);
  }

  /** Which algorithms sign on for a while, because verifiers may not know the keys of the new ones yet. */
  private async handovers(
    tenant: TenantEntity,
    policy: TenantPolicy,
    transaction: Transaction,
  ): Promise<SigningHandovers> {
    const before = effectivePolicy(tenant);
    const old = { policy: before, handovers: handoversOf(tenant, before) };
    const handovers: { -readonly [Member in keyof SigningHandovers]: SigningHandovers[Member] } = {};
    for (const member of SIGNING_POLICIES) {
      const kept = old.handovers[member];
      const before = algorithmNow(old, member);
      const alg = policy[member];
      if (alg === old.policy[member]) {
        if (kept) handovers[member] = kept;
      } else if (alg !== before) {
        const lifetime = { alg, before, lifetimeSeconds: KEY_SET_LIFETIME_SECONDS };
        const at = await this.signingKeys.findKnownAt(toTenantId(tenant.id), lifetime, transaction);
        if (at && at.known > at.now) handovers[member] = { before, since: at.now, until: at.known };
      }
    }
    return handovers;
  }
}

function chosenAlgorithms(tenant: TenantEntity, policy: TenantPolicy): SigningAlgorithmName[] {
  const old = effectivePolicy(tenant);
  return SIGNING_POLICIES.filter((member) => policy[member] !== old[member]).map((member) => policy[member]);
}
