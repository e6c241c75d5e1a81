import type { MailTemplate } from '../mail-template.js';

/** An administrator asks somebody without an account to set something up. */
export const setupLinkMail = {
  subject: 'mail.setupLink.subject',
  paragraphs: ['mail.setupLink.text', 'mail.setupLink.how'],
  button: 'mail.setupLink.button',
  closing: ['mail.setupLink.until', 'mail.setupLink.notYou'],
  isNotice: false,
} as const satisfies MailTemplate;
