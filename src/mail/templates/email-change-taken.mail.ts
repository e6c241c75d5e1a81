import type { MailTemplate } from '../mail-template.js';

/** To the holder of an address that somebody else wants for their account. */
export const emailChangeTakenMail = {
  subject: 'mail.emailChangeTaken.subject',
  paragraphs: ['mail.emailChangeTaken.text', 'mail.emailChangeTaken.nothing'],
  isNotice: false,
} as const satisfies MailTemplate;
