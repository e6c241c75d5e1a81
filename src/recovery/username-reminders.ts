import { Injectable } from '@nestjs/common';
import type { RequestOrigin } from '../audit/request-origin.js';
import { typedIdentifier } from '../authentication/typed-identifier.js';
import { Database } from '../database/database.js';
import { inPart } from '../database/savepoint.js';
import type { Locale } from '../language/messages.js';
import { NetworkLimits } from '../limits/network-limits.js';
import { RefusalRecorder } from '../limits/refusal-recorder.js';
import { Mailer } from '../mail/mailer.js';
import { mailLocale } from '../notices/mail-locale.js';
import type { Tenant } from '../tenants/tenant.js';
import { normalizeIdentifier } from '../users/identifier.js';
import { UsersRepository } from '../users/users.repository.js';
import { decoyAddress } from './decoy.js';
import { evenly } from './even-answers.js';

interface ReminderRequest {
  readonly email: string;
  readonly origin: RequestOrigin;
  readonly locale: Locale;
}

/** Forgotten user names: mailed to the verified address of the account that has it. Every address is answered alike. */
@Injectable()
export class UsernameReminders {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly mailer: Mailer,
    private readonly limits: NetworkLimits,
    private readonly refusals: RefusalRecorder,
  ) {}

  /** @throws TooManyAttemptsError when the network asks too often */
  async request(tenant: Tenant, asked: ReminderRequest): Promise<void> {
    this.limits.takeRecovery(tenant.id, asked.origin);
    return evenly(() => this.send(tenant, asked));
  }

  private async send(tenant: Tenant, { email, origin, locale }: ReminderRequest): Promise<void> {
    const normalized = normalizeIdentifier(email);
    const found = await this.database.transaction(tenant.id, async (transaction) => {
      const user = (await this.users.findByIdentifier(tenant.id, normalized, transaction))?.user;
      const { email: address } = user ?? {};
      const isOwn = user?.enabled && user.emailVerified && address && normalizeIdentifier(address) === normalized;
      const to = isOwn ? address : decoyAddress(email);
      await inPart(transaction, async () => {
        const mail = {
          template: 'username_reminder',
          to,
          userId: isOwn ? user.id : undefined,
          locale: mailLocale(tenant, user, locale),
          link: '/sign-in',
          values: { username: user?.username ?? email },
          origin,
          whenRefused: 'drop',
        } as const;
        await this.mailer.send(tenant, mail, transaction);
        return Boolean(isOwn);
      });
      return isOwn ? user : undefined;
    });
    this.refusals.record({
      tenantId: tenant.id,
      type: 'user.username_requested',
      outcome: found ? 'success' : 'failure',
      userId: found?.id,
      origin,
      details: typedIdentifier(email, { password: undefined, isKnown: found !== undefined }),
    });
  }
}
