import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { ChangeFeed } from '../database/change-feed.js';
import { Database } from '../database/database.js';
import { type TenantId, toTenantId } from '../database/tenant-id.js';
import { type Companion, unitOfWork } from '../database/unit-of-work.js';
import { KEY_SET_LIFETIME_SECONDS } from '../keys/key-set-lifetime.js';
import type { PolicyLayer } from './policy-inheritance.js';
import type { PolicyLayerData, PolicyLayerEntity, SigningBefore } from './policy-layer.entity.js';
import { PolicyLayersRepository } from './policy-layers.repository.js';
import { SIGNING_POLICIES } from './signing-handover.js';

/** More kinds of tenants than anybody keeps apart. */
const MAX_TEMPLATES = 200;
/** Other processes may answer by the policy of before for so long after the change: see `TenantCaches`. */
const LATE_PROCESS_SECONDS = 10;

/** Thrown when there are as many templates as there can be. */
export class TooManyTemplatesError extends Error {}

/**
 * The operator's policies: the platform's own and the templates. A change writes one row and sends one announcement,
 * however many tenants inherit it.
 */
@Injectable()
export class PolicyLayersService {
  constructor(
    private readonly database: Database,
    private readonly repository: PolicyLayersRepository,
    private readonly changes: ChangeFeed,
  ) {}

  /**
   * @param within the tenant of the operator, in whose log it is recorded
   * @throws TooManyTemplatesError, a unique violation when the name is taken
   */
  create(
    within: TenantId,
    template: PolicyLayerData & { readonly name: string },
    companion?: Companion<PolicyLayerEntity>,
  ): Promise<PolicyLayerEntity | undefined> {
    return unitOfWork(this.database, within, companion, async (manager) => {
      const known = await this.repository.listTemplates({ limit: MAX_TEMPLATES }, manager);
      if (known.length >= MAX_TEMPLATES) throw new TooManyTemplatesError();
      await this.repository.create(manager, { ...template, id: uuidv7() });
      return this.repository.findTemplate(template.name, manager);
    });
  }

  /** @returns undefined when the version is stale */
  async update(
    within: TenantId,
    layer: PolicyLayerEntity,
    changes: Partial<PolicyLayerData>,
    companion?: Companion<PolicyLayerEntity>,
  ): Promise<PolicyLayerEntity | undefined> {
    const signingBefore = signingBeforeOf(layer, changes);
    const { name } = layer;
    const updated = await unitOfWork(this.database, within, companion, async (manager) => {
      if (!(await this.repository.update(manager, layer, { ...changes, signingBefore }))) return undefined;
      return name === null ? this.repository.getPlatform(manager) : this.repository.findTemplate(name, manager);
    });
    this.announce(layer);
    return updated;
  }

  /** @throws a foreign key violation when a tenant is of this template */
  async delete(
    within: TenantId,
    template: PolicyLayerEntity,
    companion?: Companion<PolicyLayerEntity>,
  ): Promise<PolicyLayerEntity | undefined> {
    const deleted = await unitOfWork(this.database, within, companion, async (manager) =>
      (await this.repository.delete(manager, template.id)) ? template : undefined,
    );
    this.announce(template);
    return deleted;
  }

  private announce({ id, version }: PolicyLayerEntity): void {
    this.changes.announce({ table: 'policy_layers', tenantId: toTenantId(id), key: String(version) });
  }
}

/** What signs on until verifiers can know the keys of another algorithm. Of two changes in a row the first one counts. */
function signingBeforeOf(
  layer: PolicyLayerEntity,
  { policy = layer.policy, locks = layer.locks }: Partial<PolicyLayerData>,
): SigningBefore | null {
  const before = signingOf(layer);
  if (isDeepStrictEqual(before, signingOf({ policy, locks }))) return layer.signingBefore;
  const now = Date.now();
  const until = now + (KEY_SET_LIFETIME_SECONDS + LATE_PROCESS_SECONDS) * 1000;
  const isWaiting = layer.signingBefore !== null && layer.signingBefore.until > now;
  return { ...(isWaiting ? layer.signingBefore : before), since: now, until } as SigningBefore;
}

function signingOf({ policy, locks }: PolicyLayer): PolicyLayer {
  const chosen = SIGNING_POLICIES.filter((member) => policy[member] !== undefined);
  return {
    policy: Object.fromEntries(chosen.map((member) => [member, policy[member]])),
    locks: SIGNING_POLICIES.filter((member) => locks.includes(member)),
  };
}
