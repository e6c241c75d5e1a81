import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ChangeFeed } from '../database/change-feed.js';
import { Database } from '../database/database.js';
import type { Transaction } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';
import { type Companion, unitOfWork } from '../database/unit-of-work.js';
import { seal } from '../crypto/envelope.js';
import { type GeneratedKey, SIGNING_ALGORITHMS, type SigningAlgorithmName } from './signing-algorithm.js';
import type { SigningKeyEntity } from './signing-key.entity.js';
import { SigningKeysRepository } from './signing-keys.repository.js';
import { TenantVault } from './tenant-vault.js';

/** How long verifiers may keep a key set (`Cache-Control: max-age` of the JWKS): no key signs sooner after it appears. */
export const KEY_SET_LIFETIME_SECONDS = 300;
/** A retired key stays until the longest-lived token it signed has expired, and a little for clocks that differ. */
const PUBLISHED_AFTER_SECONDS = 86_400 + 300;
/** A key set that grows without end would be refused by verifiers; rotations in a short time are bounded by it. */
const MAX_PUBLISHED_KEYS = 12;

export const PRIVATE_KEY_CONTEXT = 'signing-key';

/** Thrown when too many retired keys are still needed to rotate once more. */
export class TooManyKeysError extends Error {}

/** What became of a tenant's keys. */
export interface KeyChange {
  /** The key that takes over, or that was revoked. */
  readonly kid: string;
  readonly changed: boolean;
  /** The published keys afterwards. */
  readonly keys: readonly SigningKeyEntity[];
}

/** Creation, rotation and revocation of signing keys: next, current, previous. */
@Injectable()
export class KeyRotation {
  constructor(
    private readonly database: Database,
    private readonly repository: SigningKeysRepository,
    private readonly vault: TenantVault,
    private readonly changes: ChangeFeed,
  ) {}

  /** The first two keys of a tenant that is being made: one signs at once, one waits and is published with it. */
  async createFirstKeys(
    tenantId: TenantId,
    alg: SigningAlgorithmName,
    context: { readonly dataKey: Buffer; readonly transaction: Transaction },
  ): Promise<void> {
    const [first, next] = await Promise.all([this.generate(alg), this.generate(alg)]);
    const sealed = (key: GeneratedKey) => ({
      ...key,
      privateKey: seal(context.dataKey, key.privateKey, `${PRIVATE_KEY_CONTEXT}:${tenantId}`),
    });
    await this.repository.createFirst(tenantId, alg, sealed(first), context.transaction);
    // Both keys are new, so no verifier can have an older key set.
    const known = { ...sealed(next), knownForSeconds: KEY_SET_LIFETIME_SECONDS };
    await this.repository.createNext(tenantId, alg, known, context.transaction);
  }

  /** Keys of an algorithm the tenant has not used so far. Several processes may ask at once; one set is made. */
  async ensureKeys(tenantId: TenantId, alg: SigningAlgorithmName): Promise<void> {
    const [first, next] = await Promise.all([this.generateSealed(tenantId, alg), this.generateSealed(tenantId, alg)]);
    await this.database.transaction(tenantId, async (transaction) => {
      await this.repository.lock(tenantId, transaction);
      await this.createPair(tenantId, alg, { first, next }, transaction);
    });
  }

