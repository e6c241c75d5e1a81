import { setTimeout as delay } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { seal } from '../crypto/envelope.js';
import { ChangeFeed } from '../database/change-feed.js';
import { Database } from '../database/database.js';
import type { Transaction } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';
import { KEY_SET_LIFETIME_SECONDS } from './key-set-lifetime.js';
import { KeyStock } from './key-stock.js';
import { type GeneratedKey, SIGNING_ALGORITHMS, type SigningAlgorithmName } from './signing-algorithm.js';
import { SigningKeysRepository } from './signing-keys.repository.js';
import { TenantVault } from './tenant-vault.js';

export const PRIVATE_KEY_CONTEXT = 'signing-key';

/** The first keys of an algorithm: one signs, the other waits. */
export interface KeyPair {
  readonly alg: SigningAlgorithmName;
  readonly first: GeneratedKey;
  readonly next: GeneratedKey;
}

/** Making an RSA key takes a fifth of a second of a processor, a thousand times what the others take. */
const SLOW: readonly SigningAlgorithmName[] = ['RS256'];

/** Longer than two RSA keys take on a busy machine. A process that ended before it was done holds others up so long. */
const CLAIM_SECONDS = 10;
/** How often a process looks whether another one has made them. */
const LOOK_MS = 100;

/**
 * Makes keys. Those of an algorithm are stored, and so published, in the unit of work that chooses the algorithm: a
 * tenant, a policy, a client. They are made before it begins, because an RSA key takes too long for a transaction.
 *
 * A new tenant gets its RSA keys when its key set is asked for or when something is first signed with them, whichever
 * is sooner. No verifier can have a key set from before.
 */
@Injectable()
export class KeyProvision {
  /** By tenant and algorithm: requests that come together wait for the same keys. */
  private readonly making = new Map<string, Promise<void>>();
  private readonly logger = new Logger('Keys');

  constructor(
    private readonly database: Database,
    private readonly repository: SigningKeysRepository,
    private readonly vault: TenantVault,
    private readonly stock: KeyStock,
    private readonly changes: ChangeFeed,
  ) {}

  /**
   * For a tenant that is about to be made, without those that take long. It has no data key yet, so these are not
   * sealed.
   */
  generateFirstPairs(algorithms: readonly SigningAlgorithmName[]): Promise<KeyPair[]> {
    const quick = [...new Set(algorithms)].filter((alg) => !SLOW.includes(alg));
    return Promise.all(quick.map((alg) => this.pair(alg, () => this.generate(alg))));
  }

  /** The first keys of a tenant, in the transaction that makes it. */
  async createFirstKeys(
    tenantId: TenantId,
    pairs: readonly KeyPair[],
    { dataKey, transaction }: { readonly dataKey: Buffer; readonly transaction: Transaction },
  ): Promise<void> {
    const sealed = (key: GeneratedKey) => ({
      ...key,
      privateKey: seal(dataKey, key.privateKey, `${PRIVATE_KEY_CONTEXT}:${tenantId}`),
    });
    const storing = pairs.map(({ alg, first, next }) =>
      this.createPair(tenantId, { alg, first: sealed(first), next: sealed(next) }, transaction),
    );
    await Promise.all(storing);
  }

  /** What is missing for these algorithms; nothing when the tenant has keys of each. */
  async prepare(tenantId: TenantId, algorithms: readonly SigningAlgorithmName[]): Promise<readonly KeyPair[]> {
    if (algorithms.length === 0) return [];
    const known = await this.repository.listAlgorithms(tenantId);
    const missing = [...new Set(algorithms)].filter((alg) => !known.includes(alg));
    return Promise.all(missing.map((alg) => this.pair(alg, () => this.generateSealed(tenantId, alg))));
  }

  /** Stores what `prepare` made. Where another transaction was faster, its keys stay. */
  async publish(tenantId: TenantId, pairs: readonly KeyPair[], transaction: Transaction): Promise<void> {
    if (pairs.length === 0) return;
    await this.repository.lock(tenantId, transaction);
    for (const pair of pairs) await this.createPair(tenantId, pair, transaction);
  }

  /** After the commit. */
  announce(tenantId: TenantId, pairs: readonly Pick<KeyPair, 'alg'>[]): void {
    for (const { alg } of pairs) this.changes.announce({ table: 'signing_keys', tenantId, key: alg });
  }

  /**
   * Keys of an algorithm that the tenant names and has none of yet. They count as published since verifiers could have
   * asked for them, because no key set leaves without the keys of every algorithm named. Of several processes that are
   * asked at once, one makes those that take long.
   */
  ensureKeys(tenantId: TenantId, alg: SigningAlgorithmName): Promise<void> {
    const name = `${tenantId}:${alg}`;
    const under = this.making.get(name);
    if (under) return under;
    const make = SLOW.includes(alg) ? this.makeInTurn(tenantId, alg) : this.makeMissing(tenantId, alg);
    const making = make.finally(() => this.making.delete(name));
    this.making.set(name, making);
    return making;
  }

  private async makeInTurn(tenantId: TenantId, alg: SigningAlgorithmName): Promise<void> {
    for (;;) {
      const turn = await this.repository.claim(tenantId, alg, CLAIM_SECONDS);
      if (turn === 'known') return;
      if (turn === 'ours') break;
      await delay(LOOK_MS);
    }
    try {
      await this.makeMissing(tenantId, alg);
    } finally {
      // Where even that fails, the claim ends by itself.
      await this.repository.giveUpClaim(tenantId, alg).catch((error: unknown) => this.logger.warn(error));
    }
  }

  private async makeMissing(tenantId: TenantId, alg: SigningAlgorithmName): Promise<void> {
    const pairs = await this.prepare(tenantId, [alg]);
    if (pairs.length === 0) return;
    const known = pairs.map((pair) => ({
      ...pair,
      first: { ...pair.first, publishedForSeconds: KEY_SET_LIFETIME_SECONDS },
      next: { ...pair.next, publishedForSeconds: KEY_SET_LIFETIME_SECONDS },
    }));
    await this.database.transaction(tenantId, (transaction) => this.publish(tenantId, known, transaction));
    this.announce(tenantId, pairs);
  }

  async generateSealed(tenantId: TenantId, alg: SigningAlgorithmName): Promise<GeneratedKey> {
    const key = await this.generate(alg);
    return { ...key, privateKey: await this.vault.seal(tenantId, key.privateKey, PRIVATE_KEY_CONTEXT) };
  }

  /** @returns whether the first one was missing */
  async createPair(tenantId: TenantId, { alg, first, next }: KeyPair, transaction: Transaction): Promise<boolean> {
    const withFirst = await this.repository.createFirst(tenantId, alg, first, transaction);
    await this.repository.createNext(tenantId, alg, { ...next, withFirst }, transaction);
    return withFirst;
  }

  private async pair(alg: SigningAlgorithmName, make: () => Promise<GeneratedKey>): Promise<KeyPair> {
    const [first, next] = await Promise.all([make(), make()]);
    return { alg, first, next };
  }

  private generate(alg: SigningAlgorithmName): Promise<GeneratedKey> {
    return alg === 'RS256' ? this.stock.take() : SIGNING_ALGORITHMS[alg].generate();
  }
}
