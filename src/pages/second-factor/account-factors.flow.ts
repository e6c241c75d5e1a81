import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import type { SecondFactor } from '../../authentication/authentication-factor.js';
import { FactorChanges, type FactorOwner } from '../../authentication/factor-changes.js';
import { FactorRegistry } from '../../authentication/factor.registry.js';
import { RECOVERY_CODE } from '../../factors/user-factors.repository.js';
import { SecondFactorSetup } from '../../sessions/second-factor-setup.js';
import type { Session } from '../../sessions/session.js';
import type { Tenant } from '../../tenants/tenant.js';
import { FRESH_SECONDS } from '../account-access.js';
import { type PageRequest, browserOf } from '../browser/current-browser.js';
import { AccountFrames } from '../frame/account-frames.js';
import { redirect } from '../outcome-responder.js';
import { RETURN } from '../page-address.js';
import { PageResponder, pathOf } from '../page-responder.js';
import { factorLink, namedFactor } from './factor-link.js';

const ADDRESS = '/account/second-factor';
const PURPOSE = 'account/second-factor';

/** The person's second factors, in their account. */
@Injectable()
export class AccountFactorsFlow {
  constructor(
    private readonly frames: AccountFrames,
    private readonly factors: FactorRegistry,
    private readonly changes: FactorChanges,
    private readonly setup: SecondFactorSetup,
    private readonly pages: PageResponder,
  ) {}

  async show(request: PageRequest, response: Response, tenant: Tenant): Promise<void> {
    const session = await this.frames.enter(request, response, tenant, { address: ADDRESS });
    if (!session) return;
    const kept = await this.changes.list(tenant, session.user.id);
    const form = (path: string, hidden: Readonly<Record<string, string>> = {}) =>
      this.pages.form(request, tenant, { path: `${ADDRESS}/${path}`, purpose: PURPOSE, hidden });
    const listed = kept?.factors ?? [];
    const own = listed.filter(({ name }) => name !== RECOVERY_CODE);
    const { rememberedDevices: count = 0 } = kept ?? {};
    const query = new URLSearchParams({ [RETURN]: ADDRESS }).toString();
    const framed = this.frames.frame(request, tenant, session, ADDRESS);
    const { locale } = framed.context;
    this.pages.send(response, {
      page: 'account-second-factor',
      ...framed,
      factors: own.map(({ name, factor, addedAt }) => {
        const isLast = this.factors.isLast(tenant, session.user, name);
        return {
          ...(factor ? namedFactor(factor, locale) : { factor: name }),
          ...(addedAt && { addedAt }),
          ...(factor && isRemovedHere(factor) && !isLast && { remove: form('remove', { factor: name }) }),
          ...(isLast && { isLast: true }),
        };
      }),
      setUp: this.factors
        .enrollableFor(tenant, session.user)
        .map(({ factor, page }) => factorLink(factor, pathOf(tenant, `${page}?${query}`), locale)),
      ...(own.length > 0 && {
        recoveryCodes: {
          left: listed.find(({ name }) => name === RECOVERY_CODE)?.codesLeft ?? 0,
          renew: form('recovery-codes'),
        },
      }),
      ...(count > 0 && { devices: { count, forget: form('forget') } }),
    });
  }

  async remove(request: PageRequest, response: Response, tenant: Tenant, name: string): Promise<void> {
    const session = await this.fresh(request, response, tenant);
    if (!session) return;
    if (this.factors.isLast(tenant, session.user, name)) return redirect(response, pathOf(tenant, ADDRESS));
    const factor = this.factors.findSecond(name);
    // Said also when it was removed before: the form may have been sent twice.
    if (factor && isRemovedHere(factor)) {
      await this.changes.remove(tenant, factor, this.ownerOf(request, tenant, session));
    }
    redirect(response, pathOf(tenant, `${ADDRESS}?factor_removed`));
  }

  /** The answer shows the codes, this once. */
  async renewCodes(request: PageRequest, response: Response, tenant: Tenant): Promise<void> {
    const session = await this.fresh(request, response, tenant);
    if (!session) return;
    if (session.user.secondFactors.length === 0) return redirect(response, pathOf(tenant, ADDRESS));
    const codes = await this.setup.renewRecoveryCodes(tenant, this.ownerOf(request, tenant, session));
    this.pages.send(response, {
      page: 'recovery-codes',
      context: this.pages.context(request, tenant),
      codes,
      isNewFactor: false,
      continueHref: pathOf(tenant, ADDRESS),
    });
  }

  async forgetDevices(request: PageRequest, response: Response, tenant: Tenant): Promise<void> {
    const session = await this.frames.enter(request, response, tenant, { address: ADDRESS });
    if (!session) return;
    await this.changes.forgetDevices(tenant, this.ownerOf(request, tenant, session));
    redirect(response, pathOf(tenant, `${ADDRESS}?devices_forgotten`));
  }

  private ownerOf(request: PageRequest, tenant: Tenant, { user, id }: Session): FactorOwner {
    const { locale } = this.pages.context(request, tenant);
    return { user, sessionId: id, origin: { ...browserOf(request).origin, locale } };
  }

  private fresh(request: PageRequest, response: Response, tenant: Tenant): Promise<Session | undefined> {
    return this.frames.enter(request, response, tenant, { address: ADDRESS, maxAgeSeconds: FRESH_SECONDS });
  }
}

/** Recovery codes go with the last factor that they stand in for. */
function isRemovedHere({ name, accountPage }: SecondFactor): boolean {
  return accountPage === undefined && name !== RECOVERY_CODE;
}
