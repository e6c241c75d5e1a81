import { Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { KeysModule } from '../keys/keys.module.js';
import { LogoutTickets } from './logout-tickets.js';
import { SessionsRepository } from './sessions.repository.js';
import { SessionsService } from './sessions.service.js';

/** Who is signed in with which browser. */
@Module({
  imports: [JwtModule.register({}), KeysModule],
  providers: [SessionsRepository, SessionsService, LogoutTickets],
  exports: [SessionsService, LogoutTickets],
})
export class SessionsModule {}
