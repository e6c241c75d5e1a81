import { type KeyObject, createPublicKey } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { JSONWebKeySet, JWK } from 'jose';
import type { Change } from '../database/change-feed.js';
import { estimateBytes } from '../database/memory-size.js';
import type { TenantCache } from '../database/tenant-cache.js';
import { TenantCaches } from '../database/tenant-caches.js';
import { type TenantId, toTenantId } from '../database/tenant-id.js';
import { KeyProvision, PRIVATE_KEY_CONTEXT } from './key-provision.js';
import {
  SIGNING_ALGORITHMS,
  SIGNING_ALGORITHM_NAMES,
  type SigningAlgorithm,
  type SigningAlgorithmName,
} from './signing-algorithm.js';
import { SigningKeysRepository } from './signing-keys.repository.js';
import { TenantVault } from './tenant-vault.js';

/** A private key ready to sign: imported once per process. */
export interface SigningKey {
  readonly kid: string;
  readonly algorithm: SigningAlgorithm;
  readonly privateKey: KeyObject;
  /** Unix time in milliseconds at which another key takes over. */
  readonly signsUntil: number;
}

export interface VerificationKey {
  readonly alg: SigningAlgorithmName;
  readonly publicKey: KeyObject;
}

/**
 * A published key. It is imported when the first signature under it is verified, because most published keys are never
 * used.
 */
class PublishedKey implements VerificationKey {
  private imported: KeyObject | undefined;

  constructor(
    readonly alg: SigningAlgorithmName,
    private readonly jwk: JWK,
  ) {}

  get publicKey(): KeyObject {
    return (this.imported ??= createPublicKey({ key: this.jwk, format: 'jwk' }));
  }
}

/** What a tenant publishes at its `jwks_uri`. */
export interface PublishedKeys {
  readonly jwks: JSONWebKeySet;
  readonly byKid: ReadonlyMap<string, VerificationKey>;
  readonly algorithms: ReadonlySet<SigningAlgorithmName>;
}

/** What OpenSSL and Node.js hold for one private key that has signed: measured, resident. */
const PRIVATE_KEY_BYTES: Readonly<Record<SigningAlgorithmName, number>> = { ES256: 3700, RS256: 6000, EdDSA: 2000 };
/** The same for a public key, once a signature under it was met. */
const PUBLIC_KEY_BYTES = 1500;

/** The tenants' keys in use, from caches that are invalidated by rotations. */
@Injectable()
export class Keyring {
  private readonly signing: TenantCache<SigningKey>;
  private readonly published: TenantCache<PublishedKeys>;

  constructor(
    private readonly repository: SigningKeysRepository,
    private readonly provision: KeyProvision,
    private readonly vault: TenantVault,
    caches: TenantCaches,
  ) {
    this.signing = caches.create<SigningKey>({
      name: 'signing-keys',
      lifetimeSeconds: 600,
      load: (key) => this.loadSigningKey(key),
      sizeOf: ({ kid, algorithm }) => estimateBytes({ kid }) + PRIVATE_KEY_BYTES[algorithm.name],
      keysOf: changedSigningKeys,
    });
    this.published = caches.create<PublishedKeys>({
      name: 'published-keys',
      lifetimeSeconds: 60,
      load: (tenantId) => this.loadPublished(toTenantId(tenantId)),
      sizeOf: ({ jwks, byKid }) => estimateBytes(jwks) + byKid.size * PUBLIC_KEY_BYTES,
      keysOf: ({ table, tenantId }) => (table === 'signing_keys' ? [tenantId] : []),
    });
  }

  /** Begins to read the current signing key, where it is not cached, so that it is there sooner when it is needed. */
  expect(tenantId: TenantId, alg: SigningAlgorithmName): void {
    Promise.resolve(this.signing.find(`${tenantId}:${alg}`)).catch(() => undefined); // whoever needs it hears of it
  }

  /** The current signing key, when there is one. */
  async findSigningKey(tenantId: TenantId, alg: SigningAlgorithmName): Promise<SigningKey | undefined> {
    const known = await this.signing.find(`${tenantId}:${alg}`);
    return known && known.signsUntil > Date.now() ? known : undefined;
  }

  /** The current signing key. It is made where the tenant has none of this algorithm yet. */
  async signingKey(tenantId: TenantId, alg: SigningAlgorithmName): Promise<SigningKey> {
    const cacheKey = `${tenantId}:${alg}`;
    const known = await this.signing.find(cacheKey);
    if (known && known.signsUntil > Date.now()) return known;
    this.signing.invalidate(cacheKey);
    if (!known) {
      await this.provision.ensureKeys(tenantId, alg);
      this.invalidate(tenantId, alg);
    }
    const key = await this.signing.find(cacheKey);
    if (!key) throw new Error(`Tenant ${tenantId} has no ${alg} key that signs.`);
    return key;
  }

  /** Every key whose signatures may be met now, the waiting one included. */
  async publishedKeys(tenantId: TenantId): Promise<PublishedKeys> {
    return (await this.published.find(tenantId)) ?? { jwks: { keys: [] }, byKid: new Map(), algorithms: new Set() };
  }

  /**
   * The same, with keys of these algorithms. A new tenant has no RSA keys, and a policy above the tenant chooses an
   * algorithm without writing to the tenant: these keys are made when the key set is asked for, before they sign.
   */
  async publishedKeysWith(tenantId: TenantId, algorithms: readonly SigningAlgorithmName[]): Promise<PublishedKeys> {
    const keys = await this.publishedKeys(tenantId);
    const missing = algorithms.filter((alg) => !keys.algorithms.has(alg));
    if (missing.length === 0) return keys;
    for (const alg of missing) {
      await this.provision.ensureKeys(tenantId, alg);
      this.invalidate(tenantId, alg);
    }
    return this.publishedKeys(tenantId);
  }

  private invalidate(tenantId: TenantId, alg: string): void {
    this.signing.invalidate(`${tenantId}:${alg}`);
    this.published.invalidate(tenantId);
  }

  private async loadSigningKey(cacheKey: string): Promise<SigningKey | undefined> {
    const [id, alg] = cacheKey.split(':') as [string, SigningAlgorithmName];
    const tenantId = toTenantId(id);
    this.vault.expect(tenantId);
    const row = await this.repository.findCurrent(tenantId, alg);
    if (!row) return undefined;
    const algorithm = SIGNING_ALGORITHMS[alg];
    const der = await this.vault.open(tenantId, row.private_key, PRIVATE_KEY_CONTEXT);
    const privateKey = algorithm.importPrivateKey(der);
    der.fill(0);
    return { kid: row.kid, algorithm, privateKey, signsUntil: row.signs_until?.getTime() ?? Infinity };
  }

  private async loadPublished(tenantId: TenantId): Promise<PublishedKeys> {
    const entities = await this.repository.listPublished(tenantId);
    const keys = entities.map((entity) => entity.publicJwk);
    const byKid = new Map(entities.map(({ kid, alg, publicJwk }) => [kid, new PublishedKey(alg, publicJwk)]));
    return { jwks: { keys }, byKid, algorithms: new Set(entities.map(({ alg }) => alg)) };
  }
}

/** Invalidates opened private keys also when the tenant's data key changes, because they were opened with it. */
function changedSigningKeys({ table, tenantId, key }: Change): string[] {
  if (table === 'signing_keys') return [`${tenantId}:${key}`];
  return table === 'tenant_data_keys' ? SIGNING_ALGORITHM_NAMES.map((alg) => `${tenantId}:${alg}`) : [];
}
