import { Injectable } from '@nestjs/common';
import { hmacSha256 } from '../crypto/digest.js';
import { RECOVERY_CODE_BYTES, fewRandomBytes, recoveryCodeOf } from '../crypto/random.js';
import { TenantVault } from '../keys/tenant-vault.js';
import type { TenantId } from '../database/tenant-id.js';

export const RECOVERY_CODE_COUNT = 10;

/** Codes on paper, each for one sign-in. What is stored are digests under a key of the tenant. */
@Injectable()
export class RecoveryCodes {
  constructor(private readonly vault: TenantVault) {}

  /** @param seed a secret of the form that asks for them: the same form that is sent twice is answered alike */
  async make(tenantId: TenantId, userId: string, seed?: string): Promise<{ codes: string[]; digests: Buffer[] }> {
    const key = seed === undefined ? undefined : await this.vault.deriveKey(tenantId, 'recovery codes of a form');
    const bytesOf = (index: number) =>
      key && seed !== undefined ? hmacSha256(key, userId, seed, String(index)) : fewRandomBytes(RECOVERY_CODE_BYTES);
    const codes = Array.from({ length: RECOVERY_CODE_COUNT }, (_, index) => recoveryCodeOf(bytesOf(index)));
    const digests = await Promise.all(codes.map((code) => this.digestOf(tenantId, userId, code)));
    return { codes, digests };
  }

  /** Case, spaces and hyphens make no difference. */
  async digestOf(tenantId: TenantId, userId: string, typed: string): Promise<Buffer> {
    const key = await this.vault.deriveKey(tenantId, 'recovery codes');
    return hmacSha256(key, userId, typed.slice(0, 100).toLowerCase().replace(/[\s-]/g, ''));
  }
}
