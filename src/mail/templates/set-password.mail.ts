import type { MailTemplate } from '../mail-template.js';

/** An administrator lets somebody set the password of their account. */
export const setPasswordMail = {
  subject: 'mail.setPassword.subject',
  paragraphs: ['mail.setPassword.text', 'mail.setPassword.username'],
  button: 'mail.setPassword.button',
  closing: ['mail.setPassword.until', 'mail.setPassword.notYou'],
  isNotice: false,
} as const satisfies MailTemplate;
