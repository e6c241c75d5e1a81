import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { deriveKey, open, seal } from '../crypto/envelope.js';
import { Database } from '../database/database.js';
import { estimateBytes } from '../database/memory-size.js';
import { type Transaction, statement } from '../database/statement.js';
import type { TenantCache } from '../database/tenant-cache.js';
import { TenantCaches } from '../database/tenant-caches.js';
import { type TenantId, toTenantId } from '../database/tenant-id.js';
import { KEY_WRAPPER, type KeyWrapper } from './key-wrapper.js';

const createDataKey = statement(
  'tenant_data_keys.create',
  'INSERT INTO tenant_data_keys (tenant_id, wrapped_key) VALUES ($1, $2)',
);
const findDataKey = statement('tenant_data_keys.find', 'SELECT wrapped_key FROM tenant_data_keys WHERE tenant_id = $1');

/** Seals, opens and derives with the data key of one tenant, without waiting. */
export interface TenantCipher {
  /** `context` names what is sealed; it has to be the same to open it. */
  seal(plaintext: Buffer, context: string): Buffer;
  open(sealed: Buffer, context: string): Buffer;
  /** A 32-byte key for one purpose. */
  deriveKey(purpose: string): Buffer;
}

/**
 * Each tenant's own 256-bit data key: seals its private keys and stored answers, and is the root of its derived keys.
 * Deleting that one row makes everything sealed under it unreadable.
 */
@Injectable()
export class TenantVault {
  private readonly dataKeys: TenantCache<Buffer>;

  constructor(
    private readonly database: Database,
    @Inject(KEY_WRAPPER) private readonly wrapper: KeyWrapper,
    caches: TenantCaches,
  ) {
    this.dataKeys = caches.create<Buffer>({
      name: 'data-keys',
      lifetimeSeconds: 600,
      load: (tenantId) => this.loadDataKey(toTenantId(tenantId)),
      sizeOf: estimateBytes,
      keysOf: ({ table, tenantId }) => (table === 'tenant_data_keys' ? [tenantId] : []),
    });
  }

  /** Gives a new tenant its data key, within the transaction that makes the tenant. */
  async createDataKey(tenantId: TenantId, transaction: Transaction): Promise<Buffer> {
    const dataKey = randomBytes(32);
    await transaction.query(createDataKey, [tenantId, await this.wrapper.wrap(tenantId, dataKey)]);
    return dataKey;
  }

  /** `context` names what is sealed; it has to be the same to open it. */
  async seal(tenantId: TenantId, plaintext: Buffer, context: string): Promise<Buffer> {
    return seal(await this.dataKey(tenantId), plaintext, `${context}:${tenantId}`);
  }

  async open(tenantId: TenantId, sealed: Buffer, context: string): Promise<Buffer> {
    return open(await this.dataKey(tenantId), sealed, `${context}:${tenantId}`);
  }

  /**
   * The same within a transaction. A data key that is not cached is read there, so that no second connection is needed
   * while the first one is held.
   */
  async within(tenantId: TenantId, transaction: Transaction): Promise<TenantCipher> {
    return cipherOf(tenantId, this.dataKeys.peek(tenantId) ?? (await this.readDataKey(tenantId, transaction)));
  }

  /** For work in which several things are sealed or opened. */
  async cipher(tenantId: TenantId): Promise<TenantCipher> {
    return cipherOf(tenantId, await this.dataKey(tenantId));
  }

  /**
   * Begins to read the data key, where it is not cached, so that it is read in the same round trip as what it opens.
   */
  expect(tenantId: TenantId): void {
    this.dataKey(tenantId).catch(() => undefined); // whoever needs it hears of it
  }

  /** A 32-byte key of this tenant for one purpose. */
  async deriveKey(tenantId: TenantId, purpose: string): Promise<Buffer> {
    return deriveKey(await this.dataKey(tenantId), purpose);
  }

  forget(tenantId: TenantId): void {
    this.dataKeys.invalidate(tenantId);
  }

  private async readDataKey(tenantId: TenantId, transaction: Transaction): Promise<Buffer> {
    const [row] = await transaction.query<{ wrapped_key: Buffer }>(findDataKey, [tenantId]);
    if (!row) throw new Error(`Tenant ${tenantId} has no data key.`);
    return this.wrapper.unwrap(tenantId, row.wrapped_key);
  }

  private async dataKey(tenantId: TenantId): Promise<Buffer> {
    const dataKey = await this.dataKeys.find(tenantId);
    if (!dataKey) throw new Error(`Tenant ${tenantId} has no data key.`);
    return dataKey;
  }

  private async loadDataKey(tenantId: TenantId): Promise<Buffer | undefined> {
    const [row] = await this.database.lookup<{ wrapped_key: Buffer }>(tenantId, findDataKey, [tenantId]);
    return row && unpooled(await this.wrapper.unwrap(tenantId, row.wrapped_key));
  }
}

/**
 * Copies the key. A Buffer cut from Node.js's pool would keep 8 kB of it in memory for as long as the key is cached.
 */
function unpooled(key: Buffer): Buffer {
  const copy = Buffer.alloc(key.length, key);
  key.fill(0);
  return copy;
}

function cipherOf(tenantId: TenantId, dataKey: Buffer): TenantCipher {
  return {
    seal: (plaintext, context) => seal(dataKey, plaintext, `${context}:${tenantId}`),
    open: (sealed, context) => open(dataKey, sealed, `${context}:${tenantId}`),
    deriveKey: (purpose) => deriveKey(dataKey, purpose),
  };
}
