import { Injectable } from '@nestjs/common';
import { KeyRotation } from '../../keys/key-rotation.js';
import { SigningKeysRepository } from '../../keys/signing-keys.repository.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { RotateKeysDto } from './keys.dto.js';
import type { Page } from '../kit/paging.js';
import type { Caller } from '../kit/principal.js';
import { Recording } from '../kit/recording.js';
import { keyView } from './key.view.js';
import type { View } from '../kit/view.js';

/** What operators and tenant admins do with signing keys. */
@Injectable()
export class KeyManagement {
  constructor(
    private readonly repository: SigningKeysRepository,
    private readonly rotation: KeyRotation,
    private readonly recording: Recording,
  ) {}

  /** Their number is bounded, so they are one page. */
  async list(tenant: Tenant): Promise<Page<View>> {
    const keys = await this.repository.listPublished(tenant.id);
    return { data: keys.map(keyView), page: { next: null, has_more: false } };
  }

  async rotate(caller: Caller, tenant: Tenant, { alg }: RotateKeysDto): Promise<Page<View>> {
    const chosen = alg ?? tenant.policy.signingAlg;
    const change = { type: 'keys.rotated', target: `keys:${chosen}` } as const;
    await this.rotation.rotate(tenant.id, chosen, this.recording.of(caller, tenant.id, change));
    return this.list(tenant);
  }
}
