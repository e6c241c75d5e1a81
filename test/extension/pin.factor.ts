import { Injectable } from '@nestjs/common';
import type { SecondFactor, SecondFactorAttempt, UseUp } from '../../src/authentication/authentication-factor.js';
import { UserFactorsRepository } from '../../src/factors/user-factors.repository.js';
import type { Locale } from '../../src/language/messages.js';
import type { User } from '../../src/users/user.js';

/** Somebody else's second factor: a number by text message, here the same for all. Alice has it from the beginning. */
@Injectable()
export class PinFactor implements SecondFactor {
  readonly role = 'second';
  readonly name = 'sms';
  readonly amr = ['sms'];
  readonly challengePage = '/second-factor/sms';

  constructor(private readonly factors: UserFactorsRepository) {}

  displayName(locale: Locale): string {
    return locale === 'de' ? 'Nummer aufs Telefon' : 'Text message';
  }

  isOffered(): boolean {
    return true;
  }

  isReady(_: unknown, { username, secondFactors }: User): boolean {
    return username === 'alice' || secondFactors.includes(this.name);
  }

  async verify({ tenant, user, credentials }: SecondFactorAttempt): Promise<UseUp | undefined> {
    if (credentials.find('code') !== '4711') return undefined;
    return (transaction) => this.factors.mark(tenant.id, user.id, this.name, transaction);
  }

  async enrol({ credentials }: SecondFactorAttempt): Promise<UseUp | undefined> {
    return credentials.find('code') === '4711' ? () => Promise.resolve(true) : undefined;
  }
}
