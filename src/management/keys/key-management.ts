import { Injectable } from '@nestjs/common';
import { type KeyChange, KeyRotation } from '../../keys/key-rotation.js';
import type { SigningKeyEntity } from '../../keys/signing-key.entity.js';
import { SigningKeysRepository } from '../../keys/signing-keys.repository.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { RotateKeysDto } from './keys.dto.js';
import type { Page } from '../kit/paging.js';
import type { ManagementWrite } from '../kit/management-write.js';
import { notFound } from '../kit/problem.js';
import { keyView } from './key.view.js';
import type { View } from '../kit/view.js';
import { WriteAnswer } from '../kit/write-answer.js';

/** RFC 7638 thumbprint, in base64url. */
const KID = /^[\w-]{1,128}$/;

/** What operators and tenant admins do with signing keys. */
@Injectable()
export class KeyManagement {
  constructor(
    private readonly repository: SigningKeysRepository,
    private readonly rotation: KeyRotation,
  ) {}

  async list(tenant: Tenant): Promise<Page<View>> {
    return pageOf(await this.repository.listPublished(tenant.id));
  }

  async rotate(write: ManagementWrite, tenant: Tenant, { alg }: RotateKeysDto): Promise<WriteAnswer> {
    return write.perform<KeyChange>({
      tenantId: tenant.id,
      change: ({ changed, kids }) =>
        changed ? { type: 'keys.rotated', target: `keys:${alg ?? 'all'}`, details: { kids } } : undefined,
      answer: ({ keys }) => new WriteAnswer(pageOf(keys)),
      work: (companion) => this.rotation.rotate(tenant.id, alg, companion),
      otherwise: notFound,
    });
  }

  async revoke(write: ManagementWrite, tenant: Tenant, kid: string): Promise<WriteAnswer> {
    if (!KID.test(kid)) throw notFound();
    return write.perform<KeyChange>({
      tenantId: tenant.id,
      change: ({ changed }) => (changed ? { type: 'key.revoked', target: `key:${kid}`, details: { kid } } : undefined),
      answer: ({ keys }) => new WriteAnswer(pageOf(keys)),
      work: (companion) => this.rotation.revoke(tenant.id, kid, companion),
      otherwise: notFound,
    });
  }
}

/** Their number is bounded, so they are one page. */
function pageOf(keys: readonly SigningKeyEntity[]): Page<View> {
  return { data: keys.map(keyView), page: { next: null, has_more: false } };
}
