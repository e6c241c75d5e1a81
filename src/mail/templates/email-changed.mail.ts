import type { MailTemplate } from '../mail-template.js';

/** To the address of before. */
export const emailChangedMail = {
  subject: 'mail.emailChanged.subject',
  paragraphs: ['mail.emailChanged.text'],
  isNotice: true,
} as const satisfies MailTemplate;
