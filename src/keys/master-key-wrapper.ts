import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config/config.js';
import { open, seal } from '../crypto/envelope.js';
import type { TenantId } from '../database/tenant-id.js';
import type { KeyWrapper } from './key-wrapper.js';

/** AES-256-GCM under `MASTER_KEY`, bound to the tenant. */
@Injectable()
export class MasterKeyWrapper implements KeyWrapper {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  async wrap(tenantId: TenantId, dataKey: Buffer): Promise<Buffer> {
    return seal(this.config.masterKey, dataKey, `data-key:${tenantId}`);
  }

  async unwrap(tenantId: TenantId, wrapped: Buffer): Promise<Buffer> {
    return open(this.config.masterKey, wrapped, `data-key:${tenantId}`);
  }
}
