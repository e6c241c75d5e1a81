import type { MailTemplate } from '../mail-template.js';

/** Asked for by an administrator to see whether mail arrives. */
export const testMail = {
  subject: 'mail.test.subject',
  paragraphs: ['mail.test.text', 'mail.test.time'],
  isNotice: false,
} as const satisfies MailTemplate;
