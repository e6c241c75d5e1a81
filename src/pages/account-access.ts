import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { meets } from '../authentication/assurance.js';
import { hasMark } from '../authentication/proof.js';
import { NextStepDecider } from '../authorization/next-step.decider.js';
import type { Session } from '../sessions/session.js';
import type { Tenant } from '../tenants/tenant.js';
import { type PageRequest, browserOf } from './browser/current-browser.js';
import { redirect } from './outcome-responder.js';
import { type AccountAddress, accountSignInAddress, withReturn } from './page-address.js';
import { pathOf } from './page-responder.js';

/** What a page of the account asks for. */
export interface AccountEntry {
  /** Where the person is led back to when they had to do something first. Default: the account page. */
  readonly address?: AccountAddress;
  /**
   * Before a sensitive change: how many seconds ago the person may have proved who they are. Whoever has a second factor has
   * given it lately as well, in this browser or another: that the browser is remembered is not enough.
   */
  readonly maxAgeSeconds?: number;
  /** The same for a form that asks for the present password by itself. */
  readonly isSensitive?: boolean;
}

export { FRESH_SECONDS } from '../authentication/proof.js';

/**
 * The way into the account pages, which have no client. The same steps guard them as an authorization request: whoever
 * signed in with a password alone, and has a second factor to prove, is led there first.
 */
@Injectable()
export class AccountAccess {
  constructor(private readonly nextStep: NextStepDecider) {}

  /** @returns the session; undefined: the person was led to what they have to do first, and the answer is sent */
  async enter(
    request: PageRequest,
    response: Response,
    tenant: Tenant,
    { address = '/account', maxAgeSeconds, isSensitive = maxAgeSeconds !== undefined }: AccountEntry = {},
  ): Promise<Session | undefined> {
    const { session } = browserOf(request);
    const lead = (path: string) => {
      redirect(response, pathOf(tenant, path));
      return undefined;
    };
    if (!session) return lead(accountSignInAddress(address));
    // First, because the sign-in that follows is one without a second factor.
    if (maxAgeSeconds !== undefined && !isFresh(session, maxAgeSeconds)) {
      return lead(accountSignInAddress(address, { again: true }));
    }
    const asked = { tenant, session, request: undefined, requestedAt: undefined, isSensitive };
    const step = await this.nextStep.decide(asked);
    // The page of the step that is due lets the person in.
    return step && step.page !== address ? lead(withReturn(step.page, address)) : session;
  }
}

/**
 * Whether the person proved recently who they are. A remembered browser stands for the second factor when they sign in,
 * but not when they change what protects the account (OWASP ASVS 5.0, 7.5.1).
 */
export function isFresh(session: Session, maxAgeSeconds: number): boolean {
  const isRemembered = hasMark(session.proofs, 'rememberedDevice') && !meets('two_factors', session.proofs);
  return !isRemembered && ageOf(session) <= maxAgeSeconds;
}

/** Seconds since the person last proved anything. */
function ageOf({ proofs, authTime }: Session): number {
  const proven = proofs.filter(({ amr }) => amr.length > 0).map(({ at }) => at);
  return Date.now() / 1000 - Math.max(authTime, ...proven);
}
