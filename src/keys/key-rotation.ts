import { Injectable } from '@nestjs/common';
import { ChangeFeed } from '../database/change-feed.js';
import { Database } from '../database/database.js';
import type { Alongside, Transaction } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';
import { seal } from '../crypto/envelope.js';
import { type GeneratedKey, SIGNING_ALGORITHMS, type SigningAlgorithmName } from './signing-algorithm.js';
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

/** What a rotation did, by the ids of the keys. */
export interface RotatedKeys {
  readonly retired?: string | undefined;
  readonly promoted?: string | undefined;
  readonly created: readonly string[];
}

/** Runs in the transaction of a rotation that changed something. */
export type AlongsideRotation = (keys: RotatedKeys) => Alongside;

/** The life of signing keys: next, current, previous. */
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
    // Nobody can hold a key set that is older than both.
    const known = { ...sealed(next), knownForSeconds: KEY_SET_LIFETIME_SECONDS };
    await this.repository.createNext(tenantId, alg, known, context.transaction);
  }

  /** Keys of an algorithm the tenant has not used so far. Several processes may ask at once; one set is made. */
  async ensureKeys(tenantId: TenantId, alg: SigningAlgorithmName, alongside?: AlongsideRotation): Promise<void> {
    const [first, next] = await Promise.all([this.generateSealed(tenantId, alg), this.generateSealed(tenantId, alg)]);
    await this.database.transaction(tenantId, async (transaction) => {
      await this.repository.lock(tenantId, transaction);
      const madeFirst = await this.repository.createFirst(tenantId, alg, first, transaction);
      const known = { ...next, knownForSeconds: KEY_SET_LIFETIME_SECONDS };
      const madeNext = await this.repository.createNext(tenantId, alg, known, transaction);
      const created = [...(madeFirst ? [first.kid] : []), ...(madeNext ? [next.kid] : [])];
      if (created.length === 0) return;
      await alongside?.({ promoted: madeFirst ? first.kid : undefined, created })(transaction);
    });
  }

  /**
   * The waiting key takes over, at once if verifiers can have seen it, else as soon as they can; a new one waits.
   * @throws TooManyKeysError when rotated more often than retired keys can go
   */
  async rotate(tenantId: TenantId, alg: SigningAlgorithmName, alongside?: AlongsideRotation): Promise<void> {
    const next = await this.generateSealed(tenantId, alg);
    const seconds = { publishedBefore: KEY_SET_LIFETIME_SECONDS, publishedAfter: PUBLISHED_AFTER_SECONDS };
    const rotated = await this.database.transaction(tenantId, async (transaction) => {
      await this.repository.lock(tenantId, transaction);
      const published = await this.repository.countPublished(tenantId, alg, transaction);
      if (published >= MAX_PUBLISHED_KEYS) throw new TooManyKeysError();
      const switched = await this.repository.switchOver(tenantId, alg, seconds, transaction);
      if (!switched) return false;
      const created = await this.repository.createNext(tenantId, alg, { ...next, knownForSeconds: 0 }, transaction);
      await alongside?.({ ...switched, created: created ? [next.kid] : [] })(transaction);
      return true;
    });
    // Keys of an algorithm that was never used need no rotation, they are new.
    if (!rotated) await this.ensureKeys(tenantId, alg, alongside);
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
