import type { MailTemplate } from '../mail-template.js';

/** Somebody wants to use an address that has an account. Only the mail says that it has one. */
export const accountExistsMail = {
  subject: 'mail.accountExists.subject',
  paragraphs: ['mail.accountExists.text', 'mail.accountExists.how'],
  button: 'mail.accountExists.button',
  closing: ['mail.accountExists.notYou'],
  isNotice: false,
} as const satisfies MailTemplate;
