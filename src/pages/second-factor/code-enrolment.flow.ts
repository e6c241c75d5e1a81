import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import type { SecondFactor } from '../../authentication/authentication-factor.js';
import { SignInError } from '../../authentication/authentication.service.js';
import { FactorRegistry } from '../../authentication/factor.registry.js';
import { TooManyAttemptsError } from '../../oauth/oauth-error.js';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { SecondFactorProofs, SessionChangedError } from '../../sessions/second-factor-proofs.js';
import type { Tenant } from '../../tenants/tenant.js';
import { type PageRequest, browserOf } from '../browser/current-browser.js';
import { redirect } from '../outcome-responder.js';
import { PageResponder, pathOf } from '../page-responder.js';
import { queryText } from '../query-text.js';
import { formTargets } from '../redirect-target.js';
import type { SecondFactorPage } from '../second-factor-content.js';
import { roundWait } from '../wait.js';
import { type Refusal, readSent, refusalOf } from './challenge.flow.js';
import { namedFactor } from './factor-link.js';
import { mayEnrol } from './may-enrol.js';
import {
  StepPages,
  type StepReference,
  type StepSubject,
  addressReference,
  formReference,
  hiddenOf,
  originFor,
  stepAddress,
} from './step-pages.js';

interface Entered {
  readonly subject: StepSubject;
  readonly factor: SecondFactor;
}

/** Setting up a factor whose proof is a typed code (`SecondFactor.enrol`), such as one that was added from outside. */
@Injectable()
export class CodeEnrolmentFlow {
  constructor(
    private readonly steps: StepPages,
    private readonly factors: FactorRegistry,
    private readonly proofs: SecondFactorProofs,
    private readonly pages: PageResponder,
  ) {}

  async show(request: PageRequest, response: Response, tenant: Tenant, name: string): Promise<void> {
    const entered = await this.enter(request, response, tenant, name, addressReference(request));
    if (entered) this.send(request, response, tenant, entered, { sent: readSent(queryText(request, 'sent')) });
  }

  /** Sends a code, and leads to the page that asks for it, so that a reload sends no other one. */
  async sendCode(
    request: PageRequest,
    response: Response,
    tenant: Tenant,
    name: string,
    params: OAuthParameters,
  ): Promise<void> {
    const entered = await this.enter(request, response, tenant, name, formReference(params));
    if (!entered) return;
    const { subject, factor } = entered;
    if (!factor.sendCode) return this.steps.leadOn(response, tenant, subject);
    try {
      const sent = await factor.sendCode(this.codeRequestOf(request, tenant, subject));
      redirect(response, pathOf(tenant, stepAddress(pageOf(factor), subject, { sent })));
    } catch (error) {
      if (!(error instanceof TooManyAttemptsError)) throw error;
      const { retryAfterSeconds } = error;
      const refusal: Refusal = { notice: 'too_many_attempts', status: 429, retryAfterSeconds };
      this.send(request, response, tenant, entered, { refusal });
    }
  }

  async confirm(
    request: PageRequest,
    response: Response,
    tenant: Tenant,
    name: string,
    params: OAuthParameters,
  ): Promise<void> {
    const entered = await this.enter(request, response, tenant, name, formReference(params));
    if (!entered) return;
    const { subject, factor } = entered;
    const form = { ...this.codeRequestOf(request, tenant, subject), credentials: params, remember: false };
    try {
      const held = await this.proofs.enrol(tenant, subject, factor, form);
      await this.steps.goOn(request, response, tenant, subject, held);
    } catch (error) {
      if (error instanceof SessionChangedError) {
        return this.steps.afterChange(request, response, tenant, subject, error);
      }
      if (!(error instanceof SignInError)) throw error;
      const sent = readSent(params.find('sent'));
      this.send(request, response, tenant, entered, { sent, refusal: refusalOf(error) });
    }
  }

  /** @returns undefined for a factor that this person cannot set up here: they were led on */
  private async enter(
    request: PageRequest,
    response: Response,
    tenant: Tenant,
    name: string,
    reference: StepReference,
  ): Promise<Entered | undefined> {
    const subject = await this.steps.enterFresh(request, response, tenant, reference);
    if (!subject) return undefined;
    const factor = this.factors.findSecond(name);
    if (factor?.enrol && mayEnrol(this.factors, tenant, subject, name)) return { subject, factor };
    this.steps.leadOn(response, tenant, subject);
    return undefined;
  }

  private codeRequestOf(request: PageRequest, tenant: Tenant, subject: StepSubject) {
    return {
      tenant,
      user: subject.session.user,
      browserSecret: browserOf(request).secret,
      origin: originFor(request, subject),
      locale: this.pages.context(request, tenant).locale,
    };
  }

  private send(
    request: PageRequest,
    response: Response,
    tenant: Tenant,
    { subject, factor }: Entered,
    { sent, refusal }: { readonly sent?: string | undefined; readonly refusal?: Refusal } = {},
  ): void {
    const { interaction, session, returnTo } = subject;
    const path = pageOf(factor);
    const hidden = hiddenOf(subject);
    const ofSent: Readonly<Record<string, string>> = sent === undefined ? {} : { sent };
    const form = (to: string, more: Readonly<Record<string, string>> = {}) =>
      this.pages.form(request, tenant, { path: to, purpose: 'second-factor', hidden: { ...hidden, ...more } });
    const context = this.pages.context(request, tenant, {
      address: stepAddress(path, subject, ofSent),
      uiLocales: interaction?.request.params.find('ui_locales'),
    });
    const isDue = subject.step?.name === 'enrol';
    const view: SecondFactorPage = {
      page: 'second-factor',
      context,
      ...form(path, ofSent),
      ...namedFactor(factor, context.locale),
      enrolment: { backHref: pathOf(tenant, isDue ? stepAddress('/second-factor/enrol', subject) : returnTo) },
      ...(factor.sendCode && { sending: { form: form(`${path}/send`), isSent: sent !== undefined } }),
      userName: session.user.claims.name ?? session.user.username,
      others: [],
      canRemember: false,
      switchAccount: this.pages.form(request, tenant, { path: '/end-session/confirm', purpose: 'sign-out' }),
      ...(refusal && { notice: refusal.notice }),
      ...(refusal?.retryAfterSeconds !== undefined && { retryAfterSeconds: refusal.retryAfterSeconds }),
    };
    this.pages.remember(request, response, tenant, interaction?.id);
    if (refusal?.retryAfterSeconds !== undefined) {
      response.setHeader('Retry-After', roundWait(refusal.retryAfterSeconds));
    }
    this.pages.send(response, view, formTargets(interaction?.request), refusal?.status);
  }
}

function pageOf({ name }: SecondFactor): `/${string}` {
  return `/second-factor/enrol/${name}`;
}
