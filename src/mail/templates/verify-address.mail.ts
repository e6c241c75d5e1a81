import type { MailTemplate } from '../mail-template.js';

/** Proves the address of somebody who has an account. */
export const verifyAddressMail = {
  subject: 'mail.verifyAddress.subject',
  paragraphs: ['mail.verifyAddress.text', 'mail.verifyAddress.how'],
  button: 'mail.verifyAddress.button',
  closing: ['mail.verifyAddress.notYou'],
  isNotice: false,
} as const satisfies MailTemplate;
