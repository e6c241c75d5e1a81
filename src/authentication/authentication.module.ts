import { Module } from '@nestjs/common';
import { UsersModule } from '../users/users.module.js';
import { AttemptLimiter } from './attempt-limiter.js';
import { AttemptsRepository } from './attempts.repository.js';
import { AUTHENTICATION_FACTORS, type AuthenticationFactor } from './authentication-factor.js';
import { authenticationFactors } from './authentication-factors.js';
import { AuthenticationService } from './authentication.service.js';

/** Proving who a person is. */
@Module({
  imports: [UsersModule],
  providers: [
    AttemptsRepository,
    AttemptLimiter,
    ...authenticationFactors,
    {
      provide: AUTHENTICATION_FACTORS,
      useFactory: (...factors: AuthenticationFactor[]) => factors,
      inject: [...authenticationFactors],
    },
    AuthenticationService,
  ],
  exports: [AuthenticationService],
})
export class AuthenticationModule {}
