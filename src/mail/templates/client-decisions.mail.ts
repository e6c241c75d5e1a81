import type { MailTemplate } from '../mail-template.js';

/** What an administrator decided about a client of the reader. None has a credential in it. */
export const clientDecisionMails = {
  client_approved: {
    subject: 'mail.clientApproved.subject',
    paragraphs: ['mail.clientApproved.text'],
    button: 'mail.clientDecision.button',
    isNotice: true,
    isOfOthers: true,
  },
  client_rejected: {
    subject: 'mail.clientRejected.subject',
    paragraphs: ['mail.clientRejected.text', 'mail.clientDecision.reason', 'mail.clientRejected.next'],
    button: 'mail.clientDecision.button',
    isNotice: true,
    isOfOthers: true,
  },
  client_change_rejected: {
    subject: 'mail.clientChangeRejected.subject',
    paragraphs: ['mail.clientChangeRejected.text', 'mail.clientDecision.reason', 'mail.clientRejected.next'],
    button: 'mail.clientDecision.button',
    isNotice: true,
    isOfOthers: true,
  },
  client_suspended: {
    subject: 'mail.clientSuspended.subject',
    paragraphs: ['mail.clientSuspended.text'],
    button: 'mail.clientDecision.button',
    isNotice: true,
    isOfOthers: true,
  },
  client_resumed: {
    subject: 'mail.clientResumed.subject',
    paragraphs: ['mail.clientResumed.text'],
    button: 'mail.clientDecision.button',
    isNotice: true,
    isOfOthers: true,
  },
} as const satisfies Readonly<Record<string, MailTemplate>>;
