import { Injectable } from '@nestjs/common';
import { decodeBase64url } from '../crypto/base64url.js';
import { equalInConstantTime, digest, hmacSha256 } from '../crypto/digest.js';
import { fewRandomBytes } from '../crypto/random.js';
import { TenantVault } from '../keys/tenant-vault.js';
import type { Tenant } from '../tenants/tenant.js';
import type { Ceremony } from './passkey.js';
import { PasskeyRefusedError } from './passkey-refused.error.js';

/** How long a person may take to choose a passkey and unlock the device. */
export const CHALLENGE_LIFETIME_SECONDS = 600;

const RANDOM_BYTES = 16;
const EXPIRY_BYTES = 4;
const HEAD_BYTES = RANDOM_BYTES + EXPIRY_BYTES;
const LENGTH = HEAD_BYTES + 32;

/**
 * Challenges, WebAuthn Level 3 §13.4.3. A challenge is random, carries its expiry, and is authenticated with a key of
 * the tenant for one purpose, browser and subject. So pages that nobody answers store nothing. `PasskeysRepository.use`
 * stores the digest of an answered one, because it counts once.
 */
@Injectable()
export class PasskeyChallenges {
  constructor(private readonly vault: TenantVault) {}

  /** In base64url. */
  async issue(tenant: Tenant, ceremony: Ceremony): Promise<string> {
    const head = Buffer.alloc(HEAD_BYTES);
    fewRandomBytes(RANDOM_BYTES).copy(head);
    head.writeUInt32BE(Math.floor(Date.now() / 1000) + CHALLENGE_LIFETIME_SECONDS, RANDOM_BYTES);
    const tag = await this.tagOf(tenant, ceremony, ceremony.browser.secret, head);
    return Buffer.concat([head, tag]).toString('base64url');
  }

  /**
   * @returns the digest that marks it as answered
   * @throws PasskeyRefusedError unless it was issued for this very ceremony and has not expired
   */
  async check(tenant: Tenant, ceremony: Ceremony, challenge: string): Promise<Buffer> {
    const bytes = decodeBase64url(challenge);
    if (bytes?.length !== LENGTH || !(await this.isGenuine(tenant, ceremony, bytes))) {
      throw new PasskeyRefusedError('expired', 'unknown_challenge');
    }
    if (bytes.readUInt32BE(RANDOM_BYTES) < Date.now() / 1000) throw new PasskeyRefusedError('expired', 'old_challenge');
    return digest(challenge);
  }

  private async isGenuine(tenant: Tenant, ceremony: Ceremony, bytes: Buffer): Promise<boolean> {
    const [head, given] = [bytes.subarray(0, HEAD_BYTES), bytes.subarray(HEAD_BYTES)];
    const { secret, otherSecrets } = ceremony.browser;
    const tags = await Promise.all([secret, ...otherSecrets].map((own) => this.tagOf(tenant, ceremony, own, head)));
    return tags.some((tag) => equalInConstantTime(tag, given));
  }

  private async tagOf(tenant: Tenant, { purpose, subject }: Ceremony, secret: string, head: Buffer): Promise<Buffer> {
    const key = await this.vault.deriveKey(tenant.id, 'passkey-challenge');
    return hmacSha256(key, purpose, subject, tenant.issuer, secret, head.toString('base64url'));
  }
}
