import { Module } from '@nestjs/common';
import { KeysModule } from '../keys/keys.module.js';
import { TenantsModule } from '../tenants/tenants.module.js';
import { KeptMails } from './kept-mails.js';
import { MailAttempt } from './mail-attempt.js';
import { MailDelivery } from './mail-delivery.js';
import { MailLogos } from './mail-logos.js';
import { MailQueueRepository } from './mail-queue.repository.js';
import { Mailer } from './mailer.js';
import { MailsRepository } from './mails.repository.js';
import { SmtpSender } from './smtp-sender.js';

/** The outbox: mail is stored with its cause and delivered afterwards. */
@Module({
  imports: [KeysModule, TenantsModule],
  providers: [
    MailsRepository,
    Mailer,
    MailQueueRepository,
    SmtpSender,
    MailLogos,
    MailAttempt,
    MailDelivery,
    KeptMails,
  ],
  exports: [Mailer, KeptMails, MailDelivery, MailAttempt, MailsRepository, MailLogos, SmtpSender],
})
export class MailModule {}
