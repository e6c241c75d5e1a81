import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { AuthorizationService } from '../../authorization/authorization.service.js';
import type { InteractionStep, SignedInInteraction } from '../../authorization/interaction-step.js';
import { NextStepDecider } from '../../authorization/next-step.decider.js';
import type { PendingInteraction } from '../../authorization/outcome.js';
import type { SignInOrigin } from '../../authentication/authentication.service.js';
import type { OAuthParameters } from '../../oauth/parameters.js';
import type { HeldSession } from '../../sessions/held-session.js';
import type { SessionChangedError } from '../../sessions/second-factor-proofs.js';
import { writeCookie, writeSessionCookie } from '../../sessions/browser-cookies.js';
import type { Tenant } from '../../tenants/tenant.js';
import { FRESH_SECONDS, isFresh } from '../account-access.js';
import { type PageRequest, browserOf } from '../browser/current-browser.js';
import { OutcomeResponder, redirect } from '../outcome-responder.js';
import {
  type AccountAddress,
  AGAIN,
  type PageAddress,
  RETURN,
  accountSignInAddress,
  readReturn,
} from '../page-address.js';
import { pathOf } from '../page-responder.js';
import { queryText } from '../query-text.js';

/** What a page between sign-in and consent is about: an authorization request, or a page of the account. */
export interface StepSubject extends HeldSession {
  readonly interaction: PendingInteraction | undefined;
  readonly returnTo: AccountAddress;
  /** What is due. */
  readonly step: InteractionStep | undefined;
  /** The form was sent before, and did what it does. */
  readonly isRepeated?: boolean | undefined;
}

/** What the address or the form of such a page names. */
export interface StepReference {
  readonly requestId: string | undefined;
  readonly returnTo: unknown;
}

/** What the address of such a page names. */
export function addressReference(request: PageRequest): StepReference {
  return { requestId: queryText(request, 'request'), returnTo: request.query[RETURN] };
}

/** What its form names. */
export function formReference(params: OAuthParameters): StepReference {
  return { requestId: params.find('request'), returnTo: params.find(RETURN) };
}

/** What the pages of steps have in common: who they are for, and how it goes on. */
@Injectable()
export class StepPages {
  constructor(
    private readonly authorization: AuthorizationService,
    private readonly nextStep: NextStepDecider,
    private readonly outcomes: OutcomeResponder,
  ) {}

  /** @returns undefined when nobody is signed in: the person was led to the sign-in page, and the answer is sent */
  async enter(
    request: PageRequest,
    response: Response,
    tenant: Tenant,
    reference: StepReference,
  ): Promise<StepSubject | undefined> {
    const browser = browserOf(request);
    const { session, sessionSecret: secret, next, isRepeated } = browser;
    const { requestId } = reference;
    const returnTo = readReturn(reference.returnTo);
    if (!session || secret === undefined) {
      const query = requestId === undefined ? undefined : new URLSearchParams({ request: requestId }).toString();
      redirect(response, pathOf(tenant, query === undefined ? accountSignInAddress(returnTo) : `/sign-in?${query}`));
      return undefined;
    }
    if (requestId === undefined) {
      const subject = { session, secret, next, isRepeated, interaction: undefined, returnTo };
      return { ...subject, step: await this.nextStep.peek(interactionOf(tenant, subject)) };
    }
    const interaction = await this.authorization.show(tenant, requestId, browser);
    return { session, secret, next, isRepeated, interaction, returnTo, step: interaction.next };
  }

