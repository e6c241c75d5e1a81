import { Module } from '@nestjs/common';
import { FactorsModule } from '../factors/factors.module.js';
import { MailModule } from '../mail/mail.module.js';
import { NoticesModule } from '../notices/notices.module.js';
import { UsersModule } from '../users/users.module.js';
import { VerificationModule } from '../verification/verification.module.js';
import { AttemptLimiter } from './attempt-limiter.js';
import { AttemptsRepository } from './attempts.repository.js';
import { AuthenticationService } from './authentication.service.js';
import { FactorChanges } from './factor-changes.js';
import { FactorRegistry } from './factor.registry.js';

/** Proving who a person is. What factors need is imported here. */
@Module({
  imports: [UsersModule, FactorsModule, NoticesModule, MailModule, VerificationModule],
  providers: [AttemptsRepository, AttemptLimiter, FactorRegistry, FactorChanges, AuthenticationService],
  exports: [AuthenticationService, FactorRegistry, FactorChanges, AttemptLimiter],
})
export class AuthenticationModule {}
