import { Module } from '@nestjs/common';
import { KeysModule } from '../keys/keys.module.js';
import { Mailer } from './mailer.js';
import { MailsRepository } from './mails.repository.js';

/** The outbox: mail is stored with its cause and delivered afterwards. */
@Module({ imports: [KeysModule], providers: [MailsRepository, Mailer], exports: [Mailer] })
export class MailModule {}
