import { Injectable } from '@nestjs/common';
import { digest } from '../crypto/digest.js';
import type { Transaction } from '../database/statement.js';
import type { TenantId } from '../database/tenant-id.js';
import { networkOf } from '../limits/network.js';
import { normalizeIdentifier } from '../users/identifier.js';
import { type AttemptBuckets, AttemptsRepository, type CountedBuckets } from './attempts.repository.js';

/** Who tries to sign in as whom. */
export interface Attempt {
  /** What was typed as user name or e-mail address. */
  readonly identifier: string;
  readonly address: string;
  /** The browser's own long-lived secret, if it sent one. */
  readonly device: string | undefined;
}

/**
 * Rate limits sign-in attempts by account and by network, without locking anybody out. A few attempts are free. Each
 * further one has to wait twice as long as the one before, up to a quarter of an hour. Counts decrease with time.
 * Attempts on a device with which the account's owner signed in before are counted for that device alone, so guesses
 * elsewhere do not slow the owner. Attempts from a network the owner signed in from before are counted for the account
 * at that network and for the network, but not for the account elsewhere.
 */
@Injectable()
export class AttemptLimiter {
  constructor(private readonly repository: AttemptsRepository) {}

  /**
   * Counts the attempt as failed before the password is checked.
   * @returns when it began (Unix seconds with fractions); the seconds to wait when it came too early; and what it was
   * counted on, for `succeed`
   */
  async begin(
    tenantId: TenantId,
    attempt: Attempt,
    transaction: Transaction,
  ): Promise<{ beganAt: number; waitSeconds: number | undefined; counted: CountedBuckets }> {
    const { beganAt, refused, waitSeconds, buckets } = await this.repository.begin(
      tenantId,
      bucketsOf(attempt),
      transaction,
    );
    return { beganAt, waitSeconds: refused ? Math.max(1, Math.ceil(waitSeconds)) : undefined, counted: buckets };
  }

  /** Takes the count back after a success, and remembers this device and network for the account. */
  async succeed(tenantId: TenantId, counted: CountedBuckets, transaction: Transaction): Promise<void> {
    await this.repository.succeed(tenantId, counted, transaction);
  }
}

function bucketsOf({ identifier, address, device }: Attempt): AttemptBuckets {
  const account = normalizeIdentifier(identifier).slice(0, 256);
  const network = networkOf(address);
  return {
    device: device === undefined ? undefined : digest(`device\n${device}\n${account}`),
    origin: digest(`origin\n${network}\n${account}`),
    address: digest(`address\n${network}`),
    account: digest(`account\n${account}`),
  };
}
