import type { MailTemplate } from '../mail-template.js';

/** An account is going to be deleted, as its person asked. */
export const deletionScheduledMail = {
  subject: 'mail.deletionScheduled.subject',
  paragraphs: ['mail.deletionScheduled.text', 'mail.deletionScheduled.keep'],
  button: 'mail.deletionScheduled.button',
  isNotice: true,
} as const satisfies MailTemplate;
