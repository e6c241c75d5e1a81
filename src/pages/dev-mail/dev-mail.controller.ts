import { Controller, Get, Param, Req, Res, UseFilters } from '@nestjs/common';
import type { Response } from 'express';
import { isUuid } from '../../crypto/uuid.js';
import { htmlWithLogo } from '../../mail/compose-mail.js';
import { KeptMails, type ReadableMail } from '../../mail/kept-mails.js';
import { SLUG } from '../../tenants/tenant-addresses.js';
import { TenantNotFoundError } from '../../tenants/tenant-not-found.error.js';
import type { PageRequest } from '../browser/current-browser.js';
import { PageErrorFilter } from '../errors/page-error.filter.js';
import { PageResponder } from '../page-responder.js';

const PATH = '/dev/mail';
/** Links open in a tab of their own; nothing in the mail runs, is loaded from anywhere or reaches this page. */
const MAIL_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

/** The mailbox of a development installation. It does not exist in production. */
@Controller('dev/mail')
@UseFilters(PageErrorFilter)
export class DevMailController {
  constructor(
    private readonly mails: KeptMails,
    private readonly pages: PageResponder,
  ) {}

  @Get()
  async list(@Req() request: PageRequest, @Res() response: Response): Promise<void> {
    this.requireMailbox(request);
    const mails = await this.mails.list();
    this.pages.send(response, {
      page: 'dev-mailbox',
      context: this.pages.platformContext(request),
      mails: mails.map((mail) => ({ ...summaryOf(mail), href: `${PATH}/${mail.tenant}/${mail.id}` })),
    });
  }

  @Get(':tenant/:id')
  async open(
    @Req() request: PageRequest,
    @Res() response: Response,
    @Param('tenant') slug: string,
    @Param('id') id: string,
  ): Promise<void> {
    const mail = await this.find(request, slug, id);
    const view = {
      page: 'dev-mail',
      context: this.pages.platformContext(request),
      ...summaryOf(mail),
      from: `${mail.from.name} <${mail.from.address}>`,
      text: mail.text,
      link: mail.link,
      htmlPath: `${PATH}/${mail.tenant}/${mail.id}/html`,
      mailboxPath: PATH,
    } as const;
    this.pages.send(response, view, { frames: true });
  }

  @Get(':tenant/:id/html')
  async html(
    @Req() request: PageRequest,
    @Res() response: Response,
    @Param('tenant') slug: string,
    @Param('id') id: string,
  ): Promise<void> {
    const mail = await this.find(request, slug, id);
    response.set({
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store',
      'Content-Security-Policy': MAIL_POLICY,
      'X-Frame-Options': 'SAMEORIGIN',
    });
    response.end(htmlWithLogo(mail).replace('<head>', '<head><base target="_blank">'));
  }

  private async find(request: PageRequest, slug: string, id: string): Promise<ReadableMail> {
    this.requireMailbox(request);
    const mail = SLUG.test(slug) && isUuid(id) ? await this.mails.find(slug, id) : undefined;
    if (!mail) throw new TenantNotFoundError();
    return mail;
  }

  /** It belongs to the platform: below a tenant there is none. */
  private requireMailbox({ tenantAddress }: PageRequest): void {
    if (tenantAddress || !this.mails.exists) throw new TenantNotFoundError();
  }
}

function summaryOf({ tenant, kind, to, subject, date }: ReadableMail) {
  return { tenant, kind, to, subject, date };
}
