import type { MailFrom } from '../config/config.js';
import type { Locale } from '../language/messages.js';
import type { Branding } from '../tenants/branding.js';
import type { Tenant } from '../tenants/tenant.js';
import { domainOf, parseMailAddress } from './mail-address.js';
import { type MailBody, mailAsHtml, mailAsText } from './mail-body.js';
import { mailColors } from './mail-colors.js';
import type { MailContent } from './mail-content.js';
import type { MailLogo } from './mail-logos.js';
import type { MailTemplate } from './mail-template.js';
import { type MailTexts, mailTexts, singleLine } from './mail-text.js';

/** A mail with everything that the SMTP server is given. */
export interface ComposedMail {
  readonly from: { readonly name: string; readonly address: string };
  readonly to: string;
  readonly replyTo: string | undefined;
  readonly subject: string;
  readonly text: string;
  /** Shows `logo` by its content id. */
  readonly html: string;
  readonly logo: MailLogo | undefined;
  /** Of the mail, and not of the attempt: by it a receiver recognises a mail that comes twice. */
  readonly messageId: string;
  readonly date: Date;
}

/** Who a mail comes from. */
export interface MailSender extends Pick<Tenant, 'displayName' | 'policy' | 'branding' | 'texts'> {
  readonly logo?: MailLogo | undefined;
}

export interface StoredMail {
  readonly id: string;
  readonly locale: Locale;
  readonly createdAt: Date;
}

/** Makes a mail of its template and content, with the tenant's name, colours and sender as they are now. */
export async function composeMail(
  tenant: MailSender,
  { id, locale, createdAt }: StoredMail,
  template: MailTemplate,
  content: MailContent,
  mailFrom: MailFrom,
): Promise<ComposedMail> {
  const { logo } = tenant;
  const texts = await mailTexts(locale, tenant);
  const body = bodyOf(tenant, texts, template, content);
  const { from, replyTo } = senderOf(tenant, mailFrom);
  const domain = domainOf(from.address);
  return {
    from,
    to: content.to,
    replyTo,
    subject: body.subject,
    text: mailAsText(body),
    html: mailAsHtml(body),
    logo,
    messageId: `<${id}@${domain}>`,
    date: createdAt,
  };
}

/** The branding decides; what it leaves open, the policy does. */
export function senderOf(
  { displayName, policy, branding }: Pick<Tenant, 'displayName' | 'policy' | 'branding'>,
  mailFrom: MailFrom,
): Pick<ComposedMail, 'from' | 'replyTo'> {
  const replyTo = branding.mailReplyTo ?? policy.mailReplyTo;
  return {
    from: {
      name: singleLine(branding.mailFromName ?? policy.mailFromName ?? displayName),
      address: senderAddress(branding.mailFrom ?? policy.mailFrom, mailFrom),
    },
    replyTo: replyTo === null ? undefined : parseMailAddress(replyTo),
  };
}

/** For a browser, which knows no parts of mails: the logo is within the page. */
export function htmlWithLogo({ html, logo }: Pick<ComposedMail, 'html' | 'logo'>): string {
  return logo ? html.replace(sourceOf(logo), `data:image/png;base64,${logo.png.toString('base64')}`) : html;
}

function sourceOf({ contentId }: MailLogo): string {
  return `cid:${contentId}@logo`;
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
  { displayName, branding, logo }: MailSender,
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
    ...(logo && { logo: { ...logo, src: sourceOf(logo), hasName: branding.logoWithName !== true } }),
    colors: mailColors(branding.primaryColor, branding.primaryColorDark),
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
