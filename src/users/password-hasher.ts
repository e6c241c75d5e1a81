import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { Injectable } from '@nestjs/common';
import { type Algorithm, type Options, hash, verify } from '@node-rs/argon2';
import { MAX_PASSWORD_LENGTH } from './password-rules.js';

const ARGON2ID = 2 as Algorithm;
/** OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, two passes, one lane. */
const OPTIONS: Options = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** How many may wait; at some 10 ms each the last of them is served within about a second. */
const MAX_WAITING = 64;
const RETRY_AFTER_SECONDS = 2;

/** Too many passwords are being checked at this moment: 503, try again. */
export class PasswordHasherBusyError extends Error {
  readonly retryAfterSeconds = RETRY_AFTER_SECONDS;
}

/**
 * argon2id hashing. As many hashes run at a time as there are cores, and a bounded number waits. When too many wait, a
 * sign-in is answered "busy" at once, and the token endpoint is not affected. One tenant can take half of the waiting
 * places at most.
 */
@Injectable()
export class PasswordHasher {
  private readonly concurrency = Math.max(1, availableParallelism());
  private readonly waiting: { readonly tenantId: string; readonly start: () => void }[] = [];
  private running = 0;
  private dummyHash: Promise<string> | undefined;

  get runningCount(): number {
    return this.running;
  }

  get waitingCount(): number {
    return this.waiting.length;
  }

  /** A PHC string. Unicode forms of the same text give the same hash (NIST SP 800-63B-4 §3.1.1.2). */
  hash(tenantId: string, password: string): Promise<string> {
    return this.schedule(tenantId, () => hash(password.normalize('NFKC'), OPTIONS));
  }

  /** Without a hash (unknown user, no password) it takes the same time and returns false. */
  async verify(tenantId: string, passwordHash: string | undefined, password: string): Promise<boolean> {
    this.dummyHash ??= hash(randomBytes(32), OPTIONS);
    const against = passwordHash ?? (await this.dummyHash);
    // A longer input cannot be a stored password and is not hashed. The answer takes as long as one for a wrong
    // password.
    const given = password.length > 4 * MAX_PASSWORD_LENGTH ? '' : password.normalize('NFKC');
    const matches = await this.schedule(tenantId, () => verify(against, given));
    return matches && passwordHash !== undefined && given !== '';
  }

  private async schedule<Result>(tenantId: string, work: () => Promise<Result>): Promise<Result> {
    if (this.running >= this.concurrency) await this.wait(tenantId);
    else this.running += 1;
    try {
      return await work();
    } finally {
      // A finished hash starts the next waiting one; `running` decreases only when none waits.
      const next = this.waiting.shift();
      if (next) next.start();
      else this.running -= 1;
    }
  }

  private wait(tenantId: string): Promise<void> {
    const ofTenant = this.waiting.reduce((count, one) => count + (one.tenantId === tenantId ? 1 : 0), 0);
    if (this.waiting.length >= MAX_WAITING || ofTenant >= MAX_WAITING / 2) throw new PasswordHasherBusyError('Busy.');
    return new Promise((start) => this.waiting.push({ tenantId, start }));
  }
}
