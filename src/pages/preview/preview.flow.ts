import { Inject, Injectable } from '@nestjs/common';
import type { Response } from 'express';
import { CONFIG, type Config } from '../../config/config.js';
import { FALLBACK_LOCALE, LOCALES, type Locale, findLocale, loadMessages } from '../../language/messages.js';
import { BrandingPreviews, type PreviewedTenant } from '../../tenants/branding-previews.js';
import { BRAND_IMAGES } from '../../tenants/branding.js';
import { sendBrandImage } from '../brand-image-answer.js';
import { senderOf } from '../../mail/compose-mail.js';
import { MailLogos } from '../../mail/mail-logos.js';
import { TenantsRepository } from '../../tenants/tenants.repository.js';
import { TenantNotFoundError } from '../../tenants/tenant-not-found.error.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { PageRequest } from '../browser/current-browser.js';
import type { BrandingPreviewPage, TenantLook, TenantPageContext } from '../page-content.js';
import { PageResponder, lookOf, pathOf } from '../page-responder.js';
import { queryText } from '../query-text.js';
import { wishesOf } from '../render-page.js';
import { qrCodeOf } from '../second-factor/qr-code.js';
import { SAMPLE_MAIL_NAMES, sampleMail } from './sample-mails.js';
import { samplePages } from './sample-pages.js';
import { SAMPLE_BASE } from './sample-parts.js';
import { SAMPLE_KEY_URI } from './second-factor-samples.js';

const SCHEMES = ['auto', 'light', 'dark'] as const;
type Scheme = (typeof SCHEMES)[number];

/** Nothing in a mail runs, or is loaded from anywhere. The console shows it in a frame. */
const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; frame-ancestors 'self'; sandbox";
/** Attributes of samples that lead nowhere. */
const SAMPLE_LINKS = new RegExp(`(href|action)="${SAMPLE_BASE}[^"]*"`, 'g');

/** How a preview is looked at, as the address says it. */
interface Manner {
  readonly token: string;
  readonly locale: Locale;
  readonly scheme: Scheme;
}

