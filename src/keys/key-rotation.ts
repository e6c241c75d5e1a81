import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../database/database.js';
import type { Transaction } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';
import { type Companion, unitOfWork } from '../database/unit-of-work.js';
import { KeyProvision } from './key-provision.js';
import { KEY_SET_LIFETIME_SECONDS } from './key-set-lifetime.js';
import type { GeneratedKey, SigningAlgorithmName } from './signing-algorithm.js';
import type { SigningKeyEntity } from './signing-key.entity.js';
import { SigningKeysRepository } from './signing-keys.repository.js';

/** A retired key stays until the longest-lived token it signed has expired, and a little for clocks that differ. */
const PUBLISHED_AFTER_SECONDS = 86_400 + 300;
/** A key set that grows without end would be refused by verifiers; rotations in a short time are bounded by it. */
const MAX_PUBLISHED_KEYS = 12;

/** Thrown when too many retired keys are still needed to rotate once more. */
export class TooManyKeysError extends Error {}

/** What became of a tenant's keys. */
export interface KeyChange {
  /** The keys that take over, or the one that was revoked. */
  readonly kids: readonly string[];
  readonly changed: boolean;
  /** The published keys afterwards. */
  readonly keys: readonly SigningKeyEntity[];
}

/** New keys of one algorithm. */
interface Successors {
  readonly alg: SigningAlgorithmName;
  /** For an algorithm that was not used so far. */
  readonly first: GeneratedKey | undefined;
  readonly next: GeneratedKey;
}

/** Rotation and revocation of signing keys: next, current, previous. */
@Injectable()
export class KeyRotation {
  constructor(
    private readonly database: Database,
    private readonly repository: SigningKeysRepository,
    private readonly provision: KeyProvision,
  ) {}

  /**
   * Rotates the keys of an algorithm, or of each one that the tenant has keys of. The waiting key signs at once if
   * verifiers can have seen it, else as soon as they can; a new key waits.
   * @throws TooManyKeysError when rotated faster than retired keys can be removed
   */
  async rotate(
    tenantId: TenantId,
    alg?: SigningAlgorithmName,
    companion?: Companion<KeyChange>,
  ): Promise<KeyChange | undefined> {
    const known = await this.repository.listAlgorithms(tenantId);
    const algorithms = alg ? [alg] : known;
    const hasTooMany = await this.hasTooMany(tenantId, algorithms);
    const needed = hasTooMany ? [] : algorithms;
    const made = await Promise.all(needed.map((each) => this.successors(tenantId, each, known)));
    const change = await unitOfWork(this.database, tenantId, companion, async (manager, transaction) => {
      // Only here, because the same request may have been answered before (`Idempotency-Key`).
      if (hasTooMany) throw new TooManyKeysError();
      // Concurrent rotations wait for each other in the database. Everything is rolled back when there are too many
      // keys. What does not depend on each other is sent in one round trip, because other rotations wait until this
      // transaction ends.
      const [, ...rotated] = await Promise.all([
        this.repository.lock(tenantId, transaction),
        ...made.map((each) => this.rotateOne(tenantId, each, transaction)),
      ]);
      const keys = await this.listKeys(tenantId, manager);
      return { kids: rotated.map(({ kid }) => kid), changed: rotated.some(({ changed }) => changed), keys };
    });
    this.provision.announce(tenantId, made);
    return change;
  }

  /**
   * Revokes a key whose private part may be known to others. It leaves the key set at once, and nothing that it signed
   * is accepted here any more. Another key signs at once, even when verifiers that cached the key set
   * (`KEY_SET_LIFETIME_SECONDS`) cannot know it yet: a refused token can be replaced, a forged one cannot.
   * @returns undefined when there is no such key; `changed` is false when it was revoked before
   */
  async revoke(tenantId: TenantId, kid: string, companion?: Companion<KeyChange>): Promise<KeyChange | undefined> {
    const known = await this.repository.findAlgorithm(tenantId, kid);
    if (!known) return undefined;
    const { alg } = known;
    const make = () => this.provision.generateSealed(tenantId, alg);
    // One that was revoked before needs no successor.
    const made = known.revoked ? [] : await Promise.all([make(), make()]);
    const change = await unitOfWork(this.database, tenantId, companion, async (manager, transaction) => {
      await this.repository.lock(tenantId, transaction);
      const revoked = await this.repository.revoke(tenantId, kid, transaction);
      const [first, next] = made;
      if (revoked && first && next) {
        const filled = await this.repository.fillGap(tenantId, revoked, PUBLISHED_AFTER_SECONDS, transaction);
        if (!filled) await this.repository.createFirst(tenantId, alg, first, transaction);
        await this.repository.createNext(tenantId, alg, { ...next, withFirst: false }, transaction);
      }
      return { kids: [kid], changed: revoked !== undefined, keys: await this.listKeys(tenantId, manager) };
    });
    this.provision.announce(tenantId, [{ alg }]);
    return change;
  }

  /** Asked before keys are made, because making them costs more than anything else here, and again with the lock. */
  private async hasTooMany(tenantId: TenantId, algorithms: readonly SigningAlgorithmName[]): Promise<boolean> {
    const counts = await this.database.pipeline(tenantId, (transaction) =>
      Promise.all(algorithms.map((alg) => this.repository.countPublished(tenantId, alg, transaction))),
    );
    return counts.some((published) => published >= MAX_PUBLISHED_KEYS);
  }

  private async rotateOne(
    tenantId: TenantId,
    { alg, first, next }: Successors,
    transaction: Transaction,
  ): Promise<{ readonly kid: string; readonly changed: boolean }> {
    const seconds = { publishedBefore: KEY_SET_LIFETIME_SECONDS, publishedAfter: PUBLISHED_AFTER_SECONDS };
    const [published, successor] = await Promise.all([
      this.repository.countPublished(tenantId, alg, transaction),
      this.repository.switchOver(tenantId, alg, seconds, transaction),
    ]);
    if (published >= MAX_PUBLISHED_KEYS) throw new TooManyKeysError();
    if (successor === undefined && first) {
      const made = await this.provision.createPair(tenantId, { alg, first, next }, transaction);
      return { kid: first.kid, changed: made };
    }
    const made = await this.repository.createNext(tenantId, alg, { ...next, withFirst: false }, transaction);
    return { kid: successor ?? next.kid, changed: successor !== undefined || made };
  }

  private async successors(
    tenantId: TenantId,
    alg: SigningAlgorithmName,
    known: readonly SigningAlgorithmName[],
  ): Promise<Successors> {
    const make = () => this.provision.generateSealed(tenantId, alg);
    const [first, next] = await Promise.all([known.includes(alg) ? undefined : make(), make()]);
    return { alg, first, next };
  }

  private listKeys(tenantId: TenantId, manager: EntityManager): Promise<SigningKeyEntity[]> {
    return this.repository.listPublished(tenantId, manager);
  }
}
