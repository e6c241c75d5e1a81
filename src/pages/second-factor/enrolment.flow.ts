import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { FactorRegistry } from '../../authentication/factor.registry.js';
import { enrolmentDemandOf, wouldMeet } from '../../authorization/interaction/second-factor-demand.js';
import { TOTP } from '../../factors/user-factors.repository.js';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { SecondFactorProofs, SessionChangedError } from '../../sessions/second-factor-proofs.js';
import { SecondFactorSetup, type TotpConfirmation } from '../../sessions/second-factor-setup.js';
import { writeSessionCookie } from '../../sessions/browser-cookies.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { PageRequest } from '../browser/current-browser.js';
import { PageResponder, pathOf } from '../page-responder.js';
import { formTargets } from '../redirect-target.js';
import type { TotpEnrolmentPage } from '../second-factor-content.js';
import { factorLink } from './factor-link.js';
import { mayEnrol } from './may-enrol.js';
import { qrCodeOf } from './qr-code.js';
import {
  StepPages,
  type StepSubject,
  hiddenOf,
  interactionOf,
  originFor,
  stepAddress,
  addressReference,
  formReference,
} from './step-pages.js';

const CHOICE = '/second-factor/enrol';
const TOTP_PAGE = '/second-factor/enrol-totp';

/** Setting up a second factor: which one, and the authenticator app. */
@Injectable()
export class EnrolmentFlow {
  constructor(
    private readonly steps: StepPages,
    private readonly factors: FactorRegistry,
    private readonly setup: SecondFactorSetup,
    private readonly proofs: SecondFactorProofs,
    private readonly pages: PageResponder,
  ) {}

  /** What can be set up, and the way on without where the person may decide. */
  async choose(request: PageRequest, response: Response, tenant: Tenant): Promise<void> {
    const subject = await this.steps.enterFresh(request, response, tenant, addressReference(request));
    if (!subject) return;
    if (subject.step?.name !== 'enrol') return this.steps.leadOn(response, tenant, subject);
    const interaction = interactionOf(tenant, subject);
    const demand = enrolmentDemandOf(interaction);
    const fitting = this.factors
      .enrollableFor(tenant, subject.session.user)
      .filter(({ factor }) => !demand || wouldMeet(demand, interaction, factor));
    const hidden = hiddenOf(subject);
    const context = this.pages.context(request, tenant, {
      address: stepAddress(CHOICE, subject),
      uiLocales: subject.interaction?.request.params.find('ui_locales'),
    });
    this.pages.remember(request, response, tenant, subject.interaction?.id);
    this.pages.send(
      response,
      {
        page: 'second-factor-enrolment',
        context,
        choices: fitting.map(({ factor, page }) =>
          factorLink(factor, pathOf(tenant, stepAddress(page, subject)), context.locale),
        ),
        switchAccount: this.pages.switchAccount(request, tenant, subject.interaction?.id),
        ...(!demand?.isStrict && {
          skip: this.pages.form(request, tenant, { path: '/second-factor/skip', purpose: 'second-factor', hidden }),
        }),
      },
      formTargets(subject.interaction?.request),
    );
  }

  /** Only where it is offered: a factor that is required stays due. */
  async skip(request: PageRequest, response: Response, tenant: Tenant, params: OAuthParameters): Promise<void> {
    const subject = await this.steps.enter(request, response, tenant, formReference(params));
    if (!subject) return;
    if (subject.step?.name !== 'enrol' || subject.isRepeated) return this.steps.leadOn(response, tenant, subject);
    await this.unlessChanged(request, response, tenant, subject, async () => {
      const held = await this.proofs.skipEnrolment(tenant, subject, originFor(request, subject));
      await this.steps.goOn(request, response, tenant, subject, held);
    });
  }

  async showTotp(request: PageRequest, response: Response, tenant: Tenant): Promise<void> {
    const subject = await this.steps.enterFresh(request, response, tenant, addressReference(request));
    if (!subject) return;
    if (!this.mayEnrol(tenant, subject)) return this.steps.leadOn(response, tenant, subject);
    await this.sendTotp(request, response, tenant, subject);
  }

  async confirmTotp(request: PageRequest, response: Response, tenant: Tenant, params: OAuthParameters): Promise<void> {
    const subject = await this.steps.enterFresh(request, response, tenant, formReference(params));
    if (!subject) return;
    if (!this.mayEnrol(tenant, subject) && !subject.isRepeated) return this.steps.leadOn(response, tenant, subject);
    const form = { sealed: params.find('offer') ?? '', code: params.find('code') ?? '' };
    await this.unlessChanged(request, response, tenant, subject, async () => {
      const { locale } = this.pages.context(request, tenant);
      const origin = { ...originFor(request, subject), locale };
      const confirmed = await this.setup.confirmTotp(tenant, subject, form, origin);
      if (confirmed.kind === 'wrong') return this.sendTotp(request, response, tenant, subject, form.sealed);
      if (confirmed.kind === 'present') return this.steps.leadOn(response, tenant, subject);
      this.sendCodes(request, response, tenant, subject, confirmed);
    });
  }

  private mayEnrol(tenant: Tenant, subject: StepSubject): boolean {
    return mayEnrol(this.factors, tenant, subject, TOTP);
  }

  private async sendTotp(
    request: PageRequest,
    response: Response,
    tenant: Tenant,
    subject: StepSubject,
    sealed?: string,
  ): Promise<void> {
    const offer = await this.setup.offerTotp(tenant, subject.session, sealed);
    const view: TotpEnrolmentPage = {
      page: 'totp-enrolment',
      context: this.pages.context(request, tenant, {
        address: stepAddress(TOTP_PAGE, subject),
        uiLocales: subject.interaction?.request.params.find('ui_locales'),
      }),
      ...this.pages.form(request, tenant, {
        path: TOTP_PAGE,
        purpose: 'second-factor',
        hidden: { ...hiddenOf(subject), offer: offer.sealed },
      }),
      qrCode: await qrCodeOf(offer.uri),
      uri: offer.uri,
      secret: offer.secret,
      ...(sealed !== undefined && { notice: 'wrong_code' as const }),
      backHref: pathOf(tenant, subject.interaction ? stepAddress(CHOICE, subject) : subject.returnTo),
    };
    this.pages.remember(request, response, tenant, subject.interaction?.id);
    this.pages.send(response, view, formTargets(subject.interaction?.request), sealed === undefined ? 200 : 400);
  }

  private sendCodes(
    request: PageRequest,
    response: Response,
    tenant: Tenant,
    { interaction, returnTo }: StepSubject,
    { held, recoveryCodes }: Extract<TotpConfirmation, { kind: 'done' }>,
  ): void {
    response.appendHeader('Set-Cookie', writeSessionCookie(tenant, held));
    const continueHref = interaction ? `/authorize/resume?request=${interaction.id}` : returnTo;
    this.pages.send(response, {
      page: 'recovery-codes',
      context: this.pages.context(request, tenant),
      codes: recoveryCodes,
      isNewFactor: true,
      continueHref: pathOf(tenant, continueHref),
    });
  }

  private async unlessChanged(
    request: PageRequest,
    response: Response,
    tenant: Tenant,
    subject: StepSubject,
    work: () => Promise<void>,
  ): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof SessionChangedError)) throw error;
      await this.steps.afterChange(request, response, tenant, subject, error);
    }
  }
}
