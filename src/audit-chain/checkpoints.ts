import { Injectable } from '@nestjs/common';
import type { TenantId } from '../database/tenant-id.js';
import { Keyring } from '../keys/keyring.js';
import { SigningKeysRepository } from '../keys/signing-keys.repository.js';
import { signJwt } from '../tokens/jwt.js';
import { AuditChainRepository, type ChainHead } from './audit-chain.repository.js';
import { CHECKPOINT_TYPE, type CheckpointClaims } from './checkpoint-claims.js';

/**
 * Signs the ends of chains with the key that the tenant signs tokens with (JWS, RFC 7515). Whoever has the tenant's JWKS
 * can verify them.
 */
@Injectable()
export class Checkpoints {
  constructor(
    private readonly repository: AuditChainRepository,
    private readonly signingKeys: SigningKeysRepository,
    private readonly keyring: Keyring,
  ) {}

  /** @returns false when the tenant has no key, because it is gone */
  async sign(tenantId: TenantId, { seq, hash }: Pick<ChainHead, 'seq' | 'hash'>): Promise<boolean> {
    const [alg] = await this.signingKeys.listAlgorithms(tenantId);
    if (alg === undefined) return false;
    const key = await this.keyring.signingKey(tenantId, alg);
    const claims: CheckpointClaims = { tenant_id: tenantId, seq, hash, iat: Math.floor(Date.now() / 1000) };
    await this.repository.addCheckpoint(tenantId, { seq, kid: key.kid, jws: signJwt(key, claims, CHECKPOINT_TYPE) });
    return true;
  }

  /** Signs the end unless a key that the tenant publishes now has done so. */
  async ensure(tenantId: TenantId, head: ChainHead): Promise<void> {
    if (head.seq === 0) return;
    const last = await this.repository.findCheckpoint(tenantId);
    const { byKid } = await this.keyring.publishedKeys(tenantId);
    if (last?.seq === head.seq && byKid.has(last.kid)) return;
    await this.sign(tenantId, head);
  }
}
