import type { MailTemplate } from '../mail-template.js';

/** To the new address of a person who changes theirs. */
export const emailChangeMail = {
  subject: 'mail.emailChange.subject',
  paragraphs: ['mail.emailChange.text'],
  button: 'mail.emailChange.button',
  closing: ['mail.emailChange.closing'],
  isNotice: false,
} as const satisfies MailTemplate;
