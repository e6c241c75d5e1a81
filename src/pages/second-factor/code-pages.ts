import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import type { CodeRequest, SecondFactor } from '../../authentication/authentication-factor.js';
import { SignInError } from '../../authentication/authentication.service.js';
import { isUuid } from '../../crypto/uuid.js';
import type { Locale } from '../../language/messages.js';
import { maskedAddress, parseMailAddress } from '../../mail/mail-address.js';
import { TooManyAttemptsError } from '../../oauth/oauth-error.js';
import type { OAuthParameters } from '../../oauth/parameters.js';
import { SessionChangedError } from '../../sessions/second-factor-proofs.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { User } from '../../users/user.js';
import { type PageRequest, browserOf } from '../browser/current-browser.js';
import { redirect } from '../outcome-responder.js';
import { PageResponder, pathOf } from '../page-responder.js';
import { queryText } from '../query-text.js';
import { formTargets } from '../redirect-target.js';
import type { CodeNotice, SecondFactorPage } from '../second-factor-content.js';
import { roundWait } from '../wait.js';
import { namedFactor } from './factor-link.js';
import { StepPages, type StepSubject, hiddenOf, originFor, stepAddress } from './step-pages.js';

/** A page on which the code of a factor is typed: to prove it, or to set it up. */
export interface CodePage {
  readonly subject: StepSubject;
  readonly factor: SecondFactor;
  readonly path: `/${string}`;
  /** What it has beyond the code. */
  readonly own: (locale: Locale) => Pick<SecondFactorPage, 'others' | 'canRemember'> & Partial<SecondFactorPage>;
}

interface Refusal {
  readonly notice: CodeNotice;
  readonly status: number;
  readonly retryAfterSeconds?: number | undefined;
}

interface Shown {
  /** The id of a code that was sent. */
  readonly sent?: string | undefined;
  readonly refusal?: Refusal;
}

/** What pages with a typed code have in common. */
@Injectable()
export class CodePages {
  constructor(
    private readonly steps: StepPages,
    private readonly pages: PageResponder,
  ) {}

  show(request: PageRequest, response: Response, tenant: Tenant, page: CodePage): void {
    this.send(request, response, tenant, page, { sent: readSent(queryText(request, 'sent')) });
  }

  /** Sends a code, and leads to the page that asks for it, so that a reload sends no other one. */
  async sendCode(request: PageRequest, response: Response, tenant: Tenant, page: CodePage): Promise<void> {
    const { subject, factor, path } = page;
    if (!factor.sendCode) return this.steps.leadOn(response, tenant, subject);
    try {
      const sent = await factor.sendCode(this.requestOf(request, tenant, subject));
      redirect(response, pathOf(tenant, stepAddress(path, subject, { sent })));
    } catch (error) {
      if (!(error instanceof TooManyAttemptsError)) throw error;
      const { retryAfterSeconds } = error;
      const refusal: Refusal = { notice: 'too_many_attempts', status: 429, retryAfterSeconds };
      this.send(request, response, tenant, page, { refusal });
    }
  }

  /** Tries the code that was typed. The page is shown again when it is wrong. */
  async attempt(
    request: PageRequest,
    response: Response,
    tenant: Tenant,
    page: CodePage,
    params: OAuthParameters,
    work: (attempt: CodeRequest & { readonly credentials: OAuthParameters }) => Promise<void>,
  ): Promise<void> {
    try {
      await work({ ...this.requestOf(request, tenant, page.subject), credentials: params });
    } catch (error) {
      if (error instanceof SessionChangedError) {
        return this.steps.afterChange(request, response, tenant, page.subject, error);
      }
      if (!(error instanceof SignInError)) throw error;
      const sent = readSent(params.find('sent'));
      this.send(request, response, tenant, page, { sent, refusal: refusalOf(error) });
    }
  }

  private requestOf(request: PageRequest, tenant: Tenant, subject: StepSubject): CodeRequest {
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
    { subject, factor, path, own }: CodePage,
    { sent, refusal }: Shown,
  ): void {
    const { interaction, session } = subject;
    const ofSent: Readonly<Record<string, string>> = sent === undefined ? {} : { sent };
    const form = (to: string, more: Readonly<Record<string, string>> = {}) =>
      this.pages.form(request, tenant, {
        path: to,
        purpose: 'second-factor',
        hidden: { ...hiddenOf(subject), ...more },
      });
    const context = this.pages.context(request, tenant, {
      address: stepAddress(path, subject, ofSent),
      uiLocales: interaction?.request.params.find('ui_locales'),
    });
    const view: SecondFactorPage = {
      page: 'second-factor',
      context,
      ...form(path, ofSent),
      ...namedFactor(factor, context.locale),
      ...(factor.sendCode && {
        sending: {
          form: form(`${path}/send`),
          ...(factor.sendsMail && { address: shownAddress(session.user) }),
          isSent: sent !== undefined,
        },
      }),
      userName: session.user.claims.name ?? session.user.username,
      switchAccount: this.pages.switchAccount(request, tenant, interaction?.id),
      ...own(context.locale),
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

function readSent(value: string | undefined): string | undefined {
  return value !== undefined && isUuid(value) ? value : undefined;
}

/** Who knows the password alone is not told the address. */
function shownAddress({ email = '' }: User): string {
  const address = parseMailAddress(email);
  return address === undefined ? '' : maskedAddress(address);
}

function refusalOf({ fault, retryAfterSeconds = 1 }: SignInError): Refusal {
  if (fault === 'too_many_attempts') return { notice: 'too_many_attempts', status: 429, retryAfterSeconds };
  return { notice: 'wrong_code', status: 400 };
}
