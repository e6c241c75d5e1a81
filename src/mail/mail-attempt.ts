import { Inject, Injectable, Logger } from '@nestjs/common';
import { AuditRecorder } from '../audit/audit-recorder.js';
import { CONFIG, type Config } from '../config/config.js';
import { isUnavailable } from '../database/database-error.js';
import { persistently } from '../database/persistently.js';
import { TenantVault } from '../keys/tenant-vault.js';
import { findLocale } from '../language/messages.js';
import { TenantResolver } from '../tenants/tenant-resolver.js';
import { TenantsRepository } from '../tenants/tenants.repository.js';
import { composeMail } from './compose-mail.js';
import { type MailContent, openContent } from './mail-content.js';
import { MailLogos } from './mail-logos.js';
import { type ClaimedMail, MailQueueRepository, type QueuedMail } from './mail-queue.repository.js';
import { findMailTemplate } from './mail-templates.js';
import { waitAfter } from './retry-schedule.js';
import { type SmtpOutcome, SmtpSender } from './smtp-sender.js';

type Result = SmtpOutcome | { readonly outcome: 'useless'; readonly reply: string };

/** One attempt to deliver one mail, from its claim to the record of how it went. */
@Injectable()
export class MailAttempt {
  private readonly logger = new Logger(MailAttempt.name);
  private sentCount = 0;
  private failedCount = 0;
  private postponedCount = 0;

  constructor(
    private readonly repository: MailQueueRepository,
    private readonly tenants: TenantsRepository,
    private readonly resolver: TenantResolver,
    private readonly vault: TenantVault,
    private readonly sender: SmtpSender,
    private readonly logos: MailLogos,
    private readonly audit: AuditRecorder,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Mails of this process that the SMTP server took. */
  get sent(): number {
    return this.sentCount;
  }

  /** Mails that were given up. */
  get failed(): number {
    return this.failedCount;
  }

  /** Attempts that are followed by another one. */
  get postponed(): number {
    return this.postponedCount;
  }

  async make(claimed: ClaimedMail): Promise<void> {
    const mail = await this.repository.find(claimed.tenantId, claimed);
    if (!mail) return; // erased meanwhile
    const result = await this.deliver(claimed, mail);
    // What the server took must be recorded, or it would be sent again.
    await persistently(() => this.record(claimed, mail, result));
  }

  private async deliver(claimed: ClaimedMail, mail: QueuedMail): Promise<Result> {
    if (mail.isUseless) return { outcome: 'useless', reply: 'What the mail carries has expired.' };
    try {
      const template = findMailTemplate(mail.template);
      if (!template) return later(`This version has no template ${mail.template}.`);
      const entity = await this.tenants.findById(claimed.tenantId);
      if (entity?.status !== 'active') return later('The tenant is suspended.');
      const content = await this.open(claimed, mail);
      const stored = { id: claimed.id, locale: findLocale(mail.locale) ?? 'en', createdAt: mail.createdAt };
      const tenant = { ...this.resolver.view(entity), logo: await this.logos.find(entity.branding) };
      return await this.sender.send(await composeMail(tenant, stored, template, content, this.config.mailFrom));
    } catch (error) {
      if (isUnavailable(error)) throw error; // the lease ends by itself
      this.logger.error(`A mail of template ${mail.template} cannot be made: ${(error as Error).message}`);
      return later('The mail could not be made; see the log.');
    }
  }

  private async open({ tenantId, id }: ClaimedMail, { content }: QueuedMail): Promise<MailContent> {
    return openContent(await this.vault.cipher(tenantId), id, content);
  }

  private async record(claimed: ClaimedMail, mail: QueuedMail, { outcome, reply }: Result): Promise<void> {
    const waitSeconds = outcome === 'later' ? waitAfter(mail.attempts) : undefined;
    if (waitSeconds !== undefined) {
      if (await this.repository.postpone(claimed.tenantId, claimed, { reply, waitSeconds })) this.postponedCount += 1;
      return;
    }
    const isSent = outcome === 'accepted';
    const event = this.audit.parameterOf({
      tenantId: claimed.tenantId,
      type: isSent ? 'mail.sent' : 'mail.failed',
      outcome: isSent ? 'success' : 'failure',
      userId: mail.userId,
      target: `mail:${claimed.id}`,
      details: {
        template: mail.template,
        attempts: mail.attempts,
        ...(!isSent && { reason: outcome === 'later' ? 'attempts_used_up' : outcome, code: /^\d{3}/.exec(reply)?.[0] }),
      },
    });
    const state = isSent ? 'sent' : 'failed';
    if (!(await this.repository.end(claimed.tenantId, claimed, { state, reply, event }))) return;
    if (isSent) this.sentCount += 1;
    else this.failedCount += 1;
  }
}

function later(reply: string): SmtpOutcome {
  return { outcome: 'later', reply };
}
