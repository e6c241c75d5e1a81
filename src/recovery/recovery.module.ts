import { Module } from '@nestjs/common';
import { MailModule } from '../mail/mail.module.js';
import { NoticesModule } from '../notices/notices.module.js';
import { UsersModule } from '../users/users.module.js';
import { VerificationModule } from '../verification/verification.module.js';
import { PasswordResets } from './password-resets.js';
import { RecoveryRepository } from './recovery.repository.js';
import { UsernameReminders } from './username-reminders.js';

/** People who forgot their password or user name. */
@Module({
  imports: [MailModule, NoticesModule, UsersModule, VerificationModule],
  providers: [RecoveryRepository, PasswordResets, UsernameReminders],
  exports: [PasswordResets, UsernameReminders],
})
export class RecoveryModule {}
