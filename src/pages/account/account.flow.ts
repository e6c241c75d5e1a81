import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import type { Tenant } from '../../tenants/tenant.js';
import type { PageRequest } from '../browser/current-browser.js';
import { AccountFrames, rowOf } from '../frame/account-frames.js';
import { PageResponder, pathOf } from '../page-responder.js';

/** The two pages that gather what the sections say of themselves. */
@Injectable()
export class AccountFlow {
  constructor(
    private readonly frames: AccountFrames,
    private readonly pages: PageResponder,
  ) {}

  async showOverview(request: PageRequest, response: Response, tenant: Tenant): Promise<void> {
    const session = await this.frames.enter(request, response, tenant);
    if (!session) return;
    const described = await this.frames.describe(tenant, session);
    this.pages.send(response, {
      page: 'account',
      ...this.frames.frame(request, tenant, session, '/account'),
      attention: described.flatMap(({ section, attention }) =>
        attention ? [{ href: pathOf(tenant, section.address), text: attention }] : [],
      ),
      sections: described
        .filter(({ section }) => !section.isSecurity && section.address !== '/account')
        .map((one) => rowOf(tenant, one)),
    });
  }

  async showSecurity(request: PageRequest, response: Response, tenant: Tenant): Promise<void> {
    const session = await this.frames.enter(request, response, tenant, { address: '/account/security' });
    if (!session) return;
    const described = await this.frames.describe(tenant, session, ({ isSecurity }) => isSecurity === true);
    this.pages.send(response, {
      page: 'account-security',
      ...this.frames.frame(request, tenant, session, '/account/security'),
      sections: described.map((one) => rowOf(tenant, one)),
    });
  }
}
