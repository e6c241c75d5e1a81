import type { MailTemplate } from '../mail-template.js';

/** Proves the address of somebody who wants to sign up. */
export const signUpMail = {
  subject: 'mail.signUp.subject',
  paragraphs: ['mail.signUp.text', 'mail.signUp.how'],
  button: 'mail.signUp.button',
  closing: ['mail.signUp.notYou'],
  isNotice: false,
} as const satisfies MailTemplate;
