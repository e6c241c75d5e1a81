import { Injectable } from '@nestjs/common';
import type { Session } from '../../sessions/session.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { Told } from '../account-content.js';
import type { AccountSection, SectionState } from '../frame/account-section.js';

/** Second factors, on the security page. */
@Injectable()
export class SecondFactorSection implements AccountSection {
  readonly name = 'second-factor';
  readonly address = '/account/second-factor';
  readonly label: Told = (messages) => messages.text('factors.account.title');
  readonly isSecurity = true;

  isOffered({ policy }: Tenant): boolean {
    return policy.secondFactor !== 'off';
  }

  describe(_: Tenant, { user }: Session): SectionState {
    const key = user.secondFactors.length > 0 ? 'some' : 'none';
    return { status: (messages) => messages.text(`factors.account.${key}`) };
  }
}
