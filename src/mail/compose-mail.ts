import type { MailFrom } from '../config/config.js';
import type { Locale } from '../language/messages.js';
import type { Branding } from '../tenants/branding.js';
import type { Tenant } from '../tenants/tenant.js';
import { domainOf, parseMailAddress } from './mail-address.js';
import { type MailBody, mailAsHtml, mailAsText } from './mail-body.js';
import { mailColors } from './mail-colors.js';
import type { MailContent } from './mail-content.js';
import type { MailTemplate } from './mail-template.js';
import { type MailTexts, mailTexts, singleLine } from './mail-text.js';

/** A mail with everything that the SMTP server is given. */
export interface ComposedMail {
  readonly from: { readonly name: string; readonly address: string };
  readonly to: string;
  readonly replyTo: string | undefined;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Of the mail, and not of the attempt: by it a receiver recognises a mail that comes twice. */
  readonly messageId: string;
  readonly date: Date;
}

export interface StoredMail {
  readonly id: string;
  readonly locale: Locale;
  readonly createdAt: Date;
}

/** Makes a mail of its template and content, with the tenant's name, colours and sender as they are now. */
export async function composeMail(
  tenant: Pick<Tenant, 'displayName' | 'policy' | 'branding' | 'texts'>,
  { id, locale, createdAt }: StoredMail,
  template: MailTemplate,
  content: MailContent,
  mailFrom: MailFrom,
): Promise<ComposedMail> {
  const { policy, displayName } = tenant;
  const texts = await mailTexts(locale, tenant);
  const body = bodyOf(tenant, texts, template, content);
  const address = senderAddress(policy.mailFrom, mailFrom);
  return {
    from: { name: singleLine(policy.mailFromName ?? displayName), address },
    to: content.to,
    replyTo: policy.mailReplyTo === null ? undefined : parseMailAddress(policy.mailReplyTo),
    subject: body.subject,
    text: mailAsText(body),
    html: mailAsHtml(body),
    messageId: `<${id}@${domainOf(address)}>`,
    date: createdAt,
  };
}

/** Whether tenants may send from this address. */
export function isAllowedSender(address: string, { addresses, domains }: MailFrom): boolean {
  return addresses.includes(address) || domains.includes(domainOf(address));
}

/** What was allowed when the tenant chose it may not be any more. */
function senderAddress(chosen: string | null, mailFrom: MailFrom): string {
  const address = chosen === null ? undefined : parseMailAddress(chosen);
  return address !== undefined && isAllowedSender(address, mailFrom) ? address : mailFrom.address;
}

function bodyOf(
  { displayName, branding }: Pick<Tenant, 'displayName' | 'branding'>,
  { text, locale, direction }: MailTexts,
  template: MailTemplate,
  { values, code, link }: MailContent,
): MailBody {
  const sender = singleLine(displayName);
  const all = { ...values, tenant: sender };
  const paragraph = (key: MailTemplate['subject']) => text(key, all);
  return {
    locale,
    direction,
    sender,
    subject: singleLine(paragraph(template.subject)),
    paragraphs: template.paragraphs.map(paragraph),
    code:
      code === undefined ? undefined : { label: text('mail.code', all), value: code, hint: text('mail.codeHint', all) },
    button:
      template.button === undefined || link === undefined
        ? undefined
        : { label: paragraph(template.button), href: link, byHand: text('mail.linkByHand', all) },
    closing: [
      ...(template.closing ?? []).map(paragraph),
      ...(template.isNotice && !template.isOfOthers ? [text('mail.noticeHint', all)] : []),
    ],
    footer: [text('mail.footer', all)],
    links: linksOf(branding, (key) => text(key, all)),
    colors: mailColors(branding.primaryColor),
  };
}

function linksOf(
  { supportUri, privacyUri }: Pick<Branding, 'supportUri' | 'privacyUri'>,
  text: (key: 'mail.support' | 'mail.privacy') => string,
): MailBody['links'] {
  return [
    ...(supportUri === undefined ? [] : [{ label: text('mail.support'), href: supportUri }]),
    ...(privacyUri === undefined ? [] : [{ label: text('mail.privacy'), href: privacyUri }]),
  ];
}
