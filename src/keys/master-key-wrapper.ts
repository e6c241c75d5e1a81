import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config/config.js';
import { open, seal } from '../crypto/envelope.js';
import type { TenantId } from '../database/tenant-id.js';
import type { KeyWrapper } from './key-wrapper.js';
import { MASTER_KEY_ID_BYTES, type MasterKey, masterKey } from './master-keys.js';

/** First byte of a value that names its key; without it comes the envelope alone, whose first byte is 1. */
const WITH_KEY_ID = 2;

/**
 * AES-256-GCM under `MASTER_KEY`, bound to the tenant: version (1 byte) | key id (8) | envelope. While the key is being
 * changed, both keys open, and the one that every process has is the one that wraps.
 */
@Injectable()
export class MasterKeyWrapper implements KeyWrapper {
  readonly current: MasterKey;
  readonly previous: MasterKey | undefined;
  private wrapping: MasterKey;

  constructor(@Inject(CONFIG) config: Config) {
    this.current = masterKey(config.masterKey);
    this.previous = config.masterKeyPrevious && masterKey(config.masterKeyPrevious);
    // A process that was not restarted yet has the previous key only.
    this.wrapping = this.previous ?? this.current;
  }

  /** From now on the current key wraps: every process can open what it wraps. */
  wrapWithCurrent(): void {
    this.wrapping = this.current;
  }

  async wrap(tenantId: TenantId, dataKey: Buffer): Promise<Buffer> {
    const { id, key } = this.wrapping;
    return Buffer.concat([Buffer.from([WITH_KEY_ID]), id, seal(key, dataKey, contextOf(tenantId))]);
  }

  async unwrap(tenantId: TenantId, wrapped: Buffer): Promise<Buffer> {
    const context = contextOf(tenantId);
    if (wrapped[0] !== WITH_KEY_ID) return this.openUnnamed(wrapped, context);
    const named = this.keyOf(wrapped);
    if (!named) throw new Error(`The data key of tenant ${tenantId} is wrapped under a master key that is not here.`);
    return open(named.key, wrapped.subarray(1 + MASTER_KEY_ID_BYTES), context);
  }

  /** Whether this value was wrapped under the current key and says so. */
  isCurrent(wrapped: Buffer): boolean {
    return wrapped[0] === WITH_KEY_ID && this.keyOf(wrapped) === this.current;
  }

  private keyOf(wrapped: Buffer): MasterKey | undefined {
    const id = wrapped.subarray(1, 1 + MASTER_KEY_ID_BYTES);
    return [this.current, this.previous].find((known) => known?.id.equals(id));
  }

  /** Wrapped before keys had names: the envelope's tag tells whether it was this one. */
  private openUnnamed(wrapped: Buffer, context: string): Buffer {
    if (!this.previous) return open(this.current.key, wrapped, context);
    try {
      return open(this.previous.key, wrapped, context);
    } catch {
      return open(this.current.key, wrapped, context);
    }
  }
}

function contextOf(tenantId: TenantId): string {
  return `data-key:${tenantId}`;
}
