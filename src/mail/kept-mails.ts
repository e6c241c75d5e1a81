import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config/config.js';
import { toTenantId } from '../database/tenant-id.js';
import { TenantVault } from '../keys/tenant-vault.js';
import { FALLBACK_LOCALE, findLocale } from '../language/messages.js';
import type { TenantEntity } from '../tenants/tenant.entity.js';
import { TenantResolver } from '../tenants/tenant-resolver.js';
import { TenantsRepository } from '../tenants/tenants.repository.js';
import { type ComposedMail, composeMail } from './compose-mail.js';
import { openContent } from './mail-content.js';
import { MailLogos } from './mail-logos.js';
import { findMailTemplate } from './mail-templates.js';
import { type KeptMail, MailsRepository } from './mails.repository.js';

const MAX_TENANTS = 100;
const PER_TENANT = 20;

/** A mail of a development installation, as it would have been sent. */
export interface ReadableMail extends ComposedMail {
  readonly id: string;
  /** Slug of its tenant. */
  readonly tenant: string;
  readonly link: string | undefined;
  /** Name of its template. */
  readonly kind: string;
}

/** The mails that were kept because there is no SMTP server. There are none in production. */
@Injectable()
export class KeptMails {
  constructor(
    private readonly repository: MailsRepository,
    private readonly tenants: TenantsRepository,
    private readonly resolver: TenantResolver,
    private readonly vault: TenantVault,
    private readonly logos: MailLogos,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Whether there is such a mailbox: in development. */
  get exists(): boolean {
    return !this.config.production;
  }

  /** The newest mails of the first tenants, newest first. */
  async list(): Promise<readonly ReadableMail[]> {
    if (!this.exists) return [];
    const all: ReadableMail[] = [];
    for (const entity of await this.tenants.list({ limit: MAX_TENANTS })) {
      const kept = await this.repository.listKept(toTenantId(entity.id), PER_TENANT);
      all.push(
        ...(await Promise.all(kept.map((mail) => this.open(entity, mail)))).filter((mail) => mail !== undefined),
      );
    }
    return all.sort((a, b) => b.date.getTime() - a.date.getTime());
  }

  async find(slug: string, id: string): Promise<ReadableMail | undefined> {
    const entity = this.exists ? await this.tenants.findBySlug(slug) : undefined;
    const mail = entity && (await this.repository.findKept(toTenantId(entity.id), id));
    return entity && mail && this.open(entity, mail);
  }

  private async open(entity: TenantEntity, mail: KeptMail): Promise<ReadableMail | undefined> {
    const template = findMailTemplate(mail.template);
    if (!template) return undefined;
    const tenant = this.resolver.view(entity);
    const content = openContent(await this.vault.cipher(tenant.id), mail.id, mail.content);
    const stored = { id: mail.id, locale: findLocale(mail.locale) ?? FALLBACK_LOCALE, createdAt: mail.created_at };
    const sender = { ...tenant, logo: await this.logos.find(entity.branding) };
    const composed = await composeMail(sender, stored, template, content, this.config.mailFrom);
    return { ...composed, id: mail.id, tenant: entity.slug, link: content.link, kind: mail.template };
  }
}
