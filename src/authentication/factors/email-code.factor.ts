import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { Mailer } from '../../mail/mailer.js';
import { mailLocale } from '../../notices/mail-locale.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { User } from '../../users/user.js';
import { shownCode } from '../../verification/verification-code.js';
import { Verifications } from '../../verification/verifications.js';
import type { CodeRequest, SecondFactor, SecondFactorAttempt, UseUp } from '../authentication-factor.js';

const PURPOSE = 'email_code';
const LIFETIME_SECONDS = 600;

/**
 * A code that is mailed to the verified address of the person, and counts in the browser that asked for it. NIST SP
 * 800-63B-4 §3.1.3.1 does not take it for a second factor, so a tenant has to want it (policy `email_codes`).
 */
@Injectable()
export class EmailCodeFactor implements SecondFactor {
  readonly role = 'second';
  readonly name = 'email-code';
  readonly amr = ['otp'];
  readonly challengePage = '/second-factor/email-code';
  readonly sendsMail = true;

  constructor(
    private readonly database: Database,
    private readonly verifications: Verifications,
    private readonly mailer: Mailer,
  ) {}

  isOffered({ policy }: Tenant): boolean {
    return policy.secondFactor !== 'off' && policy.emailCodes === 'second_factor' && this.mailer.isAvailable;
  }

  isReady(_: Tenant, { email, emailVerified }: User): boolean {
    return email !== undefined && emailVerified;
  }

  /** @throws MailLimitError, UnusableAddressError */
  async sendCode({ tenant, user, browserSecret, origin, locale }: CodeRequest): Promise<string> {
    const { id: userId, email: address = '' } = user;
    await this.verifications.prepare(tenant);
    return this.database.transaction(tenant.id, async (transaction) => {
      const browser = { secret: browserSecret };
      const asked = { purpose: PURPOSE, address, userId, browser, lifetimeSeconds: LIFETIME_SECONDS } as const;
      const challenge = await this.verifications.begin(tenant, asked, transaction);
      const mail = {
        template: 'email_code',
        to: address,
        userId,
        locale: mailLocale(tenant, user, locale),
        code: shownCode(challenge.code),
        values: { minutes: LIFETIME_SECONDS / 60 },
        usefulForSeconds: LIFETIME_SECONDS,
        origin,
      } as const;
      await this.mailer.send(tenant, mail, transaction);
      return challenge.id;
    });
  }

  async verify({ tenant, user, credentials, browserSecret }: SecondFactorAttempt): Promise<UseUp | undefined> {
    const [sent, code] = [credentials.find('sent') ?? '', credentials.find('code') ?? ''];
    const found = await this.verifications.checkCode(tenant, PURPOSE, sent, code, { secret: browserSecret });
    if (typeof found === 'string') return undefined;
    // It was sent to somebody else who used this browser, or to an address of before.
    if (found.userId !== user.id || found.address !== user.email) return undefined;
    return (transaction) => this.verifications.redeem(tenant, found, transaction);
  }
}
