import type { MailTemplate } from '../mail-template.js';

/** Tells an owner of a tenant that an operator has access to its people or secrets, or asks for it. */
export const accessGrantMail = {
  subject: 'mail.accessGrant.subject',
  paragraphs: ['mail.accessGrant.text', 'mail.accessGrant.reason', 'mail.accessGrant.how'],
  isNotice: true,
  isOfOthers: true,
} as const satisfies MailTemplate;
