import { Injectable } from '@nestjs/common';
import { PasskeysService } from '../../passkeys/passkeys.service.js';
import { offersPasskeys } from '../../passkeys/relying-party.js';
import type { Session } from '../../sessions/session.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { Told } from '../account-content.js';
import type { AccountSection, SectionState } from '../frame/account-section.js';

/** The person's passkeys. */
@Injectable()
export class PasskeysSection implements AccountSection {
  readonly name = 'passkeys';
  readonly address = '/account/passkeys';
  readonly label: Told = (messages) => messages.text('passkeys.title');
  readonly isSecurity = true;

  constructor(private readonly passkeys: PasskeysService) {}

  isOffered(tenant: Tenant): boolean {
    return offersPasskeys(tenant);
  }

  async describe(tenant: Tenant, { user }: Session): Promise<SectionState> {
    const { length: count } = await this.passkeys.list(tenant, user.id);
    return { status: (messages) => messages.text('passkeys.count', { count }) };
  }
}