  /**
   * The same before a factor is set up: the person signs in again when they did so long ago, and gives a second factor that
   * they have.
   */
  async enterFresh(
    request: PageRequest,
    response: Response,
    tenant: Tenant,
    reference: StepReference,
  ): Promise<StepSubject | undefined> {
    const subject = await this.enter(request, response, tenant, reference);
    if (!subject) return undefined;
    const { interaction, returnTo } = subject;
    if (isFresh(subject.session, FRESH_SECONDS)) {
      if (interaction || subject.step?.name !== 'second-factor') return subject;
      redirect(response, pathOf(tenant, stepAddress(subject.step.page, subject)));
      return undefined;
    }
    const again = interaction
      ? `/sign-in?request=${interaction.id}&${AGAIN}`
      : accountSignInAddress(returnTo, { again: true });
    redirect(response, pathOf(tenant, again));
    return undefined;
  }

  /** The page is not what is due: the person is led to what is. */
  leadOn(response: Response, tenant: Tenant, { interaction, returnTo }: StepSubject): void {
    const path = interaction ? `/authorize/resume?request=${interaction.id}` : returnTo;
    redirect(response, pathOf(tenant, path));
  }

  /** Another form of this browser was faster. When it was the same one, it is answered again, with its cookies. */
  async afterChange(
    request: PageRequest,
    response: Response,
    tenant: Tenant,
    subject: StepSubject,
    { repeated }: SessionChangedError,
  ): Promise<void> {
    // Of a different form the answer has the new cookie, and the page that follows is asked for with it.
    if (!repeated) return this.leadOn(response, tenant, subject);
    const wantsDevice = request.oauthParams?.find('remember') !== undefined;
    if (wantsDevice && repeated.next && tenant.policy.rememberedDeviceLifetimeSeconds > 0) {
      response.appendHeader('Set-Cookie', writeCookie(tenant, 'device', repeated.next.deviceSecret));
    }
    await this.goOn(request, response, tenant, subject, repeated);
  }

  /** What was asked for is done, and the session goes on under a new secret. */
  async goOn(
    request: PageRequest,
    response: Response,
    tenant: Tenant,
    subject: StepSubject,
    { session, secret }: HeldSession,
  ): Promise<void> {
    response.appendHeader('Set-Cookie', writeSessionCookie(tenant, { secret, session }));
    const { interaction } = subject;
    if (!interaction) return this.leadOn(response, tenant, subject);
    const outcome = await this.authorization.proceed(interaction, { ...browserOf(request), session });
    this.outcomes.send(request, response, tenant, outcome);
  }
}

/** The address of such a page, or of another one for the same subject. */
export function stepAddress(
  page: string,
  { interaction, returnTo }: Pick<StepSubject, 'interaction' | 'returnTo'>,
  more: Readonly<Record<string, string>> = {},
): PageAddress {
  const query = new URLSearchParams({ ...hiddenOf({ interaction, returnTo }), ...more }).toString();
  return (query === '' ? page : `${page}?${query}`) as PageAddress;
}

/** Where a person goes back to from setting up a factor: to the choice of factors, where one is due. */
export function enrolmentBackPath(subject: StepSubject): PageAddress {
  return subject.step?.name === 'enrol' ? stepAddress('/second-factor/enrol', subject) : subject.returnTo;
}

/** What the forms of such a page bring back. */
export function hiddenOf({
  interaction,
  returnTo,
}: Pick<StepSubject, 'interaction' | 'returnTo'>): Readonly<Record<string, string>> {
  if (interaction) return { request: interaction.id };
  return returnTo === '/account' ? {} : { [RETURN]: returnTo };
}

/** Without a request, somebody was led here from a page of the account where a change has to be protected. */
export function interactionOf(
  tenant: Tenant,
  { session, interaction }: Pick<StepSubject, 'session' | 'interaction'>,
): SignedInInteraction {
  const isSensitive = interaction === undefined;
  return { tenant, session, request: interaction?.request, requestedAt: interaction?.pending.createdAt, isSensitive };
}

export function originFor(request: PageRequest, { interaction }: StepSubject): SignInOrigin {
  const browser = browserOf(request);
  return {
    ...browser.origin,
    device: browser.isNew ? undefined : browser.secret,
    clientId: interaction?.request.client.clientId,
    pendingRequest: interaction?.id,
  };
}
