import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { FactorRegistry } from '../../authentication/factor.registry.js';
import { RECOVERY_CODE, TOTP, UserFactorsRepository } from '../../factors/user-factors.repository.js';
import { type FactorChangeOrigin, SecondFactorSetup } from '../../sessions/second-factor-setup.js';
import type { Session } from '../../sessions/session.js';
import type { Tenant } from '../../tenants/tenant.js';
import { FRESH_SECONDS } from '../account-access.js';
import { type PageRequest, browserOf } from '../browser/current-browser.js';
import { AccountFrames } from '../frame/account-frames.js';
import { redirect } from '../outcome-responder.js';
import { RETURN } from '../page-address.js';
import { PageResponder, pathOf } from '../page-responder.js';

const ADDRESS = '/account/second-factor';
const PURPOSE = 'account/second-factor';

/** The person's second factors, in their account. */
@Injectable()
export class AccountFactorsFlow {
  constructor(
    private readonly frames: AccountFrames,
    private readonly factors: FactorRegistry,
    private readonly repository: UserFactorsRepository,
    private readonly setup: SecondFactorSetup,
    private readonly pages: PageResponder,
  ) {}

  async show(request: PageRequest, response: Response, tenant: Tenant): Promise<void> {
    const session = await this.frames.enter(request, response, tenant, { address: ADDRESS });
    if (!session) return;
    const kept = await this.repository.find(tenant.id, session.user.id);
    const form = (path: string, hidden: Readonly<Record<string, string>> = {}) =>
      this.pages.form(request, tenant, { path: `${ADDRESS}/${path}`, purpose: PURPOSE, hidden });
    const names = kept?.factors ?? [];
    const isLast = (factor: string) => this.factors.isLast(tenant, session.user, factor);
    const query = new URLSearchParams({ [RETURN]: ADDRESS }).toString();
    this.pages.send(response, {
      page: 'account-second-factor',
      ...this.frames.frame(request, tenant, session, ADDRESS),
      factors: names
        .filter((factor) => factor !== RECOVERY_CODE)
        .map((factor) => ({
          factor,
          ...(factor === TOTP && kept?.totpCreatedAt && { addedAt: kept.totpCreatedAt }),
          ...(factor === TOTP && !isLast(factor) && { remove: form('remove', { factor }) }),
          ...(isLast(factor) && { isLast: true }),
        })),
      setUp: this.factors
        .enrollableFor(tenant, session.user)
        .flatMap(({ name, enrolmentPage }) =>
          enrolmentPage === undefined ? [] : [{ factor: name, href: pathOf(tenant, `${enrolmentPage}?${query}`) }],
        ),
      ...(names.some((factor) => factor !== RECOVERY_CODE) && {
        recoveryCodes: { left: kept?.recoveryCodesLeft ?? 0, renew: form('recovery-codes') },
      }),
      ...(kept && kept.rememberedDevices > 0 && { devices: { count: kept.rememberedDevices, forget: form('forget') } }),
    });
  }

  async remove(request: PageRequest, response: Response, tenant: Tenant, factor: string): Promise<void> {
    const session = await this.fresh(request, response, tenant);
    if (!session) return;
    if (this.factors.isLast(tenant, session.user, factor)) return redirect(response, pathOf(tenant, ADDRESS));
    // Said also when it was removed before: the form may have been sent twice.
    if (factor === TOTP) await this.setup.removeTotp(tenant, session, this.originOf(request, tenant));
    redirect(response, pathOf(tenant, `${ADDRESS}?factor_removed`));
  }

  /** The answer shows the codes, this once. */
  async renewCodes(request: PageRequest, response: Response, tenant: Tenant): Promise<void> {
    const session = await this.fresh(request, response, tenant);
    if (!session) return;
    if (session.user.secondFactors.length === 0) return redirect(response, pathOf(tenant, ADDRESS));
    const codes = await this.setup.renewRecoveryCodes(tenant, session, this.originOf(request, tenant));
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
    await this.setup.forgetDevices(tenant, session, browserOf(request).origin);
    redirect(response, pathOf(tenant, `${ADDRESS}?devices_forgotten`));
  }

  private originOf(request: PageRequest, tenant: Tenant): FactorChangeOrigin {
    return { ...browserOf(request).origin, locale: this.pages.context(request, tenant).locale };
  }

  private fresh(request: PageRequest, response: Response, tenant: Tenant): Promise<Session | undefined> {
    return this.frames.enter(request, response, tenant, { address: ADDRESS, maxAgeSeconds: FRESH_SECONDS });
  }
}
