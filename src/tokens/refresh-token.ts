import { Injectable } from '@nestjs/common';
import { digest, hmacSha256 } from '../crypto/digest.js';
import { randomSecret } from '../crypto/random.js';
import { TenantVault } from '../keys/tenant-vault.js';
import type { Tenant } from '../tenants/tenant.js';

/** The value that is sent, and what the database keeps of it. */
export interface RefreshToken {
  readonly value: string;
  readonly digest: Buffer;
}

/**
 * Makes refresh tokens. The successor of a token is derived from that token and a key of the tenant. So the same
 * successor can be sent again when an answer was lost, although only digests are stored.
 */
@Injectable()
export class RefreshTokenFactory {
  constructor(private readonly vault: TenantVault) {}

  create(): RefreshToken {
    return withDigest(randomSecret());
  }

  async successorOf(tenant: Tenant, value: string): Promise<RefreshToken> {
    const key = await this.vault.deriveKey(tenant.id, 'refresh-token-successor');
    return withDigest(hmacSha256(key, value).toString('base64url'));
  }
}

function withDigest(value: string): RefreshToken {
  return { value, digest: digest(value) };
}
