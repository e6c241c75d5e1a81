import { Module } from '@nestjs/common';
import { MailModule } from '../mail/mail.module.js';
import { SecurityNotices } from './security-notices.js';

/** Mail about changes to the security of an account. */
@Module({ imports: [MailModule], providers: [SecurityNotices], exports: [SecurityNotices] })
export class NoticesModule {}