  /**
   * Rotates the key. The waiting key signs at once if verifiers can have seen it, else as soon as they can; a new key
   * waits.
   * @throws TooManyKeysError when rotated faster than retired keys can be removed
   */
  async rotate(
    tenantId: TenantId,
    alg: SigningAlgorithmName,
    companion?: Companion<KeyChange>,
  ): Promise<KeyChange | undefined> {
    // Keys of an algorithm that was never used need no rotation, they are new.
    const isNew = (await this.repository.findCurrent(tenantId, alg)) === undefined;
    const next = await this.generateSealed(tenantId, alg);
    const first = isNew ? await this.generateSealed(tenantId, alg) : undefined;
    const seconds = { publishedBefore: KEY_SET_LIFETIME_SECONDS, publishedAfter: PUBLISHED_AFTER_SECONDS };
    const change = await unitOfWork(this.database, tenantId, companion, async (manager, transaction) => {
      // Concurrent rotations wait for each other in the database. Everything is rolled back when there are too many
      // keys.
      const [, published, successor] = await Promise.all([
        this.repository.lock(tenantId, transaction),
        this.repository.countPublished(tenantId, alg, transaction),
        this.repository.switchOver(tenantId, alg, seconds, transaction),
      ]);
      if (published >= MAX_PUBLISHED_KEYS) throw new TooManyKeysError();
      const pair = { first: successor === undefined ? first : undefined, next };
      const making = this.createPair(tenantId, alg, pair, transaction);
      if (pair.first) await making;
      // Sent in one round trip, because other rotations wait until this transaction ends.
      const [made, keys] = await Promise.all([making, this.listKeys(tenantId, manager)]);
      return { kid: successor ?? first?.kid ?? next.kid, changed: successor !== undefined || made, keys };
    });
    this.announce(tenantId, alg);
    return change;
  }

  /**
   * Revokes a key whose private part may be known to others. It leaves the key set at once, and nothing that it signed
   * is accepted here any more. Another key signs at once, even when verifiers that cached the key set
   * (`KEY_SET_LIFETIME_SECONDS`) cannot know it yet: a refused token can be replaced, a forged one cannot.
   * @returns undefined when there is no such key; `changed` is false when it was revoked before
   */
  async revoke(tenantId: TenantId, kid: string, companion?: Companion<KeyChange>): Promise<KeyChange | undefined> {
    const alg = await this.repository.findAlgorithm(tenantId, kid);
    if (alg === undefined) return undefined;
    const [first, next] = await Promise.all([this.generateSealed(tenantId, alg), this.generateSealed(tenantId, alg)]);
    const change = await unitOfWork(this.database, tenantId, companion, async (manager, transaction) => {
      await this.repository.lock(tenantId, transaction);
      const revoked = await this.repository.revoke(tenantId, kid, transaction);
      if (revoked) {
        const filled = await this.repository.fillGap(tenantId, revoked, PUBLISHED_AFTER_SECONDS, transaction);
        if (!filled) await this.repository.createFirst(tenantId, alg, first, transaction);
        await this.repository.createNext(tenantId, alg, { ...next, knownForSeconds: 0 }, transaction);
      }
      return { kid, changed: revoked !== undefined, keys: await this.listKeys(tenantId, manager) };
    });
    this.announce(tenantId, alg);
    return change;
  }

  /** @returns whether one of them was missing */
  private async createPair(
    tenantId: TenantId,
    alg: SigningAlgorithmName,
    { first, next }: { readonly first: GeneratedKey | undefined; readonly next: GeneratedKey },
    transaction: Transaction,
  ): Promise<boolean> {
    const madeFirst = first !== undefined && (await this.repository.createFirst(tenantId, alg, first, transaction));
    const knownForSeconds = madeFirst ? KEY_SET_LIFETIME_SECONDS : 0;
    const madeNext = await this.repository.createNext(tenantId, alg, { ...next, knownForSeconds }, transaction);
    return madeFirst || madeNext;
  }

  private listKeys(tenantId: TenantId, manager: EntityManager): Promise<SigningKeyEntity[]> {
    return this.repository.listPublished(tenantId, manager);
  }

  private announce(tenantId: TenantId, alg: SigningAlgorithmName): void {
    this.changes.announce({ table: 'signing_keys', tenantId, key: alg });
  }

  private generate(alg: SigningAlgorithmName): Promise<GeneratedKey> {
    return SIGNING_ALGORITHMS[alg].generate();
  }

  private async generateSealed(tenantId: TenantId, alg: SigningAlgorithmName): Promise<GeneratedKey> {
    const key = await this.generate(alg);
    return { ...key, privateKey: await this.vault.seal(tenantId, key.privateKey, PRIVATE_KEY_CONTEXT) };
  }
}
