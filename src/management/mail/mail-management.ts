import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { unitOfWork } from '../../database/unit-of-work.js';
import { Mailer } from '../../mail/mailer.js';
import { MailsRepository, type OutboxRow } from '../../mail/mails.repository.js';
import { mailLocale } from '../../notices/mail-locale.js';
import type { Tenant } from '../../tenants/tenant.js';
import type { ManagementWrite } from '../kit/management-write.js';
import { type Page, type PageQuery, isId, limitOf, positionOf, toPage } from '../kit/paging.js';
import { notFound } from '../kit/problem.js';
import type { View } from '../kit/view.js';
import { WriteAnswer } from '../kit/write-answer.js';
import type { SendTestMailDto } from './mail.dto.js';
import { mailView } from './mail.view.js';

/** How long the answer to a test mail waits for the SMTP server. */
const WAIT_MS = 20_000;
const POLL_MS = 200;
const USEFUL_FOR_SECONDS = 600;

/** What operators and tenant admins see of the mail of a tenant. */
@Injectable()
export class MailManagement {
  constructor(
    private readonly database: Database,
    private readonly mailer: Mailer,
    private readonly mails: MailsRepository,
  ) {}

  async list(tenant: Tenant, query: PageQuery): Promise<Page<View>> {
    const page = { after: positionOf(query, isId), limit: limitOf(query) + 1 };
    return toPage(await this.mails.list(tenant.id, page), query, { item: mailView, position: ({ id }) => id });
  }

  async get(tenant: Tenant, id: string): Promise<View> {
    return mailView(await this.find(tenant, id));
  }

  /**
   * Sends a test mail the way all mails go, and waits for what the SMTP server says. A repeated Idempotency-Key is
   * answered with the mail as it was stored.
   */
  async sendTest(write: ManagementWrite, tenant: Tenant, { to, locale }: SendTestMailDto): Promise<WriteAnswer> {
    const stored = { id: '' };
    const answer = await write.perform<OutboxRow>({
      tenantId: tenant.id,
      change: ({ id }) => ({ type: 'mail.tested', target: `mail:${id}` }),
      answer: (mail) => new WriteAnswer(mailView(mail)),
      work: (companion) =>
        unitOfWork(this.database, tenant.id, companion, async (_, transaction) => {
          const mail = {
            template: 'test',
            to,
            locale: mailLocale(tenant, undefined, locale ?? undefined),
            values: { date: new Date() },
            origin: write.caller.origin,
            usefulForSeconds: USEFUL_FOR_SECONDS,
          } as const;
          stored.id = await this.mailer.sendTraceably(tenant, mail, transaction);
          return this.mails.find(tenant.id, stored.id, transaction);
        }),
      otherwise: notFound,
    });
    return stored.id === '' ? answer : new WriteAnswer(mailView(await this.outcome(tenant, stored.id)), answer.headers);
  }

  /** The mail after its first attempt, or as it is when that takes too long. */
  private async outcome(tenant: Tenant, id: string): Promise<OutboxRow> {
    const deadline = performance.now() + WAIT_MS;
    for (;;) {
      const mail = await this.find(tenant, id);
      if (mail.state !== 'queued' || mail.reply !== null || performance.now() > deadline) return mail;
      await delay(POLL_MS);
    }
  }

  private async find(tenant: Tenant, id: string): Promise<OutboxRow> {
    const mail = isId(id) ? await this.mails.find(tenant.id, id) : undefined;
    if (!mail) throw notFound();
    return mail;
  }
}
