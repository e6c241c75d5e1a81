import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import type { SecondFactor } from '../../authentication/authentication-factor.js';
import { SignInError } from '../../authentication/authentication.service.js';
import { FactorRegistry } from '../../authentication/factor.registry.js';
import { displayNameOf } from '../../clients/client.js';
import { isUuid } from '../../crypto/uuid.js';
import { maskedAddress, parseMailAddress } from '../../mail/mail-address.js';
import { TooManyAttemptsError } from '../../oauth/oauth-error.js';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { writeCookie } from '../../sessions/browser-cookies.js';
import { SecondFactorProofs, SessionChangedError } from '../../sessions/second-factor-proofs.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { User } from '../../users/user.js';
import { type PageRequest, browserOf } from '../browser/current-browser.js';
import { redirect } from '../outcome-responder.js';
import { PageResponder, pathOf } from '../page-responder.js';
import { queryText } from '../query-text.js';
import { displayHost, formTargets } from '../redirect-target.js';
import type { CodeNotice, SecondFactorPage } from '../second-factor-content.js';
import { roundWait } from '../wait.js';
import { factorLink, namedFactor } from './factor-link.js';
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
import { usableFactors } from './usable-factors.js';

export interface Refusal {
  readonly notice: CodeNotice;
  readonly status: number;
  readonly retryAfterSeconds?: number | undefined;
}

/** Asking for a second factor whose proof is a typed code. */
@Injectable()
export class ChallengeFlow {
  constructor(
    private readonly steps: StepPages,
    private readonly factors: FactorRegistry,
    private readonly proofs: SecondFactorProofs,
    private readonly pages: PageResponder,
  ) {}

  /** The page of the factor that is offered first; one that has no code to type has a page elsewhere. */
  async choose(request: PageRequest, response: Response, tenant: Tenant): Promise<void> {
    const subject = await this.steps.enter(request, response, tenant, addressReference(request));
    if (!subject) return;
    const [first] = this.usable(tenant, subject);
    if (!first) return this.steps.leadOn(response, tenant, subject);
    if (first.verify !== undefined) return this.send(request, response, tenant, subject, first);
    redirect(response, pathOf(tenant, stepAddress(first.challengePage, subject)));
  }

