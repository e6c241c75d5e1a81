import { type MailSender, composeMail, htmlWithLogo } from '../../mail/compose-mail.js';
import type { MailTemplate } from '../../mail/mail-template.js';
import { mailTemplates } from '../../mail/mail-templates.js';
import type { Locale } from '../../language/messages.js';
import type { MailFrom } from '../../config/config.js';

const MOMENT = new Date('2026-03-03T10:00:00Z');
/** What any of the templates is given. */
const VALUES = {
  date: MOMENT,
  at: MOMENT,
  until: MOMENT,
  minutes: 15,
  left: 3,
  address: '2001:db8:1234:5678:9abc:def0:1234:5678',
  email: 'alice.amherst@new.example',
  username: 'alice@people.example',
  name: 'Sicherheitsschlüssel (blau)',
  factor: 'Sicherheitsschlüssel',
  kind: 'given',
  client: 'Harbour Shop',
  domain: 'login.harbour.example',
  given: 'yes',
  maker: 'Mario Rossi',
  purpose: 'verify_domain',
  reason: 'Please use the redirect URI of the shop in production.',
};
/** What means something else in one of them. */
const OWN_VALUES: Readonly<Record<string, object>> = {
  ...Object.fromEntries(
    ['signUp', 'accountExists', 'verifyAddress', 'invitation'].map((name) => [name, { address: VALUES.email }]),
  ),
  access_grant: { reason: 'Alice cannot sign in (T-4711)' },
};
const LINK = `https://id.example/t/sample/confirm?token=${'a'.repeat(43)}`;

export const SAMPLE_MAIL_NAMES: readonly string[] = Object.keys(mailTemplates);

/** The HTML of one kind of mail with made-up content; undefined when there is no such kind. */
export async function sampleMail(
  name: string,
  sender: MailSender,
  { locale, mailFrom }: { readonly locale: Locale; readonly mailFrom: MailFrom },
): Promise<string | undefined> {
  if (!SAMPLE_MAIL_NAMES.includes(name)) return undefined;
  const template: MailTemplate = mailTemplates[name as keyof typeof mailTemplates];
  const stored = { id: '01a20ccb-5908-7421-b495-92cb052cefe0', locale, createdAt: MOMENT };
  const hasCode = template.closing !== undefined && !template.isNotice;
  const values = { ...VALUES, ...OWN_VALUES[name] };
  const content = { to: 'alice@new.example', values, link: LINK, ...(hasCode && { code: '184 207' }) };
  return htmlWithLogo(await composeMail(sender, stored, template, content, mailFrom));
}
