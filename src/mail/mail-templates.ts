import type { MailTemplate, ValuesOf } from './mail-template.js';
import { accountExistsMail } from './templates/account-exists.mail.js';
import { invitationMail } from './templates/invitation.mail.js';
import { setupLinkMail } from './templates/setup-link.mail.js';
import { setPasswordMail } from './templates/set-password.mail.js';
import { signUpMail } from './templates/sign-up.mail.js';
import { verifyAddressMail } from './templates/verify-address.mail.js';
import {
  passwordResetByAdministratorMail,
  passwordResetMail,
  usernameReminderMail,
} from './templates/recovery.mail.js';
import { securityNotices } from './templates/security-notices.mail.js';
import { deletionScheduledMail } from './templates/deletion-scheduled.mail.js';
import { emailCodeMail } from './templates/email-code.mail.js';
import { emailChangeMail } from './templates/email-change.mail.js';
import { emailChangeTakenMail } from './templates/email-change-taken.mail.js';
import { emailChangedMail } from './templates/email-changed.mail.js';
import { accessGrantMail } from './templates/access-grant.mail.js';
import { domainProofMail } from './templates/domain-proof.mail.js';
import { clientDecisionMails } from './templates/client-decisions.mail.js';
import { testMail } from './templates/test.mail.js';

/** Every kind of mail. A new one is a file in `templates` and a line here. */
export const mailTemplates = {
  test: testMail,
  signUp: signUpMail,
  accountExists: accountExistsMail,
  verifyAddress: verifyAddressMail,
  invitation: invitationMail,
  setPassword: setPasswordMail,
  setup_link: setupLinkMail,
  password_reset_link: passwordResetMail,
  password_reset_by_administrator: passwordResetByAdministratorMail,
  username_reminder: usernameReminderMail,
  ...securityNotices,
  email_code: emailCodeMail,
  email_change: emailChangeMail,
  email_change_taken: emailChangeTakenMail,
  email_changed: emailChangedMail,
  account_deletion_scheduled: deletionScheduledMail,
  access_grant: accessGrantMail,
  domain_proof: domainProofMail,
  ...clientDecisionMails,
} as const satisfies Readonly<Record<string, MailTemplate>>;

export type MailTemplateName = keyof typeof mailTemplates;

export type MailValues<Name extends MailTemplateName> = ValuesOf<(typeof mailTemplates)[Name]>;

/** Undefined for a mail that another version of this program stored. */
export function findMailTemplate(name: string): MailTemplate | undefined {
  return Object.hasOwn(mailTemplates, name) ? mailTemplates[name as MailTemplateName] : undefined;
}
