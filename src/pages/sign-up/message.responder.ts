import { Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { findQuotaExceeded } from '../../limits/quota-exceeded.js';
import {
  AddressTakenError,
  SignUpClosedError,
  VerificationSpentError,
} from '../../registration/registration-errors.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { PageRequest } from '../browser/current-browser.js';
import type { FormTarget } from '../page-parts.js';
import { type PageAddress, pendingAddress, withQuery } from '../page-address.js';
import { PageResponder, pathOf } from '../page-responder.js';
import { queryText } from '../query-text.js';
import type { MessageAction, MessageName } from '../sign-up-content.js';

export interface MessageWay {
  /** The authorization request that goes on. */
  readonly requestId?: string | undefined;
  readonly form?: FormTarget | undefined;
  /** Where the message can be opened again, in another language. */
  readonly address?: PageAddress | undefined;
}

const STATUS: Partial<Record<MessageName, number>> = {
  signUpClosed: 403,
  byInvitation: 403,
  accountsFull: 409,
  spentSignUp: 400,
  spentInvitation: 400,
  spentPassword: 400,
  spentVerify: 400,
  addressTaken: 409,
  addressInUse: 409,
};

/** Where each message leads on to. */
const ACTIONS: Readonly<Record<MessageName, readonly MessageAction[]>> = {
  signUpClosed: ['signIn'],
  byInvitation: ['signIn'],
  accountsFull: ['signIn'],
  spentSignUp: ['signIn', 'beginAgain'],
  spentInvitation: ['signIn'],
  spentPassword: ['signIn'],
  spentVerify: ['signIn'],
  addressTaken: ['signIn'],
  addressInUse: ['goOn'],
  accountReady: [],
  doneElsewhere: ['signIn'],
  verifiedElsewhere: ['goOn'],
  passwordSet: ['signIn'],
  termsDeclined: ['goOn'],
};

/** A page that a mail leads to, and what it says when the link or code does not work any more. */
export interface MailedPage extends MessageWay {
  readonly spent: MessageName;
}

/** Pages that say what became of something. Each leads on, within the authorization request when there is one. */
@Injectable()
export class MessageResponder {
  constructor(private readonly pages: PageResponder) {}

  send(
    request: PageRequest,
    response: Response,
    tenant: Tenant,
    message: MessageName,
    { requestId, form, address }: MessageWay = {},
  ): void {
    const status = STATUS[message];
    const hrefs: Readonly<Record<MessageAction, string>> = {
      signIn: pendingAddress('sign-in', requestId),
      beginAgain: withQuery('/sign-up', { request: requestId }),
      goOn: requestId === undefined ? '/account' : `/authorize/resume?request=${requestId}`,
    };
    const actions = ACTIONS[message].map((kind) => ({ kind, href: pathOf(tenant, hrefs[kind]) }));
    const context = this.pages.context(request, tenant, address === undefined ? {} : { address });
    const isRefusal = status !== undefined;
    this.pages.send(response, { page: 'message', context, reason: message, isRefusal, form, actions }, {}, status);
  }

  /** Says what went wrong, when it is about the link or code of a mail, or about who may sign up. */
  async attempt(
    request: PageRequest,
    response: Response,
    tenant: Tenant,
    page: MailedPage,
    work: () => Promise<void>,
  ): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.sendError(request, response, tenant, error, page);
    }
  }

  /** @throws every other error */
  sendError(
    request: PageRequest,
    response: Response,
    tenant: Tenant,
    error: unknown,
    { spent, ...way }: MailedPage,
  ): void {
    const message = messageOf(error, tenant, spent);
    if (!message) throw error;
    this.send(request, response, tenant, message, way);
  }
}

/** The address of a page that a mail links to, while the link is open in the browser and not yet confirmed. */
export function openLink(
  request: PageRequest,
  page: '/sign-up-link' | '/invitation' | '/set-password' | '/verify-address-link',
): PageAddress | undefined {
  const token = queryText(request, 'token');
  return token === undefined ? undefined : withQuery(page, { token });
}

function messageOf(error: unknown, { policy }: Tenant, spent: MessageName): MessageName | undefined {
  if (error instanceof VerificationSpentError) return spent;
  if (error instanceof SignUpClosedError) return policy.signUp === 'invitation' ? 'byInvitation' : 'signUpClosed';
  if (findQuotaExceeded(error)) return 'accountsFull';
  return error instanceof AddressTakenError ? 'addressTaken' : undefined;
}
