import { Injectable } from '@nestjs/common';
import type { SecondFactor, SecondFactorAttempt, UseUp } from '../../src/authentication/authentication-factor.js';
import { UserFactorsRepository } from '../../src/factors/user-factors.repository.js';
import type { User } from '../../src/users/user.js';

/** Somebody else's second factor: a number by text message, here the same for all. */
@Injectable()
export class PinFactor implements SecondFactor {
  readonly role = 'second';
  readonly name = 'sms';
  readonly amr = ['sms'];
  readonly challengePage = '/second-factor/sms';

  constructor(private readonly factors: UserFactorsRepository) {}

  isOffered(): boolean {
    return true;
  }

  isReady(_: unknown, { username }: User): boolean {
    return username === 'alice';
  }

  async verify({ tenant, user, credentials }: SecondFactorAttempt): Promise<UseUp | undefined> {
    if (credentials.find('code') !== '4711') return undefined;
    return (transaction) => this.factors.mark(tenant.id, user.id, this.name, transaction);
  }
}
