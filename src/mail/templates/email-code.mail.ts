import type { MailTemplate } from '../mail-template.js';

/** A code that confirms a sign-in. Without a link: it counts in the browser that asked for it. */
export const emailCodeMail = {
  subject: 'mail.emailCode.subject',
  paragraphs: ['mail.emailCode.text'],
  closing: ['mail.emailCode.closing'],
  isNotice: false,
} as const satisfies MailTemplate;