/** Shows every page and mail of a tenant as its draft would make it, with made-up people. */
@Injectable()
export class PreviewFlow {
  constructor(
    private readonly previews: BrandingPreviews,
    private readonly pages: PageResponder,
    private readonly tenants: TenantsRepository,
    private readonly logos: MailLogos,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async show(request: PageRequest, response: Response, published: Tenant, token: string): Promise<void> {
    response.setHeader('Cache-Control', 'no-store');
    response.setHeader('X-Robots-Tag', 'noindex');
    const preview = await this.previews.open(published, token);
    if (!preview) throw new TenantNotFoundError();
    response.setHeader('X-Frame-Options', 'SAMEORIGIN');
    const image = queryText(request, 'image');
    if (image !== undefined) return sendBrandImage(response, imageOf(preview, image), 'no-store');
    const manner = mannerOf(request, preview.tenant, token);
    const [page, mail] = [queryText(request, 'page'), queryText(request, 'mail')];
    if (mail !== undefined) return this.sendMail(response, preview, manner, mail);
    const context = this.contextOf(preview, manner, page);
    await loadMessages(context.locale, wishesOf(context));
    const samples = await samplesOf(preview, manner, context);
    if (page === undefined) {
      const { from, replyTo } = senderOf(preview.tenant, this.config.mailFrom);
      const list = listOf(preview, manner, context, Object.keys(samples));
      return this.pages.sendPreview(response, {
        ...list,
        sender: { ...from, ...(replyTo !== undefined && { replyTo }) },
      });
    }
    const view = Object.hasOwn(samples, page) ? samples[page] : undefined;
    if (!view) throw new TenantNotFoundError();
    this.pages.sendPreview(response, view, (html) => html.replace(SAMPLE_LINKS, '$1="#"'));
  }

  private async sendMail(
    response: Response,
    { tenant, draftImages }: PreviewedTenant,
    { locale, scheme }: Manner,
    name: string,
  ): Promise<void> {
    const isPublished = tenant.branding.logoVersion !== undefined && draftImages.logo === undefined;
    const logo = isPublished ? await this.tenants.findBrandImage(tenant.id, 'logo') : draftImages.logo;
    const { logoWorksOnDark } = tenant.branding;
    const shown = await this.logos.find({
      ...(logo !== undefined && { logo }),
      logoWorksOnDark: logoWorksOnDark === true,
    });
    const sender = { ...tenant, logo: shown };
    const html = await sampleMail(name, sender, { locale, mailFrom: this.config.mailFrom });
    if (html === undefined) throw new TenantNotFoundError();
    response.setHeader('Content-Security-Policy', MAIL_POLICY);
    response.type('text/html; charset=utf-8').send(inScheme(scheme, html));
  }

  private contextOf(
    { tenant, draftImages }: PreviewedTenant,
    manner: Manner,
    page: string | undefined,
  ): TenantPageContext {
    const look = lookOf(tenant);
    return {
      ...this.pages.previewContext(manner.locale),
      tenant: {
        ...look,
        ...Object.fromEntries(
          Object.keys(draftImages).map((image) => [`${image}Path`, hrefOf(tenant, manner, { image })]),
        ),
        theme: themeIn(manner.scheme, look.theme),
      },
      languages: LOCALES.map((locale) => ({
        locale,
        href: hrefOf(tenant, { ...manner, locale }, page === undefined ? {} : { page }),
      })),
    };
  }
}

function listOf(
  { tenant, expiresAt }: PreviewedTenant,
  manner: Manner,
  context: TenantPageContext,
  names: readonly string[],
): Omit<BrandingPreviewPage, 'sender'> {
  const schemes = SCHEMES.map((scheme) => ({
    scheme,
    ...(scheme !== manner.scheme && { href: hrefOf(tenant, { ...manner, scheme }, {}) }),
  }));
  return {
    page: 'branding-preview',
    context,
    schemes,
    pages: names.map((page) => ({ name: page, href: hrefOf(tenant, manner, { page }) })),
    mails: SAMPLE_MAIL_NAMES.map((mail) => ({ name: mail, href: hrefOf(tenant, manner, { mail }) })),
    expiresAt,
  };
}

const SAMPLE = { slug: 'sample', displayName: '', branding: {} } as const;

async function samplesOf({ tenant }: PreviewedTenant, { locale }: Manner, context: TenantPageContext) {
  const qrCode = await qrCodeOf(SAMPLE_KEY_URI);
  return samplePages({ ...SAMPLE, displayName: tenant.displayName, locale, context }, qrCode);
}

function mannerOf(request: PageRequest, tenant: Tenant, token: string): Manner {
  const locale = findLocale(queryText(request, 'locale')) ?? findLocale(tenant.branding.defaultLocale);
  const scheme = SCHEMES.find((one) => one === queryText(request, 'scheme')) ?? 'auto';
  return { token, locale: locale ?? FALLBACK_LOCALE, scheme };
}

function hrefOf(tenant: Tenant, manner: Manner, what: Readonly<Record<string, string>>): string {
  return pathOf(tenant, `/branding/preview?${new URLSearchParams({ ...manner, ...what }).toString()}`);
}

/** The colours of one scheme whatever the browser prefers. */
function themeIn(scheme: Scheme, theme: TenantLook['theme']): TenantLook['theme'] {
  return scheme === 'auto' || !theme ? theme : { light: theme[scheme], dark: theme[scheme] };
}

/** A mail in one scheme, whatever the browser prefers. */
function inScheme(scheme: Scheme, html: string): string {
  if (scheme === 'auto') return html;
  return html
    .replace('@media (prefers-color-scheme:dark)', scheme === 'dark' ? '@media all' : '@media not all')
    .replace('content="light dark"', `content="${scheme}"`);
}

function imageOf({ draftImages }: PreviewedTenant, name: string): string | undefined {
  const found = BRAND_IMAGES.find((one) => one === name);
  return found && draftImages[found];
}
