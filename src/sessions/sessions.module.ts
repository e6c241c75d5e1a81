import { Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { KeysModule } from '../keys/keys.module.js';
import { AuthenticationModule } from '../authentication/authentication.module.js';
import { NoticesModule } from '../notices/notices.module.js';
import { UsersModule } from '../users/users.module.js';
import { FormRepeats } from './form-repeats.js';
import { LogoutTickets } from './logout-tickets.js';
import { PasswordChangesRepository } from './password-changes.repository.js';
import { PasswordChanges } from './password-changes.js';
import { FactorsModule } from '../factors/factors.module.js';
import { SecondFactorProofs } from './second-factor-proofs.js';
import { SecondFactorSetup } from './second-factor-setup.js';
import { SessionsRepository } from './sessions.repository.js';
import { SessionsService } from './sessions.service.js';

/** Who is signed in with which browser. */
@Module({
  imports: [NoticesModule, JwtModule.register({}), KeysModule, AuthenticationModule, FactorsModule, UsersModule],
  providers: [
    FormRepeats,
    SecondFactorProofs,
    SecondFactorSetup,
    SessionsRepository,
    SessionsService,
    PasswordChangesRepository,
    PasswordChanges,
    LogoutTickets,
  ],
  exports: [
    FactorsModule,
    FormRepeats,
    SecondFactorProofs,
    SecondFactorSetup,
    SessionsService,
    PasswordChanges,
    LogoutTickets,
  ],
})
export class SessionsModule {}
