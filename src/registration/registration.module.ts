import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MailModule } from '../mail/mail.module.js';
import { NoticesModule } from '../notices/notices.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { UsersModule } from '../users/users.module.js';
import { VerificationModule } from '../verification/verification.module.js';
import { AddressProofs } from './address-proofs.js';
import { InvitationEntity } from './invitation.entity.js';
import { Invitations } from './invitations.js';
import { InvitationsRepository } from './invitations.repository.js';
import { NewAccounts } from './new-accounts.js';
import { SetPasswords } from './set-passwords.js';
import { SignUps } from './sign-ups.js';
import { Terms } from './terms.js';

/** How people come to an account: sign-up, invitation, proof of an address, terms, and the first password. */
@Module({
  imports: [
    TypeOrmModule.forFeature([InvitationEntity]),
    UsersModule,
    SessionsModule,
    VerificationModule,
    MailModule,
    NoticesModule,
  ],
  providers: [InvitationsRepository, NewAccounts, SignUps, Invitations, AddressProofs, SetPasswords, Terms],
  exports: [SignUps, Invitations, AddressProofs, SetPasswords, Terms],
})
export class RegistrationModule {}
