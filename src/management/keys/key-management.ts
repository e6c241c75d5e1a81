import { Injectable } from '@nestjs/common';
import { KeyRotation } from '../../keys/key-rotation.js';
import { SigningKeysRepository } from '../../keys/signing-keys.repository.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { RotateKeysDto } from './keys.dto.js';
import type { Page } from '../kit/paging.js';
import type { Caller } from '../kit/principal.js';
import { Recording } from '../kit/recording.js';
import { type KeyView, keyView } from '../views.js';

/** What operators and tenant admins do with signing keys. */
@Injectable()
export class KeyManagement {
  constructor(
    private readonly repository: SigningKeysRepository,
    private readonly rotation: KeyRotation,
    private readonly recording: Recording,
  ) {}

  /** Their number is bounded, so they are one page. */
  async list(tenant: Tenant): Promise<Page<KeyView>> {
    const keys = await this.repository.listPublished(tenant.id);
    return { data: keys.map(keyView), page: { next: null, has_more: false } };
  }

  async rotate(caller: Caller, tenant: Tenant, { alg }: RotateKeysDto): Promise<Page<KeyView>> {
    const chosen = alg ?? tenant.policy.signingAlg;
    const change = { type: 'keys.rotated', target: `keys:${chosen}` } as const;
    await this.rotation.rotate(tenant.id, chosen, ({ retired, promoted, created }) =>
      this.recording.of(caller, tenant.id, { ...change, details: { alg: chosen, retired, promoted, created } }),
    );
    return this.list(tenant);
  }
}