  async show(request: PageRequest, response: Response, tenant: Tenant, name: string): Promise<void> {
    const entered = await this.enter(request, response, tenant, name, addressReference(request));
    if (!entered) return;
    const { subject, factor } = entered;
    this.send(request, response, tenant, subject, factor, { sent: readSent(queryText(request, 'sent')) });
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
      const sent = await factor.sendCode({
        tenant,
        user: subject.session.user,
        browserSecret: browserOf(request).secret,
        origin: originFor(request, subject),
        locale: this.pages.context(request, tenant).locale,
      });
      redirect(response, pathOf(tenant, stepAddress(factor.challengePage, subject, { sent })));
    } catch (error) {
      if (!(error instanceof TooManyAttemptsError)) throw error;
      const { retryAfterSeconds } = error;
      const refusal: Refusal = { notice: 'too_many_attempts', status: 429, retryAfterSeconds };
      this.send(request, response, tenant, subject, factor, { refusal });
    }
  }

  async prove(
    request: PageRequest,
    response: Response,
    tenant: Tenant,
    name: string,
    params: OAuthParameters,
  ): Promise<void> {
    const entered = await this.enter(request, response, tenant, name, formReference(params));
    if (!entered) return;
    const { subject, factor } = entered;
    if (subject.isRepeated) return this.steps.leadOn(response, tenant, subject);
    try {
      const { deviceSecret, ...held } = await this.proofs.prove(tenant, subject, factor, {
        credentials: params,
        browserSecret: browserOf(request).secret,
        origin: originFor(request, subject),
        locale: this.pages.context(request, tenant).locale,
        remember: params.find('remember') !== undefined,
      });
      if (deviceSecret !== undefined) response.appendHeader('Set-Cookie', writeCookie(tenant, 'device', deviceSecret));
      await this.steps.goOn(request, response, tenant, subject, held);
    } catch (error) {
      if (error instanceof SessionChangedError) {
        return this.steps.afterChange(request, response, tenant, subject, error);
      }
      if (!(error instanceof SignInError)) throw error;
      const sent = readSent(params.find('sent'));
      this.send(request, response, tenant, subject, factor, { sent, refusal: refusalOf(error) });
    }
  }

  /** @returns undefined for a page that is not due, or a factor that this person does not have: they were led on */
  private async enter(
    request: PageRequest,
    response: Response,
    tenant: Tenant,
    name: string,
    reference: StepReference,
  ): Promise<{ readonly subject: StepSubject; readonly factor: SecondFactor } | undefined> {
    const subject = await this.steps.enter(request, response, tenant, reference);
    if (!subject) return undefined;
    const factor = this.usable(tenant, subject).find((each) => each.name === name && each.verify !== undefined);
    if (factor) return { subject, factor };
    this.steps.leadOn(response, tenant, subject);
    return undefined;
  }

  private usable(tenant: Tenant, subject: StepSubject): readonly SecondFactor[] {
    return usableFactors(this.factors, tenant, subject);
  }

  private send(
    request: PageRequest,
    response: Response,
    tenant: Tenant,
    subject: StepSubject,
    factor: SecondFactor,
    { sent, refusal }: { readonly sent?: string | undefined; readonly refusal?: Refusal } = {},
  ): void {
    const { interaction, session } = subject;
    const hidden = hiddenOf(subject);
    const page = factor.challengePage;
    const ofSent: Readonly<Record<string, string>> = sent === undefined ? {} : { sent };
    const context = this.pages.context(request, tenant, {
      address: stepAddress(page, subject, ofSent),
      uiLocales: interaction?.request.params.find('ui_locales'),
    });
    const { locale } = context;
    const view: SecondFactorPage = {
      page: 'second-factor',
      context,
      ...this.pages.form(request, tenant, {
        path: page,
        purpose: 'second-factor',
        hidden: { ...hidden, ...ofSent },
      }),
      ...namedFactor(factor, locale),
      ...(factor.sendCode && {
        sending: {
          form: this.pages.form(request, tenant, { path: `${page}/send`, purpose: 'second-factor', hidden }),
          ...(factor.sendsMail && { address: shownAddress(session.user) }),
          isSent: sent !== undefined,
        },
      }),
      userName: session.user.claims.name ?? session.user.username,
      ...(interaction && {
        clientName: displayNameOf(interaction.request.client),
        redirectHost: displayHost(interaction.request.redirectUri),
      }),
      others: this.usable(tenant, subject)
        .filter((other) => other !== factor)
        .map((other) => factorLink(other, pathOf(tenant, stepAddress(other.challengePage, subject)), locale)),
      canRemember: tenant.policy.rememberedDeviceLifetimeSeconds > 0,
      switchAccount: this.pages.form(
        request,
        tenant,
        interaction
          ? { path: '/consent/switch', purpose: 'consent', hidden }
          : { path: '/end-session/confirm', purpose: 'sign-out' },
      ),
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

/** The id of a code that was sent. */
export function readSent(value: string | undefined): string | undefined {
  return value !== undefined && isUuid(value) ? value : undefined;
}

/** Who knows the password alone is not told the address. */
function shownAddress({ email = '' }: User): string {
  const address = parseMailAddress(email);
  return address === undefined ? '' : maskedAddress(address);
}

export function refusalOf({ fault, retryAfterSeconds = 1 }: SignInError): Refusal {
  if (fault === 'too_many_attempts') return { notice: 'too_many_attempts', status: 429, retryAfterSeconds };
  return { notice: 'wrong_code', status: 400 };
}
