import type { MailTemplate } from '../mail-template.js';

/** An administrator invites somebody to make an account. */
export const invitationMail = {
  subject: 'mail.invitation.subject',
  paragraphs: ['mail.invitation.text', 'mail.invitation.how'],
  button: 'mail.invitation.button',
  closing: ['mail.invitation.until', 'mail.invitation.notYou'],
  isNotice: false,
} as const satisfies MailTemplate;
