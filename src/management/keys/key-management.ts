import { Injectable } from '@nestjs/common';
import { type KeyChange, KeyRotation } from '../../keys/key-rotation.js';
import { Keyring } from '../../keys/keyring.js';
import { type SigningKeyEntity, stateOf } from '../../keys/signing-key.entity.js';
import { SigningKeysRepository } from '../../keys/signing-keys.repository.js';
import { signingAlgorithmsOf } from '../../tenants/signing-handover.js';
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
    private readonly keyring: Keyring,
  ) {}

  async list(tenant: Tenant): Promise<Page<View>> {
    // Whoever looks for keys finds those that a new tenant does not have yet.
    await this.keyring.publishedKeysWith(tenant.id, signingAlgorithmsOf(tenant));
    return pageOf(await this.repository.listPublished(tenant.id));
  }

  async rotate(write: ManagementWrite, tenant: Tenant, { alg }: RotateKeysDto): Promise<WriteAnswer> {
    const before = await this.states(tenant);
    return write.perform<KeyChange>({
      tenantId: tenant.id,
      change: ({ changed, kids, keys }) =>
        changed
          ? { type: 'keys.rotated', target: `keys:${alg ?? 'all'}`, details: { kids }, before, after: statesOf(keys) }
          : undefined,
      answer: ({ keys }) => new WriteAnswer(pageOf(keys)),
      work: (companion) => this.rotation.rotate(tenant.id, alg, companion),
      otherwise: notFound,
    });
  }

  private async states(tenant: Tenant): Promise<View> {
    return statesOf(await this.repository.listPublished(tenant.id));
  }

  async revoke(write: ManagementWrite, tenant: Tenant, kid: string): Promise<WriteAnswer> {
    if (!KID.test(kid)) throw notFound();
    const before = await this.states(tenant);
    return write.perform<KeyChange>({
      tenantId: tenant.id,
      change: ({ changed, keys }) =>
        changed
          ? { type: 'key.revoked', target: `key:${kid}`, details: { kid }, before, after: statesOf(keys) }
          : undefined,
      answer: ({ keys }) => new WriteAnswer(pageOf(keys)),
      work: (companion) => this.rotation.revoke(tenant.id, kid, companion),
      otherwise: notFound,
    });
  }
}

/** For the audit log: the state of each key that is published. */
function statesOf(keys: readonly SigningKeyEntity[]): View {
  const now = new Date();
  return { keys: Object.fromEntries(keys.map((key) => [key.kid, stateOf(key, now)])) };
}

/** Their number is bounded, so they are one page. */
function pageOf(keys: readonly SigningKeyEntity[]): Page<View> {
  return { data: keys.map(keyView), page: { next: null, has_more: false } };
}
