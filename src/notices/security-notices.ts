import { Injectable } from '@nestjs/common';
import type { RequestOrigin } from '../audit/request-origin.js';
import type { Transaction } from '../database/statement.js';
import type { Locale } from '../language/messages.js';
import type { Mail } from '../mail/mail.js';
import type { MailValues } from '../mail/mail-templates.js';
import { Mailer } from '../mail/mailer.js';
import type { SecurityNoticeName } from '../mail/templates/security-notices.mail.js';
import type { Tenant } from '../tenants/tenant.js';
import type { User } from '../users/user.js';
import { mailLocale } from './mail-locale.js';

/** The account as it was before the change: the notice goes to the address that was verified then. */
export type NoticeUser = Pick<User, 'id' | 'username' | 'email' | 'emailVerified' | 'claims'>;

/** What every notice says by itself. */
type Common = 'username' | 'at' | 'address';

export interface SecurityNotice<Name extends SecurityNoticeName> {
  readonly name: Name;
  readonly user: NoticeUser;
  /** Undefined for an administrator: where they are is not the user's business. */
  readonly origin: RequestOrigin | undefined;
  /** Of the page on which it was done; a language that the person has chosen goes first. */
  readonly locale?: Locale | undefined;
  /** A further address that is told, such as the new one of two. */
  readonly alsoTo?: string | null | undefined;
  /** What the text says beyond the common values, which may depend on the language of the mail. */
  readonly values: OwnValues<Name> | ((locale: Locale) => OwnValues<Name>);
}

type OwnValues<Name extends SecurityNoticeName> = Omit<MailValues<Name>, Common>;

/**
 * Tells people by mail what was changed about the security of their account (NIST SP 800-63B-4 §4.6). Whoever makes such
 * a change calls this in its transaction, as its last step. Only a verified address is told, because another may be a
 * stranger's.
 */
@Injectable()
export class SecurityNotices {
  constructor(private readonly mailer: Mailer) {}

  /** Never refuses the change: what cannot be mailed is dropped. */
  async send<Name extends SecurityNoticeName>(
    tenant: Tenant,
    { name, user, origin, locale, alsoTo, values }: SecurityNotice<Name>,
    transaction: Transaction,
  ): Promise<void> {
    if (!this.mailer.isAvailable) return;
    const own = user.emailVerified ? user.email : undefined;
    const addresses = [own, alsoTo].filter((address) => typeof address === 'string');
    const differing = addresses.filter((address, index) => index === 0 || !isSame(address, addresses[0]));
    const common = { username: user.username, at: new Date(), address: origin?.address ?? 'none' };
    const language = mailLocale(tenant, user, locale);
    const ownValues = typeof values === 'function' ? values(language) : values;
    for (const to of differing) {
      const mail = {
        template: name,
        to,
        userId: user.id,
        locale: language,
        values: { ...ownValues, ...common },
        link: '/account',
        origin,
        whenRefused: 'drop',
      };
      await this.mailer.send(tenant, mail as unknown as Mail, transaction);
    }
  }
}

function isSame(one: string, other: string | undefined): boolean {
  return one.toLowerCase() === other?.toLowerCase();
}
