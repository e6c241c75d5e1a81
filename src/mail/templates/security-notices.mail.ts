import type { MessageKey } from '../../language/messages.js';
import type { MailTemplate } from '../mail-template.js';

interface Notice<Subject extends MessageKey, Text extends MessageKey> extends MailTemplate {
  readonly subject: Subject;
  readonly paragraphs: readonly [Text, 'securityNotice.when'];
  readonly button: 'securityNotice.account';
  readonly closing?: never;
}

/** Something about the security of an account was changed: what, for which account, when, from where. */
function notice<Subject extends MessageKey, Text extends MessageKey>(
  subject: Subject,
  text: Text,
): Notice<Subject, Text> {
  return { subject, paragraphs: [text, 'securityNotice.when'], button: 'securityNotice.account', isNotice: true };
}

/** THE LIST of security notices. Another one is a line here, and its two texts. */
export const securityNotices = {
  password_changed: notice('securityNotice.passwordChanged.subject', 'securityNotice.passwordChanged.text'),
  password_reset: notice('securityNotice.passwordReset.subject', 'securityNotice.passwordReset.text'),
  password_set: notice('securityNotice.passwordSet.subject', 'securityNotice.passwordSet.text'),
  email_set: notice('securityNotice.emailSet.subject', 'securityNotice.emailSet.text'),
  email_added: notice('securityNotice.emailAdded.subject', 'securityNotice.emailAdded.text'),
  phone_changed: notice('securityNotice.phoneChanged.subject', 'securityNotice.phoneChanged.text'),
  totp_added: notice('securityNotice.totpAdded.subject', 'securityNotice.totpAdded.text'),
  totp_removed: notice('securityNotice.totpRemoved.subject', 'securityNotice.totpRemoved.text'),
  passkey_added: notice('securityNotice.passkeyAdded.subject', 'securityNotice.passkeyAdded.text'),
  passkey_removed: notice('securityNotice.passkeyRemoved.subject', 'securityNotice.passkeyRemoved.text'),
  recovery_codes_made: notice('securityNotice.recoveryCodesMade.subject', 'securityNotice.recoveryCodesMade.text'),
  recovery_code_used: notice('securityNotice.recoveryCodeUsed.subject', 'securityNotice.recoveryCodeUsed.text'),
  factor_added: notice('securityNotice.factorAdded.subject', 'securityNotice.factorAdded.text'),
  factor_removed: notice('securityNotice.factorRemoved.subject', 'securityNotice.factorRemoved.text'),
  devices_forgotten: notice('securityNotice.devicesForgotten.subject', 'securityNotice.devicesForgotten.text'),
  factors_reset: notice('securityNotice.factorsReset.subject', 'securityNotice.factorsReset.text'),
} as const;

export type SecurityNoticeName = keyof typeof securityNotices;
