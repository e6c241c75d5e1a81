import type { Config, SmtpSettings } from '../config/config.js';
import type { Finding } from './finding.js';

/** What people get, and what they may not choose, in production: both are off until somebody sets them. */
export function checkMailAndPasswords({ smtp, mailFrom, breachedPasswords }: Config): Finding[] {
  return [
    smtp ? checkMail(smtp, mailFrom.address) : { what: 'Mail', state: 'note', text: MAIL_IS_OFF },
    breachedPasswords.file === undefined && breachedPasswords.rangeUrl === undefined
      ? { what: 'Passwords', state: 'note', text: BREACHES_ARE_OFF }
      : { what: 'Passwords', state: 'good', text: 'those that are known from breaches are refused' },
  ];
}

const MAIL_IS_OFF =
  'off: nobody can sign up, come back after a forgotten password or be warned of a change; set SMTP_URL and MAIL_FROM';
const BREACHES_ARE_OFF =
  'those that are known from breaches are not refused; set BREACHED_PASSWORDS_FILE or BREACHED_PASSWORDS_RANGE_URL';

function checkMail({ host, port, implicitTls, startTls, verifyCertificate }: SmtpSettings, from: string): Finding {
  const server = `${host}:${port}, from ${from}`;
  const isEncrypted = implicitTls || startTls === 'required';
  if (isEncrypted && verifyCertificate) {
    return { what: 'Mail', state: 'good', text: `by ${server}; "npx tenantry mail test <tenant> <address>" sends one` };
  }
  const missing = isEncrypted
    ? 'its certificate is not checked'
    : 'without TLS if the server or somebody between wants so';
  return { what: 'Mail', state: 'note', text: `by ${server}, and ${missing}; see starttls and tls_verify of SMTP_URL` };
}
