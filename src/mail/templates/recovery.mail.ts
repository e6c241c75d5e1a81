import type { MailTemplate } from '../mail-template.js';

/** A forgotten password: link and code. */
export const passwordResetMail = {
  subject: 'mail.passwordReset.subject',
  paragraphs: ['mail.passwordReset.text', 'mail.passwordReset.how'],
  button: 'mail.passwordReset.button',
  closing: ['mail.passwordReset.closing'],
  isNotice: false,
} as const satisfies MailTemplate;

/** Asked for by an administrator: a link alone, because no browser of the person asked. */
export const passwordResetByAdministratorMail = {
  subject: 'mail.passwordReset.subject',
  paragraphs: ['mail.passwordResetByAdministrator.text'],
  button: 'mail.passwordReset.button',
  closing: ['mail.passwordResetByAdministrator.closing'],
  isNotice: false,
} as const satisfies MailTemplate;

/** A forgotten user name. */
export const usernameReminderMail = {
  subject: 'mail.usernameReminder.subject',
  paragraphs: ['mail.usernameReminder.text'],
  button: 'mail.usernameReminder.button',
  closing: ['mail.usernameReminder.closing'],
  isNotice: false,
} as const satisfies MailTemplate;
